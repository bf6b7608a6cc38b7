package io.x0tta6bl4.payment.testkit.watching;

import static org.assertj.core.api.Assertions.assertThat;

import io.x0tta6bl4.payment.MatchMode;
import io.x0tta6bl4.payment.ledger.ClaimRole;
import io.x0tta6bl4.payment.ledger.NewOrder;
import io.x0tta6bl4.payment.ledger.OrderEvent;
import io.x0tta6bl4.payment.ledger.OrderState;
import io.x0tta6bl4.payment.ledger.PaymentEvent;
import io.x0tta6bl4.payment.ledger.WalletEvent;
import io.x0tta6bl4.payment.testkit.ChainTransaction;
import io.x0tta6bl4.payment.testkit.ProviderState;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What becomes of a watched order, whatever its buyer does. */
class WatchedOrderTest {

  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final Shop shop = new Shop();

  @Nested
  class PaidInParts {

    @Test
    void isPaidByThePartThatCompletesIt() {
      shop.open("ORD-1", "100.00");
      shop.pay("60.00").memo("ORD-1").submit();
      shop.tick();
      shop.pay("40.00").memo("ORD-1").submit();
      shop.tick();
      assertThat(shop.story("ORD-1")).containsExactly("REJECTED UNDERPAID", "VERIFIED");
      assertThat(shop.got("ORD-1", ClaimRole.PAYMENT)).isEqualByComparingTo("100.00");
    }

    @Test
    void remembersAPartThatTheScanHasLeftBehind() {
      shop.open("ORD-1", "100.00");
      shop.pay("60.00").memo("ORD-1").submit();
      shop.tick();
      for (int i = 0; i < 20; i++) {
        shop.tickAfter(MINUTE);
      }
      shop.restart();
      shop.pay("40.00").memo("ORD-1").submit();
      shop.tick();
      assertThat(shop.story("ORD-1")).containsExactly("REJECTED UNDERPAID", "VERIFIED");
      assertThat(shop.got("ORD-1", ClaimRole.PAYMENT)).isEqualByComparingTo("100.00");
    }

    @Test
    void remembersAPartForAsLongAsTheOrderIsOpen() {
      shop.open(NewOrder.builder(Shop.request("ORD-1", "100.00").build()).expiry(Duration.ofDays(4)).build());
      shop.pay("60.00").memo("ORD-1").submit();
      shop.tick();
      for (int i = 0; i < 3; i++) {
        shop.tickAfter(Duration.ofDays(1).minus(MINUTE));
      }
      shop.pay("40.00").memo("ORD-1").submit();
      shop.tick();
      assertThat(shop.story("ORD-1")).containsExactly("REJECTED UNDERPAID", "VERIFIED");
    }

    @Test
    void tellsOfEachPart() {
      shop.open("ORD-1", "100.00");
      for (int i = 0; i < 4; i++) {
        shop.pay("25.00").memo("ORD-1").submit();
        shop.tick();
        shop.restart();
        shop.tick();
      }
      assertThat(shop.story("ORD-1"))
          .containsExactly("REJECTED UNDERPAID", "REJECTED UNDERPAID", "REJECTED UNDERPAID", "VERIFIED");
      assertThat(shop.got("ORD-1", ClaimRole.PAYMENT)).isEqualByComparingTo("100.00");
    }

    @Test
    void isSeenWhenPendingPartsOfSeveralTicksWouldDoTogether() {
      shop.open("ORD-1", "100.00");
      ChainTransaction first = shop.pay("60.00").memo("ORD-1").pending().submit();
      shop.tick();
      ChainTransaction second = shop.pay("40.00").memo("ORD-1").pending().submit();
      shop.tick();
      shop.chain.settle(first);
      shop.tick();
      shop.chain.settle(second);
      shop.tick();
      assertThat(shop.story("ORD-1")).containsExactly("SEEN", "SEEN", "VERIFIED");
      assertThat(shop.got("ORD-1", ClaimRole.PAYMENT)).isEqualByComparingTo("100.00");
    }

    @Test
    void tellsThePartsOnceMoreWhenItExpires() {
      shop.open("ORD-1", "100.00");
      shop.pay("60.00").memo("ORD-1").submit();
      shop.tick();
      shop.tickAfter(Duration.ofMinutes(63));
      assertThat(shop.story("ORD-1")).containsExactly("REJECTED UNDERPAID", "EXPIRED");
      OrderEvent last = (OrderEvent) shop.told.get(1);
      assertThat(last.transfers()).hasSize(1);
      assertThat(shop.got("ORD-1", ClaimRole.PART)).isEqualByComparingTo("60.00");
    }

    @Test
    void saysOnceThatTheRestCameLate() {
      shop.open("ORD-1", "100.00");
      shop.pay("60.00").memo("ORD-1").submit();
      shop.tick();
      shop.pass(Duration.ofMinutes(61));
      shop.pay("40.00").memo("ORD-1").submit();
      shop.tick();
      shop.tick();
      shop.tickAfter(Duration.ofMinutes(5));
      assertThat(shop.story("ORD-1")).containsExactly("REJECTED UNDERPAID", "LATE", "EXPIRED");
      assertThat(shop.state("ORD-1")).isEqualTo(OrderState.EXPIRED);
    }
  }

  @Nested
  class PaidButNotFinal {

    @Test
    void isSeenThenVerified() {
      shop.open("ORD-1", "100.00");
      ChainTransaction payment = shop.pay("100.00").memo("ORD-1").pending().submit();
      shop.tick();
      shop.tick();
      assertThat(shop.story("ORD-1")).containsExactly("SEEN");
      assertThat(shop.state("ORD-1")).isEqualTo(OrderState.OPEN);
      shop.chain.settle(payment);
      shop.tick();
      assertThat(shop.story("ORD-1")).containsExactly("SEEN", "VERIFIED");
    }

    @Test
    void isNotCreditedIfTheChainTakesItBack() {
      shop.open("ORD-1", "100.00");
      ChainTransaction payment = shop.pay("100.00").memo("ORD-1").pending().submit();
      shop.tick();
      shop.chain.drop(payment);
      shop.tick();
      shop.tickAfter(Duration.ofMinutes(63));
      assertThat(shop.story("ORD-1")).containsExactly("SEEN", "EXPIRED");
      assertThat(shop.desk.find("ORD-1").orElseThrow().claims()).isEmpty();
    }

    @Test
    void isCreditedByAnotherPaymentAfterTheChainTookTheFirstBack() {
      shop.open("ORD-1", "100.00");
      ChainTransaction payment = shop.pay("100.00").memo("ORD-1").pending().submit();
      shop.tick();
      shop.chain.drop(payment);
      shop.pay("100.00").memo("ORD-1").submit();
      shop.tick();
      assertThat(shop.story("ORD-1")).containsExactly("SEEN", "VERIFIED");
      assertThat(shop.got("ORD-1", ClaimRole.PAYMENT)).isEqualByComparingTo("100.00");
    }

    @Test
    void isPaidByAFinalPaymentThoughAnEarlierOneIsStillPending() {
      shop.open("ORD-1", "100.00");
      ChainTransaction first = shop.pay("100.00").memo("ORD-1").pending().submit();
      shop.tick();
      shop.pay("100.00").memo("ORD-1").submit();
      shop.tick();
      shop.chain.drop(first);
      shop.tickAfter(Duration.ofHours(2));
      assertThat(shop.story("ORD-1")).containsExactly("SEEN", "VERIFIED");
    }

    @Test
    void doesNotExpireWhileAPaymentInTimeIsPending() {
      shop.open("ORD-1", "100.00");
      shop.pass(Duration.ofMinutes(59));
      ChainTransaction payment = shop.pay("100.00").memo("ORD-1").pending().submit();
      shop.tick();
      for (int i = 0; i < 15; i++) {
        shop.tickAfter(MINUTE);
      }
      assertThat(shop.state("ORD-1")).isEqualTo(OrderState.OPEN);
      shop.chain.settle(payment);
      shop.tick();
      assertThat(shop.story("ORD-1")).containsExactly("SEEN", "VERIFIED");
    }

    @Test
    void isHeldUpByNothingThatNeverSettles() {
      shop.open("ORD-1", "100.00");
      shop.pay("100.00").memo("ORD-1").undecided().submit();
      for (int i = 0; i < 70; i++) {
        shop.tickAfter(MINUTE);
      }
      assertThat(shop.story("ORD-1")).containsExactly("SEEN", "EXPIRED");
    }
  }

  @Nested
  class InTimeAndLate {

    @Test
    void creditsWhatWasPaidInTimeAndSeenAfterAnOutage() {
      shop.open("ORD-1", "100.00");
      shop.tick();
      shop.pass(Duration.ofMinutes(30));
      shop.pay("100.00").memo("ORD-1").submit();
      shop.chain.provider(ProviderState.DOWN);
      for (int i = 0; i < 10; i++) {
        shop.tickAfter(Duration.ofMinutes(30));
      }
      assertThat(shop.state("ORD-1")).isEqualTo(OrderState.OPEN);
      shop.chain.provider(ProviderState.HEALTHY);
      shop.tick();
      assertThat(shop.story("ORD-1")).containsExactly("VERIFIED");
    }

    @Test
    void creditsWhatWasPaidInTimeAndSeenByAWatcherThatWasNotRunning() {
      shop.open("ORD-1", "100.00");
      shop.pass(Duration.ofMinutes(30));
      shop.pay("100.00").memo("ORD-1").submit();
      shop.tickAfter(Duration.ofHours(20));
      assertThat(shop.story("ORD-1")).containsExactly("VERIFIED");
    }

    @Test
    void creditsWhatTheProviderListsLateButWithinTheGrace() {
      shop.open("ORD-1", "100.00");
      shop.pass(Duration.ofMinutes(59));
      Instant paidAt = shop.clock.instant();
      shop.tick();
      shop.tickAfter(Duration.ofSeconds(110));
      shop.chain.pay(Shop.WALLET, Shop.coins("100.00")).at(paidAt).memo("ORD-1").submit();
      shop.tick();
      assertThat(shop.story("ORD-1")).containsExactly("VERIFIED");
    }

    @Test
    void tellsOnceOfWhatCameAfterTheOrdersEnd() {
      shop.open("ORD-1", "100.00");
      shop.tickAfter(Duration.ofMinutes(63));
      shop.pay("100.00").memo("ORD-1").submit();
      shop.tick();
      shop.tick();
      shop.restart();
      shop.tick();
      assertThat(shop.story("ORD-1")).containsExactly("EXPIRED", "LATE");
      assertThat(shop.got("ORD-1", ClaimRole.LATE)).isEqualByComparingTo("100.00");
    }

    @Test
    void tellsOnceOfWhatCameAfterItWasCalledOff() {
      shop.open("ORD-1", "100.00");
      shop.tick();
      shop.desk.cancel("ORD-1");
      shop.desk.cancel("ORD-1");
      shop.pay("100.00").memo("ORD-1").submit();
      shop.tick();
      shop.restart();
      shop.tick();
      assertThat(shop.story("ORD-1")).containsExactly("CANCELLED", "LATE");
      assertThat(shop.state("ORD-1")).isEqualTo(OrderState.CANCELLED);
    }

    @Test
    void tellsOnceOfASecondPayment() {
      shop.open("ORD-1", "100.00");
      shop.pay("100.00").memo("ORD-1").submit();
      shop.tick();
      shop.pay("100.00").memo("ORD-1").submit();
      shop.tick();
      shop.tick();
      shop.restart();
      shop.tick();
      assertThat(shop.story("ORD-1")).containsExactly("VERIFIED", "SURPLUS");
      assertThat(shop.got("ORD-1", ClaimRole.PAYMENT)).isEqualByComparingTo("100.00");
      assertThat(shop.got("ORD-1", ClaimRole.SURPLUS)).isEqualByComparingTo("100.00");
    }

    @Test
    void tellsOfTwoPaymentsThatCameTogether() {
      shop.open("ORD-1", "100.00");
      shop.pay("100.00").memo("ORD-1").submit();
      shop.pay("100.00").memo("ORD-1").submit();
      shop.tick();
      assertThat(shop.story("ORD-1")).containsExactly("VERIFIED", "SURPLUS");
    }

    @Test
    void creditsAnOrderThatWasOpenedAfterItsPaymentCame() {
      shop.open("ORD-1", "5.00");
      shop.tick();
      shop.pay("100.00").memo("ORD-2").submit();
      shop.tick();
      shop.pass(MINUTE);
      shop.open("ORD-2", "100.00");
      shop.tick();
      assertThat(shop.story("ORD-2")).containsExactly("VERIFIED");
    }

    @Test
    void looksBackFurtherThanTheOverlapWhereAnOrderAllowsIt() {
      shop.open("ORD-1", "5.00");
      shop.tick();
      shop.pay("100.00").memo("ORD-2").submit();
      shop.tick();
      shop.tickAfter(Duration.ofHours(1));
      shop.open(NewOrder.of(Shop.request("ORD-2", "100.00").notBefore(Shop.START).build()));
      shop.tick();
      assertThat(shop.story("ORD-2")).containsExactly("VERIFIED");
    }

    @Test
    void refusesWhatWasPaidBeforeTheOrder() {
      shop.pay("100.00").memo("ORD-1").submit();
      shop.pass(Duration.ofMinutes(5));
      shop.open(NewOrder.of(Shop.request("ORD-1", "100.00").build()));
      shop.tick();
      assertThat(shop.story("ORD-1")).isEmpty();
      assertThat(shop.state("ORD-1")).isEqualTo(OrderState.OPEN);
    }
  }

  @Nested
  class NothingTwice {

    @Test
    void overlapAndListingTwiceTellNothingTwice() {
      shop.chain.listTwice(true);
      shop.open("ORD-1", "100.00");
      shop.open("ORD-2", "50.00");
      shop.pay("100.00").memo("ORD-1").submit();
      shop.pay("10.00").memo("ORD-2").submit();
      for (int i = 0; i < 30; i++) {
        shop.tickAfter(MINUTE);
      }
      assertThat(shop.story("ORD-1")).containsExactly("VERIFIED");
      assertThat(shop.story("ORD-2")).containsExactly("REJECTED UNDERPAID");
      assertThat(shop.got("ORD-2", ClaimRole.PART)).isEqualByComparingTo("10.00");
    }

    @Test
    void halfThePriceListedTwiceIsHalfThePrice() {
      shop.chain.listTwice(true);
      shop.open("ORD-1", "100.00");
      shop.pay("50.00").memo("ORD-1").submit();
      shop.tick();
      assertThat(shop.state("ORD-1")).isEqualTo(OrderState.OPEN);
      assertThat(shop.got("ORD-1", ClaimRole.PART)).isEqualByComparingTo("50.00");
    }

    @Test
    void restartsTellNothingTwice() {
      shop.open("ORD-1", "100.00");
      shop.open("ORD-2", "50.00");
      shop.open("ORD-3", "70.00");
      shop.pay("100.00").memo("ORD-1").submit();
      shop.pay("500.00").memo("ORD-2").submit();
      shop.pay("70.00").memo("ORD-3").pending().submit();
      for (int i = 0; i < 10; i++) {
        shop.tick();
        shop.restart();
      }
      assertThat(shop.story("ORD-1")).containsExactly("VERIFIED");
      assertThat(shop.story("ORD-2")).containsExactly("REJECTED OVERPAID");
      assertThat(shop.story("ORD-3")).containsExactly("SEEN");
    }

    @Test
    void twoPaymentsWithoutAMemoAreToldOfOnceEachWhateverRestarts() {
      shop.open("ORD-1", "100.00");
      shop.pay("100.00").submit();
      shop.tick();
      shop.pay("100.50").submit();
      for (int i = 0; i < 10; i++) {
        shop.tick();
        shop.restart();
      }
      assertThat(shop.story("ORD-1")).containsExactly("REJECTED MEMO_MISSING", "REJECTED MEMO_MISSING");
    }

    @Test
    void everyEventOfAnOrderHasTheNextNumber() {
      shop.open("ORD-1", "100.00");
      shop.pay("60.00").memo("ORD-1").submit();
      shop.tick();
      ChainTransaction rest = shop.pay("40.00").memo("ORD-1").pending().submit();
      shop.tick();
      shop.chain.settle(rest);
      shop.tick();
      shop.pay("1.00").memo("ORD-1").submit();
      shop.tick();
      assertThat(shop.story("ORD-1")).containsExactly("REJECTED UNDERPAID", "SEEN", "VERIFIED", "SURPLUS");
      assertThat(shop.told).extracting(PaymentEvent::id).containsExactly("ORD-1#1", "ORD-1#2", "ORD-1#3", "ORD-1#4");
    }
  }

  @Nested
  class OpenedByAClockThatIsBehind {

    @Test
    void isEndedThoughAllOfItsTimeWasReadBefore() {
      shop.open("ORD-1", "100.00");
      shop.tickAfter(Duration.ofDays(2));
      Instant now = shop.clock.instant();
      shop.clock.set(Shop.START);
      shop.open(NewOrder.builder(Shop.request("ORD-2", "100.00").build()).aftercare(Duration.ZERO).build());
      shop.clock.set(now);
      shop.tick();
      assertThat(shop.story("ORD-2")).containsExactly("EXPIRED");
    }
  }

  @Nested
  class WithoutAMemo {

    @Test
    void theOneOrderThatItMayBeMeantForIsTold() {
      shop.open("ORD-1", "100.00");
      shop.open("ORD-2", "200.00");
      shop.pay("100.00").submit();
      shop.tick();
      shop.tick();
      shop.restart();
      shop.tick();
      assertThat(shop.story("ORD-1")).containsExactly("REJECTED MEMO_MISSING");
      assertThat(shop.story("ORD-2")).isEmpty();
      assertThat(shop.state("ORD-1")).isEqualTo(OrderState.OPEN);
    }

    @Test
    void whereSeveralOrdersMayBeMeantTheShopIsTold() {
      shop.open("ORD-1", "100.00");
      shop.open("ORD-2", "100.50");
      ChainTransaction payment = shop.pay("100.00").submit();
      shop.tick();
      shop.tick();
      shop.restart();
      shop.tick();
      assertThat(shop.walletStory()).containsExactly(WalletEvent.Type.UNASSIGNED);
      WalletEvent event = (WalletEvent) shop.told.get(0);
      assertThat(event.transfer().orElseThrow().id().transactionHash()).isEqualTo(payment.hash());
      assertThat(shop.story("ORD-1")).isEmpty();
      assertThat(shop.story("ORD-2")).isEmpty();
    }

    @Test
    void ordersThatWereOpenedTooLateAreNotMeant() {
      shop.open("ORD-old", "100.00");
      for (int i = 1; i <= 5; i++) {
        shop.pass(MINUTE);
      }
      shop.pay("100.00").at(shop.clock.instant().minus(Duration.ofMinutes(4))).submit();
      for (int i = 1; i <= 5; i++) {
        // Found before the first one, since they expire earlier.
        shop.open(
            NewOrder.builder(Shop.request("ORD-" + i, "100.00").build()).expiry(Duration.ofMinutes(10)).build());
      }
      shop.tick();
      assertThat(shop.story("ORD-old")).containsExactly("REJECTED MEMO_MISSING");
      assertThat(shop.walletStory()).isEmpty();
    }

    @Test
    void isThePaymentOfALaterOrderThatIsKnownByItsAmount() {
      shop.open("ORD-1", "100.00");
      shop.pay("100.00").submit();
      shop.tick();
      shop.open(
          NewOrder.of(
              Shop.request("ORD-2", "100.00").matchMode(MatchMode.AMOUNT).notBefore(shop.clock.instant().minus(MINUTE)).build()));
      shop.tick();
      assertThat(shop.story("ORD-1")).containsExactly("REJECTED MEMO_MISSING");
      assertThat(shop.story("ORD-2")).containsExactly("VERIFIED");
    }

    @Test
    void aMemoThatCannotBeReadIsNoMemo() {
      shop.open("ORD-1", "100.00");
      shop.pay("100.00").memo(new byte[] {(byte) 0xff, (byte) 0xfe}).submit();
      shop.tick();
      assertThat(shop.story("ORD-1")).containsExactly("REJECTED MEMO_UNREADABLE");
    }

    @Test
    void anAmountThatNoOrderAsksForConcernsNobody() {
      shop.open("ORD-1", "100.00");
      shop.pay("98.99").submit();
      shop.pay("101.01").submit();
      shop.tick();
      assertThat(shop.told).isEmpty();
    }

    @Test
    void anotherMemoConcernsNobody() {
      shop.open("ORD-1", "100.00");
      shop.pay("100.00").memo("ORD-11").submit();
      shop.pay("100.00").memo("ord-1").submit();
      shop.pay("100.00").memo("thanks for ORD-1").submit();
      shop.tick();
      assertThat(shop.told).isEmpty();
    }

    @Test
    void aBuyerWhoForgotTheMemoMayPayAgainWithIt() {
      shop.open("ORD-1", "100.00");
      shop.pay("100.00").submit();
      shop.tick();
      shop.pay("100.00").memo("ORD-1").submit();
      shop.tick();
      assertThat(shop.story("ORD-1")).containsExactly("REJECTED MEMO_MISSING", "VERIFIED");
      assertThat(shop.got("ORD-1", ClaimRole.PAYMENT)).isEqualByComparingTo("100.00");
    }
  }

  @Nested
  class OfADedicatedAddress {

    @Test
    void everyTransferToItCounts() {
      shop.open(NewOrder.of(Shop.request("ORD-1", "100.00").matchMode(MatchMode.ADDRESS).build()));
      shop.pay("60.00").submit();
      shop.tick();
      shop.pay("40.00").memo("whatever").submit();
      shop.tick();
      assertThat(shop.story("ORD-1")).containsExactly("REJECTED UNDERPAID", "VERIFIED");
    }
  }
}
