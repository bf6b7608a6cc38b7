package io.x0tta6bl4.payment.testkit.watching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.x0tta6bl4.payment.Amount;
import io.x0tta6bl4.payment.Asset;
import io.x0tta6bl4.payment.MatchMode;
import io.x0tta6bl4.payment.PaymentRequest;
import io.x0tta6bl4.payment.PaymentVerifier;
import io.x0tta6bl4.payment.Verification;
import io.x0tta6bl4.payment.VerifierOptions;
import io.x0tta6bl4.payment.ledger.AmountTakenException;
import io.x0tta6bl4.payment.ledger.ClaimRole;
import io.x0tta6bl4.payment.ledger.NewOrder;
import io.x0tta6bl4.payment.ledger.Order;
import io.x0tta6bl4.payment.ledger.OrderConflictException;
import io.x0tta6bl4.payment.ledger.OrderState;
import io.x0tta6bl4.payment.ledger.UniqueAmounts;
import io.x0tta6bl4.payment.metrics.PaymentObserver;
import io.x0tta6bl4.payment.spi.TransferSourceVerifier;
import io.x0tta6bl4.payment.spi.VerifierContext;
import io.x0tta6bl4.payment.testkit.ChainTransaction;
import io.x0tta6bl4.payment.testkit.ProviderState;
import io.x0tta6bl4.payment.watch.PaymentDesk;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class PaymentDeskTest {

  private final Shop shop = new Shop();

  @Nested
  class Opening {

    @Test
    void keepsTheCanonicalAddress() {
      Order order = shop.open(NewOrder.of(PaymentRequest.builder("ORD-1", "  Shop-Wallet ", Shop.coins("1.00")).build()));
      assertThat(order.request().recipient()).isEqualTo("shop-wallet");
    }

    @Test
    void refusesAChainWithoutASource() {
      NewOrder order = NewOrder.of(PaymentRequest.builder("ORD-1", "w", Amount.ofUnits(Asset.TON, 1)).build());
      assertThatThrownBy(() -> shop.open(order))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("chain 'ton': expected one of [memory]");
    }

    @Test
    void refusesWhatIsNoAddress() {
      NewOrder order = NewOrder.of(PaymentRequest.builder("ORD-1", "a/b", Shop.coins("1.00")).build());
      assertThatThrownBy(() -> shop.open(order))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("address 'a/b': expected");
    }

    @Test
    void opensTheSameOrderOnce() {
      Order first = shop.open("ORD-1", "100.00");
      shop.pass(Duration.ofMinutes(1));
      assertThat(shop.open("ORD-1", "100.00")).isEqualTo(first);
      assertThatThrownBy(() -> shop.open("ORD-1", "100.01")).isInstanceOf(OrderConflictException.class);
    }

    @Test
    void refusesTwoSourcesOfAChain() {
      assertThatThrownBy(
              () -> new PaymentDesk(shop.ledger, List.of(shop.source, shop.source), shop.clock, PaymentObserver.NONE))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("two sources of the chain memory: expected one");
    }
  }

  @Nested
  class ByUniqueAmounts {

    @Test
    void eachOrderHasItsOwnAmountAboveThePrice() {
      assertThat(amounts(3, UniqueAmounts.Direction.ABOVE)).containsExactly("100.00", "100.01", "100.02");
    }

    @Test
    void orBelowIt() {
      assertThat(amounts(3, UniqueAmounts.Direction.BELOW)).containsExactly("100.00", "99.99", "99.98");
    }

    @Test
    void saysSoWhenAllAreTaken() {
      amounts(4, UniqueAmounts.Direction.ABOVE);
      assertThatThrownBy(() -> shop.open(unique("ORD-5", UniqueAmounts.Direction.ABOVE)))
          .isInstanceOf(AmountTakenException.class)
          .hasMessageContaining("all 4 amounts")
          .hasMessageContaining(Shop.WALLET);
    }

    @Test
    void neverGoesDownToNothing() {
      for (int i = 1; i <= 2; i++) {
        shop.open(penny("ORD-" + i));
      }
      assertThatThrownBy(() -> shop.open(penny("ORD-3"))).isInstanceOf(AmountTakenException.class);
    }

    @Test
    void isGivenBackWhenTheOrderIsNoLongerWatched() {
      amounts(4, UniqueAmounts.Direction.ABOVE);
      shop.desk.cancel("ORD-2");
      assertThatThrownBy(() -> shop.open(unique("ORD-5", UniqueAmounts.Direction.ABOVE)))
          .as("a late payment must still be known as the cancelled order's")
          .isInstanceOf(AmountTakenException.class);
      shop.pass(NewOrder.DEFAULT_EXPIRY.plus(NewOrder.DEFAULT_AFTERCARE).plusMillis(1));
      assertThat(shop.open(unique("ORD-5", UniqueAmounts.Direction.ABOVE)).request().amount())
          .as("nobody has read yet whether the others were paid")
          .isEqualTo(Shop.coins("100.01"));
      shop.tick();
      assertThat(shop.story("ORD-1")).containsExactly("EXPIRED");
      assertThat(shop.open(unique("ORD-6", UniqueAmounts.Direction.ABOVE)).request().amount()).isEqualTo(Shop.coins("100.00"));
    }

    @Test
    void aPaymentThatIsReadLateIsTheOrdersThatHadTheAmountThen() {
      shop.open(shortLived("ORD-1"));
      shop.tick();
      shop.pass(Duration.ofMinutes(50));
      shop.pay("100.00").submit();
      shop.chain.provider(ProviderState.DOWN);
      shop.tickAfter(Duration.ofMinutes(20));
      assertThatThrownBy(() -> shop.open(shortLived("ORD-2"))).isInstanceOf(AmountTakenException.class);
      shop.chain.provider(ProviderState.HEALTHY);
      shop.tick();
      assertThat(shop.story("ORD-1")).containsExactly("VERIFIED");
      shop.open(shortLived("ORD-2"));
      shop.restart();
      shop.tick();
      assertThat(shop.story("ORD-2")).as("the payment of the former order concerns it not").isEmpty();
      shop.pay("100.00").submit();
      shop.tick();
      assertThat(shop.story("ORD-1")).containsExactly("VERIFIED");
      assertThat(shop.story("ORD-2")).containsExactly("VERIFIED");
    }

    /** An order by amount that is watched no longer than it can be paid. */
    private NewOrder shortLived(String id) {
      return NewOrder.builder(Shop.request(id, "100.00").matchMode(MatchMode.AMOUNT).build())
          .aftercare(Duration.ZERO)
          .build();
    }

    @Test
    void aPaymentIsThatOrdersWhoseAmountItIs() {
      amounts(3, UniqueAmounts.Direction.ABOVE);
      shop.pay("100.01").submit();
      shop.pay("100.03").submit();
      shop.tick();
      assertThat(shop.story("ORD-1")).isEmpty();
      assertThat(shop.story("ORD-2")).containsExactly("VERIFIED");
      assertThat(shop.story("ORD-3")).isEmpty();
    }

    private List<String> amounts(int count, UniqueAmounts.Direction direction) {
      List<String> amounts = new ArrayList<>();
      for (int i = 1; i <= count; i++) {
        amounts.add(shop.open(unique("ORD-" + i, direction)).request().amount().toDecimal().toPlainString());
      }
      return amounts;
    }

    private NewOrder unique(String id, UniqueAmounts.Direction direction) {
      return NewOrder.builder(Shop.request(id, "100.00").matchMode(MatchMode.AMOUNT).build())
          .uniqueAmounts(new UniqueAmounts(BigInteger.ONE, 3, direction))
          .build();
    }

    private NewOrder penny(String id) {
      return NewOrder.builder(Shop.request(id, "0.02").matchMode(MatchMode.AMOUNT).build())
          .uniqueAmounts(new UniqueAmounts(BigInteger.ONE, 100, UniqueAmounts.Direction.BELOW))
          .build();
    }
  }

  @Nested
  class Crediting {

    private final PaymentVerifier verifier =
        TransferSourceVerifier.of(shop.source, VerifierContext.of(VerifierOptions.none(), shop.clock));

    @Test
    void creditsWhatAVerifierFoundOnceWhoeverFindsItAgain() {
      PaymentRequest request = shop.open("ORD-1", "100.00").request();
      ChainTransaction payment = shop.pay("100.00").memo("ORD-1").submit();
      Verification verdict = verifier.verify(request, payment.hash());
      assertThat(shop.desk.credit(verdict).order().state()).isEqualTo(OrderState.PAID);
      shop.desk.credit(verdict);
      shop.tick();
      assertThat(shop.story("ORD-1")).containsExactly("VERIFIED");
    }

    @Test
    void creditsSurplusAsWell() {
      PaymentRequest request = shop.open("ORD-1", "100.00").request();
      shop.pay("100.00").memo("ORD-1").submit();
      shop.pay("7.00").memo("ORD-1").submit();
      shop.desk.credit(verifier.verify(request));
      shop.tick();
      assertThat(shop.story("ORD-1")).containsExactly("VERIFIED", "SURPLUS");
      assertThat(shop.got("ORD-1", ClaimRole.SURPLUS)).isEqualByComparingTo("7.00");
    }

    @Test
    void tellsARefusalOnce() {
      PaymentRequest request = shop.open("ORD-1", "100.00").request();
      ChainTransaction payment = shop.pay("100.00").memo("ORD-11").submit();
      Verification verdict = verifier.verify(request, payment.hash());
      shop.desk.credit(verdict);
      shop.desk.credit(verdict);
      shop.tell();
      assertThat(shop.story("ORD-1")).containsExactly("REJECTED MEMO_MISMATCH");
    }

    @Test
    void changesNothingForWhatIsNotFound() {
      PaymentRequest request = shop.open("ORD-1", "100.00").request();
      assertThat(shop.desk.credit(verifier.verify(request)).order().version()).isZero();
    }

    @Test
    void refusesAVerdictOnSomethingElse() {
      shop.open("ORD-1", "100.00");
      Verification ofUnknown = verifier.verify(Shop.request("ORD-2", "100.00").build());
      assertThatThrownBy(() -> shop.desk.credit(ofUnknown))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("order ORD-2: expected one that was opened");
      Verification ofOther = verifier.verify(Shop.request("ORD-1", "1.00").build());
      assertThatThrownBy(() -> shop.desk.credit(ofOther))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("order ORD-1: expected the verdict on");
    }
  }

  @Nested
  class Cancelling {

    @Test
    void endsAnOpenOrder() {
      shop.open("ORD-1", "100.00");
      assertThat(shop.desk.cancel("ORD-1").orElseThrow().order().state()).isEqualTo(OrderState.CANCELLED);
      shop.tell();
      assertThat(shop.story("ORD-1")).containsExactly("CANCELLED");
    }

    @Test
    void comesTooLateForAPaidOne() {
      shop.open("ORD-1", "100.00");
      shop.pay("100.00").memo("ORD-1").submit();
      shop.tick();
      assertThat(shop.desk.cancel("ORD-1").orElseThrow().order().state()).isEqualTo(OrderState.PAID);
      assertThat(shop.desk.cancel("ORD-9")).isEmpty();
      assertThat(shop.desk.find("ORD-9")).isEmpty();
    }
  }
}
