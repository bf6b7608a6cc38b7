package io.x0tta6bl4.payment.testkit.watching;

import static org.assertj.core.api.Assertions.assertThat;

import io.x0tta6bl4.payment.ledger.ClaimRole;
import io.x0tta6bl4.payment.ledger.LedgerException;
import io.x0tta6bl4.payment.ledger.OrderState;
import io.x0tta6bl4.payment.ledger.WalletEvent;
import io.x0tta6bl4.payment.testkit.ChainTransaction;
import io.x0tta6bl4.payment.testkit.ProviderState;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A store that fails at any call loses nothing and doubles nothing. */
class FailingLedgerTest {

  /** More than the story makes, so that the last numbers show a story without a failure. */
  private static final int CALLS = 90;

  private final FailingLedger failing = new FailingLedger();
  private Shop shop = new Shop(failing::around);

  @ParameterizedTest
  @CsvSource({"false, false", "true, false", "false, true", "true, true"})
  void theStoryIsTheSameWhateverCallFails(boolean doneFirst, boolean crashes) {
    int failed = 0;
    for (int call = 1; call <= CALLS; call++) {
      shop = new Shop(failing::around);
      int before = failing.failures();
      failing.failCall(call, doneFirst);
      tellTheStory(crashes);
      failed += failing.failures() - before;
      String where = "call " + call;
      assertThat(shop.story("ORD-1")).as(where).containsExactly("VERIFIED", "SURPLUS");
      assertThat(shop.story("ORD-2")).as(where).containsExactly("REJECTED UNDERPAID", "VERIFIED");
      assertThat(shop.story("ORD-3")).as(where).endsWith("EXPIRED", "LATE").containsOnlyOnce("EXPIRED", "LATE");
      assertThat(shop.story("ORD-4")).as(where).containsExactly("REJECTED MEMO_MISSING", "EXPIRED");
      assertThat(shop.got("ORD-1", ClaimRole.PAYMENT)).as(where).isEqualByComparingTo("100.00");
      assertThat(shop.got("ORD-1", ClaimRole.SURPLUS)).as(where).isEqualByComparingTo("3.00");
      assertThat(shop.got("ORD-2", ClaimRole.PAYMENT)).as(where).isEqualByComparingTo("50.00");
      assertThat(shop.got("ORD-3", ClaimRole.LATE)).as(where).isEqualByComparingTo("70.00");
      assertThat(shop.walletStory())
          .as(where)
          .containsExactly(WalletEvent.Type.PROVIDER_TROUBLE, WalletEvent.Type.PROVIDER_RECOVERED);
    }
    assertThat(failed).isBetween(30, CALLS - 1);
  }

  private void tellTheStory(boolean crashes) {
    shop.open("ORD-1", "100.00");
    shop.open("ORD-2", "50.00");
    shop.open("ORD-3", "70.00");
    shop.open("ORD-4", "20.00");
    tick(crashes);
    shop.pay("20.00").submit();
    shop.pay("30.00").memo("ORD-2").submit();
    ChainTransaction pending = shop.pay("70.00").memo("ORD-3").pending().submit();
    tick(crashes);
    shop.chain.drop(pending);
    shop.pay("100.00").memo("ORD-1").submit();
    tick(crashes);
    shop.pay("20.00").memo("ORD-2").submit();
    shop.pay("3.00").memo("ORD-1").submit();
    tick(crashes);
    shop.chain.provider(ProviderState.DOWN);
    for (int i = 0; i < 5; i++) {
      tick(false);
    }
    shop.chain.provider(ProviderState.HEALTHY);
    tick(crashes);
    shop.pass(Duration.ofMinutes(63));
    tick(crashes);
    shop.pay("70.00").memo("ORD-3").submit();
    tick(crashes);
    tick(crashes);
  }

  /** Scans until it succeeds, as a watcher does that goes on after a failure. */
  private void tick(boolean crashes) {
    try {
      shop.tick();
    } catch (LedgerException e) {
      if (crashes) {
        shop.crash();
        shop.pass(Duration.ofSeconds(31));
      }
      tick(false);
    }
  }

  @Test
  void anEndThatCouldNotBeWrittenIsWrittenLater() {
    shop.open("ORD-1", "100.00");
    shop.tick();
    shop.pass(Duration.ofHours(30));
    failing.failWrite(1, false);
    try {
      shop.tick();
    } catch (LedgerException e) {
      assertThat(failing.failures()).isEqualTo(1);
    }
    shop.tick();
    assertThat(failing.failures()).isEqualTo(1);
    assertThat(shop.story("ORD-1")).containsExactly("EXPIRED");
  }

  @Test
  void whatIsChangedByOthersForEverIsFoundAgainHoweverFarBehind() {
    shop.open("ORD-1", "100.00");
    shop.tick();
    shop.pass(Duration.ofMinutes(30));
    shop.pay("100.00").memo("ORD-1").submit();
    shop.pass(Duration.ofHours(2));
    failing.alwaysOutdated(true);
    shop.tick();
    assertThat(shop.state("ORD-1")).isEqualTo(OrderState.OPEN);
    failing.alwaysOutdated(false);
    shop.tickAfter(Duration.ofMinutes(1));
    assertThat(shop.story("ORD-1")).containsExactly("VERIFIED");
  }
}
