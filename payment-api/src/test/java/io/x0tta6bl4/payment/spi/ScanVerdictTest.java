package io.x0tta6bl4.payment.spi;

import static io.x0tta6bl4.payment.Paid.NOW;
import static io.x0tta6bl4.payment.Paid.amount;
import static io.x0tta6bl4.payment.Paid.exactOrder;
import static io.x0tta6bl4.payment.Paid.order;
import static io.x0tta6bl4.payment.Paid.usdt;
import static io.x0tta6bl4.payment.spi.Verdicts.assertNotFound;
import static io.x0tta6bl4.payment.spi.Verdicts.assertPending;
import static io.x0tta6bl4.payment.spi.Verdicts.assertRejected;
import static io.x0tta6bl4.payment.spi.Verdicts.assertVerified;
import static org.assertj.core.api.Assertions.assertThat;

import io.x0tta6bl4.payment.Execution;
import io.x0tta6bl4.payment.MatchMode;
import io.x0tta6bl4.payment.Memo;
import io.x0tta6bl4.payment.Paid;
import io.x0tta6bl4.payment.PaymentRequest;
import io.x0tta6bl4.payment.Reason;
import io.x0tta6bl4.payment.Transfer;
import io.x0tta6bl4.payment.Verification;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;

/** "The verdict of a scan", sentence by sentence. */
class ScanVerdictTest {

  private static Verification verdict(PaymentRequest request, Transfer... transfers) {
    return FakeSource.withTransfers(transfers).verifier().verify(request);
  }

  @Nested
  class OneTransferThatDoes {

    @Test
    void isThePaymentOnceItIsFinal() {
      Transfer paid = usdt(1, "25").done();

      Verification.Verified verified = assertVerified(verdict(order("25").build(), paid), paid);

      assertThat(verified.total()).isEqualTo(amount("25"));
      assertThat(verified.excess()).isEqualTo(amount("0"));
      assertThat(verified.surplus()).isEmpty();
      assertThat(verified.surplusTotal()).isEqualTo(amount("0"));
      assertThat(verified.completedBy()).isEqualTo(paid);
      assertThat(verified.notes()).isEmpty();
    }

    @Test
    void row10_isPendingUntilThen() {
      Transfer seen = usdt(1, "25").pending().done();

      assertThat(assertPending(verdict(order("25").build(), seen), seen).total()).isEqualTo(amount("25"));
    }

    @Test
    void isPendingWhileItIsInNoBlock() {
      Transfer seen = usdt(1, "25").inNoBlock().done();

      assertPending(verdict(order("25").build(), seen), seen);
    }

    @Test
    void row9_isPendingWhileTheProviderDoesNotTellItsExecution() {
      Transfer seen = usdt(1, "25").execution(Execution.UNKNOWN).done();

      assertPending(verdict(order("25").build(), seen), seen);
    }

    @Test
    void isTheEarliestOfThoseThatDoHoweverTheSourceOrdersThem() {
      Transfer second = usdt(2, "25").minutesAgo(10).done();
      Transfer first = usdt(1, "25.1").minutesAgo(20).done();
      Transfer third = usdt(3, "25").minutesAgo(5).done();

      Verification.Verified verified = assertVerified(verdict(order("25").build(), second, first, third), first);

      assertThat(verified.surplus()).containsExactly(second, third);
    }

    @Test
    void keepsTheSourcesOrderWhereTimesAreEqual() {
      Transfer first = usdt(9, "25").done();
      Transfer second = usdt(1, "25").done();

      assertVerified(verdict(order("25").build(), first, second), first);
    }

    @Test
    void isPreferredToEarlierOnesThatDoNot() {
      Transfer part = usdt(1, "5").minutesAgo(20).done();
      Transfer whole = usdt(2, "25").minutesAgo(10).done();

      Verification.Verified verified = assertVerified(verdict(order("25").build(), part, whole), whole);

      assertThat(verified.surplus()).containsExactly(part);
      assertThat(verified.surplusTotal()).isEqualTo(amount("5"));
      assertThat(verified.total()).isEqualTo(amount("25"));
    }

    @Test
    void decidesEvenIfItIsPendingAndALaterFinalOneWouldDoToo() {
      Transfer seen = usdt(1, "25").minutesAgo(20).pending().done();
      Transfer whole = usdt(2, "25").minutesAgo(10).done();

      assertPending(verdict(order("25").build(), seen, whole), seen);
    }
  }

  @Nested
  class TheMemo {

    @Test
    void row13_aLongerIdThatContainsTheOrderIdIsNoMatch() {
      assertNotFound(verdict(order("25").build(), usdt(1, "25").memo("ORD-10011").done()));
      assertNotFound(verdict(order("25").build(), usdt(1, "25").memo("XORD-1001").done()));
    }

    @Test
    void row13_aShorterIdThatBeginsTheOrderIdIsNoMatch() {
      assertNotFound(verdict(order("25").build(), usdt(1, "25").memo("ORD-100").done()));
    }

    @Test
    void row14_theOrderIdAmongOtherTextIsNoMatch() {
      assertNotFound(verdict(order("25").build(), usdt(1, "25").memo("for ORD-1001, thanks").done()));
    }

    @Test
    void row15_twoOrderIdsInOneMemoAreNoMatch() {
      assertNotFound(verdict(order("25").build(), usdt(1, "25").memo("ORD-1001 ORD-1002").done()));
    }

    @Test
    void row16_anotherLetterCaseIsNoMatch() {
      assertNotFound(verdict(order("25").build(), usdt(1, "25").memo("ord-1001").done()));
    }

    @ParameterizedTest
    @ValueSource(strings = {" ORD-1001", "ORD-1001\n", "\tORD-1001\r\n", "ORD-1001\0\0", "\0 ORD-1001 \0"})
    void row17_paddingAtBothEndsDoesNotMatter(String memo) {
      assertThat(verdict(order("25").build(), usdt(1, "25").memo(memo).done()).isVerified()).isTrue();
    }

    @Test
    void row17_innerSpaceMatters() {
      assertNotFound(verdict(order("25").build(), usdt(1, "25").memo("ORD- 1001").done()));
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "ORD-1001\u200b", "\u202eORD-1001", "\ufeffORD-1001", "\u00a0ORD-1001", "\u041eRD-1001", "ORD-\uff11001",
          "ORD\u20111001", "O\u0308RD-1001"
        })
    void row18_lookAlikesAreNoMatch(String memo) {
      assertNotFound(verdict(order("25").build(), usdt(1, "25").memo(memo).done()));
    }

    @Test
    void row21_hexOfTheOrderIdIsNoMatch() {
      assertNotFound(verdict(order("25").build(), usdt(1, "25").memo("4f52442d31303031").done()));
    }
  }

  @Nested
  class SeveralTransfers {

    @Test
    void row30_addUpInOrderUpToTheOneThatCompletesTheAmount() {
      Transfer first = usdt(1, "10").minutesAgo(30).done();
      Transfer second = usdt(2, "10").minutesAgo(20).done();
      Transfer third = usdt(3, "5").minutesAgo(10).done();

      Verification.Verified verified =
          assertVerified(verdict(order("25").build(), third, first, second), first, second, third);

      assertThat(verified.total()).isEqualTo(amount("25"));
      assertThat(verified.completedBy()).isEqualTo(third);
    }

    @Test
    void leaveWhatComesAfterTheCompletingOneAsSurplus() {
      Transfer first = usdt(1, "10").minutesAgo(30).done();
      Transfer second = usdt(2, "15").minutesAgo(20).done();
      Transfer third = usdt(3, "3").minutesAgo(10).done();
      Transfer fourth = usdt(4, "2").minutesAgo(5).done();

      Verification.Verified verified =
          assertVerified(verdict(order("25").build(), first, second, third, fourth), first, second);

      assertThat(verified.surplus()).containsExactly(third, fourth);
      assertThat(verified.surplusTotal()).isEqualTo(amount("5"));
    }

    @Test
    void arePaidWithinTheToleranceOfTheSum() {
      Transfer first = usdt(1, "10").minutesAgo(30).done();
      Transfer second = usdt(2, "14.75").minutesAgo(20).done();

      Verification.Verified verified = assertVerified(verdict(order("25").build(), first, second), first, second);

      assertThat(verified.excess()).isEqualTo(amount("0"));
    }

    @Test
    void areCompleteAtTheLowerBoundOfTheToleranceSoThatTheNextIsSurplus() {
      Transfer first = usdt(1, "10").minutesAgo(30).done();
      Transfer second = usdt(2, "14.75").minutesAgo(20).done();
      Transfer third = usdt(3, "3").minutesAgo(10).done();

      Verification.Verified verified = assertVerified(verdict(order("25").build(), first, second, third), first, second);

      assertThat(verified.surplus()).containsExactly(third);
    }

    @Test
    void areVerifiedByTheFinalOnesEvenIfAPendingOneCameBefore() {
      Transfer pending = usdt(1, "4").minutesAgo(30).pending().done();
      Transfer first = usdt(2, "8").minutesAgo(20).done();
      Transfer second = usdt(3, "2").minutesAgo(10).done();

      Verification.Verified verified =
          assertVerified(verdict(exactOrder("10").build(), pending, first, second), first, second);

      assertThat(verified.surplus()).as("what is pending is no surplus").isEmpty();
    }

    @Test
    void arePendingIfOnlyFinalAndPendingOnesTogetherDo() {
      Transfer first = usdt(1, "10").minutesAgo(30).done();
      Transfer second = usdt(2, "15").minutesAgo(20).pending().done();

      assertThat(assertPending(verdict(order("25").build(), first, second), first, second).total())
          .isEqualTo(amount("25"));
    }

    @Test
    void thatFallShortAreUnderpaidWithTheTotalAndTheLatestPart() {
      Transfer first = usdt(1, "10").minutesAgo(30).done();
      Transfer second = usdt(2, "4").minutesAgo(20).done();
      Transfer third = usdt(3, "6").minutesAgo(10).done();

      Verification.Rejected rejected =
          assertRejected(verdict(order("25").build(), second, first, third), Reason.UNDERPAID, first, second, third);

      assertThat(rejected.received()).contains(amount("20"));
      assertThat(rejected.candidate()).contains(third);
    }

    @Test
    void thatFallShortByOneUnitAreUnderpaid() {
      Transfer first = usdt(1, "10").minutesAgo(30).done();
      Transfer second = usdt(2, "14.999999").minutesAgo(20).done();

      Verification.Rejected rejected =
          assertRejected(verdict(exactOrder("25").build(), first, second), Reason.UNDERPAID, first, second);

      assertThat(rejected.received()).contains(amount("24.999999"));
    }

    @Test
    void thatExceedTheAmountTogetherAreOverpaidWithTheTotal() {
      Transfer first = usdt(1, "20").minutesAgo(30).done();
      Transfer second = usdt(2, "20").minutesAgo(20).done();

      Verification.Rejected rejected =
          assertRejected(verdict(order("25").build(), first, second), Reason.OVERPAID, first, second);

      assertThat(rejected.received()).contains(amount("40"));
      assertThat(rejected.candidate()).contains(second);
    }

    @Test
    void thatExceedTheAmountTogetherAreVerifiedWhereOverpaymentIsAccepted() {
      Transfer first = usdt(1, "20").minutesAgo(30).done();
      Transfer second = usdt(2, "20").minutesAgo(20).done();

      Verification.Verified verified =
          assertVerified(verdict(order("25").acceptOverpayment(true).build(), first, second), first, second);

      assertThat(verified.excess()).isEqualTo(amount("15"));
    }

    @Test
    void doNotAddUpWhereTheRequestForbidsIt() {
      Transfer first = usdt(1, "10").minutesAgo(30).done();
      Transfer second = usdt(2, "15").minutesAgo(20).done();

      Verification.Rejected rejected =
          assertRejected(verdict(order("25").addUp(false).build(), first, second), Reason.UNDERPAID, second);

      assertThat(rejected.received()).contains(amount("15"));
    }

    @Test
    void row6_listedTwiceCountOnce() {
      Transfer half = usdt(1, "12.5").done();

      Verification.Rejected rejected =
          assertRejected(verdict(order("25").build(), half, half), Reason.UNDERPAID, half);

      assertThat(rejected.received()).contains(amount("12.5"));
    }

    @Test
    void row6_aSecondListingIsNoSurplus() {
      Transfer whole = usdt(1, "25").done();

      assertThat(assertVerified(verdict(order("25").build(), whole, whole), whole).surplus()).isEmpty();
    }

    @Test
    void ofTwoReadingsOfOneTransferTheFinalOneStands() {
      Transfer seen = usdt(1, "25").pending().done();
      Transfer settled = usdt(1, "25").done();

      assertVerified(verdict(order("25").build(), seen, settled), settled);
      assertVerified(verdict(order("25").build(), settled, seen), settled);
    }

    @Test
    void row5_ofOneTransactionAreTwoParts() {
      Transfer first = usdt(1, 0, "10").done();
      Transfer second = usdt(1, 1, "15").done();

      assertVerified(verdict(order("25").build(), first, second), first, second);
    }

    @Test
    void withAFaultAreNoParts() {
      Transfer early = usdt(1, "10").minutesAgo(60).done();
      Transfer self = usdt(2, "10").minutesAgo(50).from(Paid.SHOP).done();
      Transfer failed = usdt(3, "10").minutesAgo(40).execution(Execution.CREDITED_BUT_FAILED).done();
      Transfer part = usdt(4, "15").minutesAgo(20).done();
      PaymentRequest request = order("25").notBefore(NOW.minus(Duration.ofMinutes(55))).build();

      assertRejected(verdict(request, early, self, failed, part), Reason.UNDERPAID, part);
    }

    @Test
    void withAFaultAreNoSurplus() {
      Transfer early = usdt(1, "10").minutesAgo(60).done();
      Transfer self = usdt(2, "10").minutesAgo(50).from(Paid.SHOP).done();
      Transfer failed = usdt(3, "10").minutesAgo(40).execution(Execution.CREDITED_BUT_FAILED).done();
      Transfer whole = usdt(4, "25").minutesAgo(20).done();
      PaymentRequest request = order("25").notBefore(NOW.minus(Duration.ofMinutes(55))).build();

      assertThat(assertVerified(verdict(request, early, self, failed, whole), whole).surplus()).isEmpty();
    }
  }

  @Nested
  class TheAmount {

    @Test
    void row25_oneUnitBelowTheToleranceIsUnderpaidAndTheBoundItselfIsNot() {
      Transfer bound = usdt(1, "24.75").done();
      Transfer below = usdt(1, "24.749999").done();

      assertVerified(verdict(order("25").build(), bound), bound);
      Verification.Rejected rejected = assertRejected(verdict(order("25").build(), below), Reason.UNDERPAID, below);
      assertThat(rejected.received()).contains(amount("24.749999"));
    }

    @Test
    void row25_oneUnitIsUnderpaidWithoutATolerance() {
      Transfer below = usdt(1, "24.999999").done();

      assertRejected(verdict(exactOrder("25").build(), below), Reason.UNDERPAID, below);
    }

    @Test
    void row26_oneUnitAboveTheToleranceIsOverpaidAndTheBoundItselfIsNot() {
      Transfer bound = usdt(1, "25.25").done();
      Transfer above = usdt(1, "25.250001").done();

      assertThat(assertVerified(verdict(order("25").build(), bound), bound).excess()).isEqualTo(amount("0.25"));
      assertRejected(verdict(order("25").build(), above), Reason.OVERPAID, above);
    }

    @Test
    void row26_overpaymentIsAcceptedByPolicyAndTheExcessTold() {
      Transfer above = usdt(1, "1000000").done();

      Verification.Verified verified =
          assertVerified(verdict(order("25").acceptOverpayment(true).build(), above), above);

      assertThat(verified.excess()).isEqualTo(amount("999975"));
    }

    @Test
    void row26_acceptedOverpaymentDoesNotExcuseUnderpayment() {
      Transfer below = usdt(1, "24.749999").done();

      assertRejected(verdict(order("25").acceptOverpayment(true).build(), below), Reason.UNDERPAID, below);
    }

    @Test
    void row27_theToleranceOfATinyAmountIsNothing() {
      PaymentRequest request = order("0.000001").build();

      assertThat(verdict(request, usdt(1, "0.000001").done()).isVerified()).isTrue();
      assertThat(verdict(request, usdt(1, "0.000002").done())).isInstanceOf(Verification.Rejected.class);
    }

    @Test
    void row29_tenNinetyNineDoesNotPayAnOrderOfTen() {
      Transfer paid = usdt(1, "10.99").done();

      assertRejected(verdict(order("10").build(), paid), Reason.OVERPAID, paid);
    }

    @Test
    void row29_oneTenthAndTwoTenthsPayThreeTenthsExactly() {
      Transfer first = usdt(1, "0.1").minutesAgo(2).done();
      Transfer second = usdt(2, "0.2").done();

      assertVerified(verdict(exactOrder("0.3").build(), first, second), first, second);
    }

    @Test
    void row60_of256BitsIsCompared() {
      Transfer paid = usdt(1, "1").units(BigInteger.TWO.pow(256).subtract(BigInteger.ONE)).done();

      assertRejected(verdict(order("25").build(), paid), Reason.OVERPAID, paid);
    }
  }

  @Nested
  class TheNearest {

    @Test
    void givesTheReason() {
      Transfer far = usdt(1, "30").minutesAgo(30).done();
      Transfer near = usdt(2, "24").minutesAgo(20).done();
      Transfer farther = usdt(3, "50").minutesAgo(10).done();
      PaymentRequest request = order("25").addUp(false).build();

      assertRejected(verdict(request, far, near, farther), Reason.UNDERPAID, near);
    }

    @Test
    void isTheEarliestOfTwoThatAreEquallyNear() {
      Transfer above = usdt(1, "30").minutesAgo(30).done();
      Transfer below = usdt(2, "20").minutesAgo(20).done();
      PaymentRequest request = order("25").addUp(false).build();

      assertRejected(verdict(request, above, below), Reason.OVERPAID, above);
      Transfer belowFirst = usdt(2, "20").minutesAgo(40).done();
      assertRejected(verdict(request, above, belowFirst), Reason.UNDERPAID, belowFirst);
    }

    @Test
    void givesItsOwnReasonEvenIfTheOthersAreParts() {
      Transfer early = usdt(1, "25").minutesAgo(60).done();
      Transfer part = usdt(2, "10").minutesAgo(20).done();
      PaymentRequest request = order("25").notBefore(NOW.minus(Duration.ofMinutes(30))).build();

      assertRejected(verdict(request, early, part), Reason.TOO_EARLY, early);
    }

    @Test
    void isNoPartOfASumThatWasCompleteBeforeIt() {
      Transfer over = usdt(1, "40").minutesAgo(30).done();
      Transfer near = usdt(2, "24").minutesAgo(20).done();

      assertRejected(verdict(order("25").build(), over, near), Reason.UNDERPAID, near);
    }
  }

  @Nested
  class WithoutTheOrdersMemo {

    @Test
    void row20_theEarliestOfTheRightAmountWithoutAMemoIsMemoMissing() {
      Transfer later = usdt(2, "25").memo(Memo.ABSENT).minutesAgo(10).done();
      Transfer earliest = usdt(1, "25.2").memo("  ").minutesAgo(20).done();

      assertRejected(verdict(order("25").build(), later, earliest), Reason.MEMO_MISSING, earliest);
    }

    @Test
    void row22_withOneThatCannotBeReadItIsMemoUnreadable() {
      Transfer encrypted = usdt(1, "25").memo(Memo.UNREADABLE).done();

      assertRejected(verdict(order("25").build(), encrypted), Reason.MEMO_UNREADABLE, encrypted);
    }

    @Test
    void theEarliestOfBothKindsDecides() {
      Transfer encrypted = usdt(1, "25").memo(Memo.UNREADABLE).minutesAgo(20).done();
      Transfer bare = usdt(2, "25").memo(Memo.ABSENT).minutesAgo(10).done();
      Transfer bareFirst = usdt(2, "25").memo(Memo.ABSENT).minutesAgo(30).done();

      assertRejected(verdict(order("25").build(), bare, encrypted), Reason.MEMO_UNREADABLE, encrypted);
      assertRejected(verdict(order("25").build(), bareFirst, encrypted), Reason.MEMO_MISSING, bareFirst);
    }

    @Test
    void aPendingOneIsAHintToo() {
      Transfer seen = usdt(1, "25").memo(Memo.ABSENT).inNoBlock().done();

      assertRejected(verdict(order("25").build(), seen), Reason.MEMO_MISSING, seen);
    }

    @Test
    void theRightAmountIsWithinTheTolerance() {
      for (String right : new String[] {"24.75", "25", "25.25"}) {
        Transfer bare = usdt(1, right).memo(Memo.ABSENT).done();
        assertRejected(verdict(order("25").build(), bare), Reason.MEMO_MISSING, bare);
      }
      for (String wrong : new String[] {"24.749999", "25.250001"}) {
        assertNotFound(verdict(order("25").build(), usdt(1, wrong).memo(Memo.ABSENT).done()));
      }
    }

    @Test
    void anotherOrdersMemoIsNoHint() {
      assertNotFound(verdict(order("25").build(), usdt(1, "25").memo("ORD-2002").done()));
    }

    @Test
    void aHintNeverOutweighsATransferWithTheMemo() {
      Transfer bare = usdt(1, "25").memo(Memo.ABSENT).minutesAgo(30).done();
      Transfer part = usdt(2, "10").minutesAgo(20).done();

      assertRejected(verdict(order("25").build(), bare, part), Reason.UNDERPAID, part);
    }

    @Test
    void whatIsOutsideTheWindowOrTheOrderIsNoHint() {
      Paid bare = usdt(1, "25").memo(Memo.ABSENT);
      PaymentRequest request = order("25").notBefore(NOW.minus(Duration.ofHours(1))).build();

      assertNotFound(verdict(order("25").build(), bare.ago(Duration.ofHours(24).plusMillis(1)).done()));
      assertNotFound(verdict(order("25").build(), bare.at(NOW.plus(Duration.ofMinutes(2)).plusMillis(1)).done()));
      assertNotFound(verdict(request, bare.ago(Duration.ofMinutes(61)).done()));
      assertNotFound(verdict(order("25").build(), bare.minutesAgo(5).from(Paid.SHOP).done()));
    }

    @Test
    void nothingAtAllIsNotFound() {
      assertNotFound(verdict(order("25").build()));
    }
  }

  @Nested
  class TheWindow {

    @Test
    void row38_anAgeOfExactly24HoursCounts() {
      assertThat(verdict(order("25").build(), usdt(1, "25").ago(Duration.ofHours(24)).done()).isVerified()).isTrue();
    }

    @Test
    void row38_oneMillisecondMoreDoesNot() {
      assertNotFound(verdict(order("25").build(), usdt(1, "25").ago(Duration.ofHours(24).plusMillis(1)).done()));
    }

    @Test
    void row40_aBlockTwoMinutesAheadCountsAsNow() {
      assertThat(verdict(order("25").build(), usdt(1, "25").at(NOW.plusSeconds(120)).done()).isVerified()).isTrue();
    }

    @Test
    void row40_oneMillisecondMoreIsAFutureTimestamp() {
      Transfer ahead = usdt(1, "25").at(NOW.plusSeconds(120).plusMillis(1)).done();

      assertRejected(verdict(order("25").build(), ahead), Reason.FUTURE_TIMESTAMP, ahead);
    }

    @Test
    void row40_aBlockTooFarAheadSpoilsNoOtherPaymentAndIsNeitherPartNorSurplus() {
      Transfer ahead = usdt(1, "25").at(NOW.plusSeconds(121)).done();
      Transfer paid = usdt(2, "25").done();
      Transfer part = usdt(2, "10").done();
      Transfer rest = usdt(3, "15").at(NOW.plusSeconds(121)).done();

      assertThat(assertVerified(verdict(order("25").build(), ahead, paid), paid).surplus()).isEmpty();
      assertThat(verdict(order("25").build(), part, rest)).isInstanceOf(Verification.Rejected.class);
    }

    @Test
    void hasTheRequestsOwnLength() {
      PaymentRequest request = order("25").maxAge(Duration.ofHours(1)).build();

      assertThat(verdict(request, usdt(1, "25").minutesAgo(60).done()).isVerified()).isTrue();
      assertNotFound(verdict(request, usdt(1, "25").minutesAgo(61).done()));
    }

    @Test
    void row42_aPaymentBeforeTheOrderIsTooEarlyAndOneAtItsInstantIsNot() {
      Instant made = NOW.minus(Duration.ofMinutes(30));
      Transfer early = usdt(1, "25").at(made.minusMillis(1)).done();
      Transfer right = usdt(1, "25").at(made).done();

      assertRejected(verdict(order("25").notBefore(made).build(), early), Reason.TOO_EARLY, early);
      assertVerified(verdict(order("25").notBefore(made).build(), right), right);
    }
  }

  @Nested
  class ByUniqueAmount {

    private final PaymentRequest request = order("25.000017").matchMode(MatchMode.AMOUNT).build();

    @Test
    void theMemoDoesNotMatter() {
      for (Memo memo : new Memo[] {Memo.ABSENT, Memo.UNREADABLE, Memo.ofText("hello"), Memo.ofText(Paid.ORDER)}) {
        Transfer paid = usdt(1, "25.000017").memo(memo).done();
        assertVerified(verdict(request, paid), paid);
      }
    }

    @Test
    void row29_onlyTheExactAmountCounts() {
      assertNotFound(verdict(request, usdt(1, "25.000016").done()));
      assertNotFound(verdict(request, usdt(1, "25.000018").done()));
      assertNotFound(verdict(request, usdt(1, "25").done()));
    }

    @Test
    void overpaymentIsNotAcceptedEvenWhereTheRequestSaysSo() {
      PaymentRequest lenient = order("25.000017").matchMode(MatchMode.AMOUNT).acceptOverpayment(true).build();

      assertNotFound(verdict(lenient, usdt(1, "25.000018").done()));
    }

    @Test
    void partsDoNotAddUp() {
      Transfer first = usdt(1, "12").minutesAgo(2).done();
      Transfer second = usdt(2, "13.000017").done();

      assertNotFound(verdict(request, first, second));
    }

    @Test
    void aSecondTransferOfTheAmountIsSurplus() {
      Transfer first = usdt(1, "25.000017").minutesAgo(2).done();
      Transfer second = usdt(2, "25.000017").done();

      assertThat(assertVerified(verdict(request, first, second), first).surplus()).containsExactly(second);
    }

    @Test
    void aMissingMemoIsNoHintForAnotherAmount() {
      assertNotFound(verdict(request, usdt(1, "25").memo(Memo.ABSENT).done()));
    }
  }

  @Nested
  class ByDedicatedAddress {

    private final PaymentRequest request = order("25").matchMode(MatchMode.ADDRESS).build();

    @Test
    void everyTransferCountsWhateverItsMemo() {
      Transfer first = usdt(1, "5").memo(Memo.ABSENT).minutesAgo(4).done();
      Transfer second = usdt(2, "10").memo(Memo.UNREADABLE).minutesAgo(3).done();
      Transfer third = usdt(3, "10").memo("hello").minutesAgo(2).done();

      assertVerified(verdict(request, first, second, third), first, second, third);
    }

    @Test
    void aWrongAmountIsACandidateAndNotAMissingMemo() {
      Transfer part = usdt(1, "5").memo(Memo.ABSENT).done();

      assertRejected(verdict(request, part), Reason.UNDERPAID, part);
    }

    @Test
    void nothingIsNotFound() {
      assertNotFound(verdict(request));
    }
  }

  @Nested
  class WhatIsNoPayment {

    @Test
    void row36_aTransferToOneselfIsASelfTransfer() {
      Transfer self = usdt(1, "25").from(Paid.SHOP).done();

      assertRejected(verdict(order("25").build(), self), Reason.SELF_TRANSFER, self);
    }

    @ParameterizedTest
    @EnumSource(value = Execution.class, names = {"FAILED", "BOUNCED"})
    void row8_whatDidNotMoveIsNoCandidate(Execution execution) {
      assertNotFound(verdict(order("25").build(), usdt(1, "25").execution(execution).done()));
      assertNotFound(verdict(order("25").build(), usdt(1, "25").memo(Memo.ABSENT).execution(execution).done()));
    }

    @Test
    void row45_creditedButFailedIsRejectedAsThatAndAcceptedByPolicy() {
      Transfer credited = usdt(1, "25").execution(Execution.CREDITED_BUT_FAILED).done();

      assertRejected(verdict(order("25").build(), credited), Reason.CREDITED_BUT_FAILED, credited);
      assertVerified(verdict(order("25").acceptCreditedButFailed(true).build(), credited), credited);
    }

    @ParameterizedTest
    @EnumSource(value = Execution.class, mode = Mode.EXCLUDE, names = {"SUCCEEDED", "CREDITED_BUT_FAILED"})
    void row9_onlyWhatIsKnownToBeThereIsSettled(Execution execution) {
      assertThat(usdt(1, "25").execution(execution).done().isSettled()).isFalse();
      assertThat(usdt(1, "25").pending().done().isSettled()).isFalse();
      assertThat(usdt(1, "25").done().isSettled()).isTrue();
    }

    @Test
    void aTransferWithAnUnknownSenderIsNoSelfTransfer() {
      Transfer paid = usdt(1, "25").from(null).done();

      assertVerified(verdict(order("25").build(), paid), paid);
    }
  }

  @Nested
  class WhatWasNotRead {

    @Test
    void row65_aPartialScanIsIncompleteAndNotNotFound() {
      FakeSource source = FakeSource.withTransfers().coverage(new Scan.Coverage.Partial("50 pages read, more to come"));

      Verification verdict = source.verifier().verify(order("25").build());

      assertThat(verdict).isInstanceOf(Verification.Incomplete.class);
      assertThat(((Verification.Incomplete) verdict).detail()).isEqualTo("50 pages read, more to come");
    }

    @Test
    void aPartialScanIsIncompleteWhateverItSawUnlessItVerified() {
      Scan.Coverage partial = new Scan.Coverage.Partial("cut");
      Transfer[] seen = {usdt(1, "10").done(), usdt(1, "25").pending().done(), usdt(1, "25").memo(Memo.ABSENT).done()};
      for (Transfer transfer : seen) {
        assertThat(FakeSource.withTransfers(transfer).coverage(partial).verifier().verify(order("25").build()))
            .isInstanceOf(Verification.Incomplete.class);
      }
      Transfer paid = usdt(1, "25").done();
      assertVerified(FakeSource.withTransfers(paid).coverage(partial).verifier().verify(order("25").build()), paid);
    }

    @Test
    void row71_aStaleProviderIsUnavailableAndNotNotFoundUnlessItVerified() {
      Scan.Coverage stale = new Scan.Coverage.Stale("head is 7 minutes old");
      Verification verdict = FakeSource.withTransfers().coverage(stale).verifier().verify(order("25").build());

      assertThat(verdict).isInstanceOf(Verification.Unavailable.class);
      assertThat(((Verification.Unavailable) verdict).detail()).isEqualTo("head is 7 minutes old");
      assertThat(((Verification.Unavailable) verdict).retryAfter()).isEmpty();
      Transfer paid = usdt(1, "25").done();
      assertVerified(FakeSource.withTransfers(paid).coverage(stale).verifier().verify(order("25").build()), paid);
    }

    @Test
    void row59_anUnreadableRowIsToldAndChangesNoVerdict() {
      Transfer paid = usdt(1, "25").done();
      FakeSource source = FakeSource.withTransfers(paid).unreadable("row 3: value is -1");

      Verification verdict = source.verifier().verify(order("25").build());

      assertVerified(verdict, paid);
      assertThat(verdict.notes()).containsExactly("1 row could not be read", "row 3: value is -1");
    }

    @Test
    void row59_unreadableRowsAreToldWithEveryVerdict() {
      Transfer[][] wallets = {
        {}, {usdt(1, "25").done()}, {usdt(1, "25").pending().done()}, {usdt(1, "10").done()},
        {usdt(1, "25").memo(Memo.ABSENT).done()}
      };
      Scan.Coverage[] coverages = {Scan.WHOLE, new Scan.Coverage.Partial("cut"), new Scan.Coverage.Stale("old")};
      for (Transfer[] wallet : wallets) {
        for (Scan.Coverage coverage : coverages) {
          FakeSource source = FakeSource.withTransfers(wallet).coverage(coverage).unreadable("row 1", "row 2");
          assertThat(source.verifier().verify(order("25").build()).notes())
              .containsExactly("2 rows could not be read", "row 1", "row 2");
        }
      }
    }

    @Test
    void row59_allUnreadableRowsAreCountedAndTheFirstOnesNamed() {
      FakeSource source = FakeSource.withTransfers().unreadable("a", "b", "c", "d", "e", "f", "g");

      Verification verdict = source.verifier().verify(order("25").build());

      assertNotFound(verdict);
      assertThat(verdict.notes()).containsExactly("7 rows could not be read", "a", "b", "c", "d", "e");
    }
  }
}
