package io.x0tta6bl4.payment.testkit.watching;

import static io.x0tta6bl4.payment.ledger.WalletEvent.Type.COVERAGE_GAP;
import static io.x0tta6bl4.payment.ledger.WalletEvent.Type.PROVIDER_RECOVERED;
import static io.x0tta6bl4.payment.ledger.WalletEvent.Type.PROVIDER_TROUBLE;
import static org.assertj.core.api.Assertions.assertThat;

import io.x0tta6bl4.payment.ledger.NewOrder;
import io.x0tta6bl4.payment.ledger.WalletEvent;
import io.x0tta6bl4.payment.testkit.ProviderState;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is told while a provider fails, and what is missed by it. */
class ProviderTroubleTest {

  private final Shop shop = new Shop();

  @ParameterizedTest
  @EnumSource(value = ProviderState.class, mode = EnumSource.Mode.EXCLUDE, names = "HEALTHY")
  void isToldOnceAndSoIsItsEnd(ProviderState state) {
    shop.open("ORD-1", "100.00");
    shop.tick();
    shop.pay("1.00").memo("somebody else's").submit();
    shop.pay("100.00").memo("ORD-1").submit();
    shop.chain.provider(state);
    ticks(2);
    assertThat(shop.walletStory()).isEmpty();
    ticks(10);
    assertThat(shop.walletStory()).containsExactly(PROVIDER_TROUBLE);
    shop.restart();
    ticks(10);
    assertThat(shop.walletStory()).containsExactly(PROVIDER_TROUBLE);
    shop.chain.provider(ProviderState.HEALTHY);
    ticks(5);
    assertThat(shop.walletStory()).containsExactly(PROVIDER_TROUBLE, PROVIDER_RECOVERED);
    assertThat(shop.story("ORD-1")).containsExactly("VERIFIED");
  }

  @Test
  void isToldAgainWhenItComesAgain() {
    shop.open("ORD-1", "100.00");
    for (int i = 0; i < 3; i++) {
      shop.chain.provider(ProviderState.DOWN);
      ticks(4);
      shop.chain.provider(ProviderState.HEALTHY);
      ticks(2);
    }
    assertThat(shop.walletStory())
        .containsExactly(
            PROVIDER_TROUBLE, PROVIDER_RECOVERED, PROVIDER_TROUBLE, PROVIDER_RECOVERED, PROVIDER_TROUBLE,
            PROVIDER_RECOVERED);
  }

  @Test
  void aSingleFailureIsNoNews() {
    shop.open("ORD-1", "100.00");
    for (int i = 0; i < 10; i++) {
      shop.chain.provider(ProviderState.DOWN);
      ticks(2);
      shop.chain.provider(ProviderState.HEALTHY);
      ticks(1);
    }
    assertThat(shop.walletStory()).isEmpty();
  }

  @Test
  void aProviderThatIsBehindEndsNoOrder() {
    shop.open("ORD-1", "100.00");
    shop.tick();
    shop.chain.provider(ProviderState.BEHIND);
    shop.tickAfter(Duration.ofHours(3));
    assertThat(shop.story("ORD-1")).isEmpty();
    shop.chain.provider(ProviderState.HEALTHY);
    shop.tick();
    assertThat(shop.story("ORD-1")).containsExactly("EXPIRED");
  }

  @Test
  void whatAFailingProviderDoesShowIsCredited() {
    shop.open("ORD-1", "100.00");
    shop.tick();
    shop.pay("100.00").memo("ORD-1").submit();
    shop.chain.provider(ProviderState.BEHIND);
    shop.tick();
    assertThat(shop.story("ORD-1")).containsExactly("VERIFIED");
  }

  @Test
  void anOutageLongerThanTheWindowLeavesAGapThatIsToldOnce() {
    shop.open(order("ORD-1", Duration.ofDays(4)));
    shop.tick();
    shop.chain.provider(ProviderState.DOWN);
    ticks(4);
    for (int i = 0; i < 30; i++) {
      shop.tickAfter(Duration.ofHours(1));
    }
    shop.restart();
    shop.tickAfter(Duration.ofHours(1));
    shop.chain.provider(ProviderState.HEALTHY);
    ticks(5);
    shop.restart();
    ticks(5);
    assertThat(shop.walletStory()).containsExactlyInAnyOrder(PROVIDER_TROUBLE, COVERAGE_GAP, PROVIDER_RECOVERED);
  }

  @Test
  void aGapIsToldInItsWholeLength() {
    shop.open(order("ORD-1", Duration.ofDays(4)));
    shop.tick();
    Instant read = shop.clock.instant();
    shop.chain.provider(ProviderState.DOWN);
    ticks(4);
    for (int i = 0; i < 48; i++) {
      shop.tickAfter(Duration.ofHours(1));
    }
    assertThat(shop.walletStory()).containsExactly(PROVIDER_TROUBLE);
    shop.chain.provider(ProviderState.HEALTHY);
    shop.tick();
    Instant now = shop.clock.instant();
    assertThat(shop.walletStory()).containsExactlyInAnyOrder(PROVIDER_TROUBLE, COVERAGE_GAP, PROVIDER_RECOVERED);
    assertThat(shop.told)
        .filteredOn(event -> event instanceof WalletEvent wallet && wallet.type() == COVERAGE_GAP)
        .singleElement()
        .satisfies(
            event ->
                assertThat(((WalletEvent) event).detail())
                    .contains("from " + read + " to " + now.minus(Duration.ofDays(1))));
  }

  @Test
  void whatWasPaidInTimeCountsHoweverOldItIsWhenItIsRead() {
    shop.watcher = shop.watcher("patient").window(Duration.ofDays(7)).build();
    shop.open(order("ORD-1", Duration.ofDays(4)));
    shop.tick();
    shop.pay("100.00").memo("ORD-1").submit();
    shop.chain.provider(ProviderState.DOWN);
    shop.tickAfter(Duration.ofDays(3));
    shop.chain.provider(ProviderState.HEALTHY);
    shop.tick();
    assertThat(shop.story("ORD-1")).containsExactly("VERIFIED");
  }

  @Test
  void anOutageShorterThanTheWindowLeavesNone() {
    shop.open(order("ORD-1", Duration.ofDays(4)));
    shop.tick();
    shop.pay("100.00").memo("ORD-1").submit();
    shop.tickAfter(Duration.ofHours(23));
    assertThat(shop.walletStory()).isEmpty();
    assertThat(shop.story("ORD-1")).containsExactly("VERIFIED");
  }

  @Test
  void anOutageFromTheFirstOrderOnIsAGapToo() {
    shop.open(order("ORD-1", Duration.ofDays(4)));
    shop.pay("100.00").memo("ORD-1").submit();
    shop.tickAfter(Duration.ofHours(30));
    shop.tick();
    shop.restart();
    shop.tick();
    assertThat(shop.walletStory()).containsExactly(COVERAGE_GAP);
  }

  @Test
  void daysInWhichNobodyHadToPayAreNoGap() {
    shop.open(order("ORD-1", Duration.ofHours(1)));
    for (int i = 0; i < 27; i++) {
      shop.tickAfter(Duration.ofHours(1));
    }
    shop.tickAfter(Duration.ofDays(5));
    shop.open("ORD-2", "70.00");
    shop.pay("70.00").memo("ORD-2").submit();
    ticks(2);
    assertThat(shop.walletStory()).isEmpty();
    assertThat(shop.story("ORD-2")).containsExactly("VERIFIED");
  }

  @Test
  void readsNoFurtherBackThanTheWindow() {
    shop.open(order("ORD-1", Duration.ofDays(4)));
    shop.tick();
    shop.source.queries.clear();
    shop.tickAfter(Duration.ofDays(3));
    Instant now = shop.clock.instant();
    assertThat(shop.source.queries).singleElement().satisfies(query -> {
      assertThat(query.from()).isEqualTo(now.minus(Duration.ofDays(1)));
      assertThat(query.to()).isAfter(now);
    });
  }

  @Test
  void goesOnFromTheSavedCursorWithTheOverlap() {
    shop.open("ORD-1", "100.00");
    shop.tick();
    Instant read = shop.clock.instant();
    shop.pass(Duration.ofMinutes(40));
    shop.restart();
    shop.source.queries.clear();
    shop.tick();
    assertThat(shop.source.queries).singleElement()
        .satisfies(query -> assertThat(query.from()).isEqualTo(read.minus(Duration.ofMinutes(10))));
  }

  private void ticks(int count) {
    for (int i = 0; i < count; i++) {
      shop.tick();
    }
  }

  private static NewOrder order(String id, Duration expiry) {
    return NewOrder.builder(Shop.request(id, "100.00").build()).expiry(expiry).build();
  }
}
