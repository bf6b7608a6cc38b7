package io.x0tta6bl4.payment.spi;

import static io.x0tta6bl4.payment.Paid.NOW;
import static io.x0tta6bl4.payment.Paid.PAYER;
import static io.x0tta6bl4.payment.Paid.SHOP;
import static io.x0tta6bl4.payment.Paid.amount;
import static io.x0tta6bl4.payment.Paid.exactOrder;
import static io.x0tta6bl4.payment.Paid.hash;
import static io.x0tta6bl4.payment.Paid.order;
import static io.x0tta6bl4.payment.Paid.usdt;
import static io.x0tta6bl4.payment.spi.Verdicts.assertNotFound;
import static io.x0tta6bl4.payment.spi.Verdicts.assertPending;
import static io.x0tta6bl4.payment.spi.Verdicts.assertRejected;
import static io.x0tta6bl4.payment.spi.Verdicts.assertVerified;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.x0tta6bl4.payment.Amount;
import io.x0tta6bl4.payment.Asset;
import io.x0tta6bl4.payment.Execution;
import io.x0tta6bl4.payment.MatchMode;
import io.x0tta6bl4.payment.Memo;
import io.x0tta6bl4.payment.Paid;
import io.x0tta6bl4.payment.PaymentRequest;
import io.x0tta6bl4.payment.Reason;
import io.x0tta6bl4.payment.Transfer;
import io.x0tta6bl4.payment.Verification;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** "By hash", sentence by sentence. */
class HashVerdictTest {

  private static final Asset FAKE = new Asset("tron", "USDT", "TFakeFakeFakeFakeFakeFakeFakeFakeF", 6);

  /** An order made an hour ago for exactly 25 USDT. */
  private static final PaymentRequest REQUEST = exactOrder("25").notBefore(NOW.minus(Duration.ofHours(1))).build();

  private static Verification verdict(PaymentRequest request, Transfer... transfers) {
    return FakeSource.withTransaction(transfers).verifier().verify(request, hash(1));
  }

  private static Verification verdict(PaymentRequest request, Lookup lookup) {
    FakeSource source = new FakeSource();
    source.lookup = lookup;
    return source.verifier().verify(request, hash(1));
  }

  @Nested
  class WhatTheSourceFound {

    @Test
    void row73_aHashUnknownUntilTheDeadlineIsNotFound() {
      assertNotFound(verdict(REQUEST, new Lookup.Unknown()));
    }

    @Test
    void row9_aTransactionWithoutItsEffectIsPending() {
      Verification.Pending pending = assertPending(verdict(REQUEST, new Lookup.Undecided("no receipt yet")));

      assertThat(pending.notes()).containsExactly("no receipt yet");
      assertThat(pending.total()).isEqualTo(amount("0"));
    }

    @Test
    void row69_aContradictionIsMalformed() {
      Verification.Rejected rejected =
          assertRejected(verdict(REQUEST, new Lookup.Contradictory("another hash came back")), Reason.MALFORMED);

      assertThat(rejected.notes()).containsExactly("another hash came back");
      assertThat(rejected.candidate()).isEmpty();
      assertThat(rejected.received()).isEmpty();
    }

    @Test
    void row7_aTransactionThatMovedNothingIsNoPayment() {
      assertRejected(verdict(REQUEST), Reason.NOT_A_PAYMENT);
    }

    @Test
    void aRightTransferIsVerified() {
      Transfer paid = usdt(1, "25").done();

      assertVerified(verdict(REQUEST, paid), paid);
    }

    @Test
    void row10_aRightTransferThatIsNotFinalIsPending() {
      Transfer seen = usdt(1, "25").pending().done();

      assertPending(verdict(REQUEST, seen), seen);
    }

    @Test
    void row4_askingAgainGivesTheSameAnswer() {
      FakeSource source = FakeSource.withTransaction(usdt(1, "25").done());
      var verifier = source.verifier();

      assertThat(verifier.verify(REQUEST, hash(1))).isEqualTo(verifier.verify(REQUEST, hash(1)));
    }
  }

  @Nested
  class ThePrecedence {

    /** Each row has the fault of its reason and all faults of the rows after it that one transfer can have. */
    static Stream<Arguments> faults() {
      return Stream.of(
          arguments(Reason.NOT_A_PAYMENT, bad().from(SHOP).to("third").execution(Execution.FAILED)),
          arguments(Reason.FAILED, bad().to("third").execution(Execution.FAILED)),
          arguments(Reason.BOUNCED, bad().to("third").execution(Execution.BOUNCED)),
          arguments(Reason.WRONG_RECIPIENT, bad().to("third")),
          arguments(Reason.WRONG_TOKEN, bad().from(SHOP)),
          arguments(Reason.SELF_TRANSFER, badUsdt().from(SHOP)),
          arguments(Reason.MEMO_MISMATCH, badUsdt()),
          arguments(Reason.MEMO_MISSING, badUsdt().memo(Memo.ABSENT)),
          arguments(Reason.MEMO_UNREADABLE, badUsdt().memo(Memo.UNREADABLE)),
          arguments(Reason.TOO_EARLY, badUsdt().memo(Paid.ORDER)),
          arguments(Reason.FUTURE_TIMESTAMP, badUsdt().memo(Paid.ORDER).at(NOW.plusSeconds(121))),
          arguments(Reason.UNDERPAID, badUsdt().memo(Paid.ORDER).at(NOW)),
          arguments(Reason.OVERPAID, usdt(1, "26").pending().execution(Execution.CREDITED_BUT_FAILED)),
          arguments(Reason.CREDITED_BUT_FAILED, usdt(1, "25").pending().execution(Execution.CREDITED_BUT_FAILED)));
    }

    private static Paid bad() {
      return broken(Paid.of(1, Amount.ofUnits(FAKE, 24_000_000)));
    }

    private static Paid badUsdt() {
      return broken(usdt(1, "24"));
    }

    private static Paid broken(Paid paid) {
      return paid.memo("ORD-10011").ago(Duration.ofHours(25)).pending().execution(Execution.CREDITED_BUT_FAILED);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    void theFirstReasonThatHoldsIsTold(Reason reason, Paid paid) {
      Transfer transfer = paid.done();

      Verification.Rejected rejected = assertRejected(verdict(REQUEST, transfer), reason, transfer);

      assertThat(rejected.candidate()).contains(transfer);
      assertThat(rejected.received()).contains(transfer.amount());
    }

    @Test
    void tooEarlyComesBeforeTooOldWhichComesBeforeUnderpaid() {
      Transfer old = usdt(1, "24").ago(Duration.ofHours(25)).done();

      assertRejected(verdict(REQUEST, old), Reason.TOO_EARLY, old);
      assertRejected(verdict(exactOrder("25").build(), old), Reason.TOO_OLD, old);
    }

    @Test
    void rejectionsComeBeforePending() {
      Transfer seen = usdt(1, "24").inNoBlock().done();

      assertRejected(verdict(REQUEST, seen), Reason.UNDERPAID, seen);
    }
  }

  @Nested
  class TheFaultsOneByOne {

    @Test
    void row8_ofAFailedTransactionTheCallsRecipientAndAmountAreShown() {
      Transfer failed = usdt(1, "25").execution(Execution.FAILED).done();

      Verification.Rejected rejected = assertRejected(verdict(REQUEST, failed), Reason.FAILED, failed);

      assertThat(rejected.received()).contains(amount("25"));
    }

    @Test
    void row43_aBouncedTransferIsBounced() {
      Transfer bounced = usdt(1, "25").execution(Execution.BOUNCED).done();

      assertRejected(verdict(REQUEST, bounced), Reason.BOUNCED, bounced);
    }

    @Test
    void row1_anotherContractWithTheSameNameIsTheWrongToken() {
      Transfer fake = Paid.of(1, Amount.ofUnits(FAKE, 25_000_000)).done();

      Verification.Rejected rejected = assertRejected(verdict(REQUEST, fake), Reason.WRONG_TOKEN, fake);

      assertThat(rejected.received()).contains(Amount.ofUnits(FAKE, 25_000_000));
    }

    @Test
    void row32_aLookAlikeAddressIsTheWrongRecipient() {
      Transfer elsewhere = usdt(1, "25").to("shoq").done();

      assertRejected(verdict(REQUEST, elsewhere), Reason.WRONG_RECIPIENT, elsewhere);
    }

    @Test
    void row36_aTransferToOneselfIsASelfTransfer() {
      Transfer self = usdt(1, "25").from(SHOP).done();

      assertRejected(verdict(REQUEST, self), Reason.SELF_TRANSFER, self);
    }

    @Test
    void row37_anOutgoingTransferIsNoPayment() {
      Transfer outgoing = usdt(1, "25").from(SHOP).to(PAYER).done();

      assertRejected(verdict(REQUEST, outgoing), Reason.NOT_A_PAYMENT, outgoing);
    }

    @Test
    void row38_anAgeOfExactly24HoursCountsAndOneMillisecondMoreIsTooOld() {
      PaymentRequest request = order("25").build();
      Transfer oldest = usdt(1, "25").ago(Duration.ofHours(24)).done();
      Transfer older = usdt(1, "25").ago(Duration.ofHours(24).plusMillis(1)).done();

      assertVerified(verdict(request, oldest), oldest);
      assertRejected(verdict(request, older), Reason.TOO_OLD, older);
    }

    @Test
    void aTransactionOfAnyAgeIsJudged() {
      Transfer ancient = usdt(1, "25").ago(Duration.ofDays(2_000)).done();

      assertRejected(verdict(order("25").build(), ancient), Reason.TOO_OLD, ancient);
    }

    @Test
    void row40_aBlockTwoMinutesAheadCountsAndOneMillisecondMoreIsAFutureTimestamp() {
      Transfer ahead = usdt(1, "25").at(NOW.plusSeconds(120)).done();
      Transfer farther = usdt(1, "25").at(NOW.plusSeconds(120).plusMillis(1)).done();

      assertVerified(verdict(REQUEST, ahead), ahead);
      assertRejected(verdict(REQUEST, farther), Reason.FUTURE_TIMESTAMP, farther);
    }

    @Test
    void row75_anotherOrdersTransactionIsAMemoMismatch() {
      Transfer others = usdt(1, "25").memo("ORD-2002").done();

      assertRejected(verdict(REQUEST, others), Reason.MEMO_MISMATCH, others);
    }

    @Test
    void row13_aLongerIdThatContainsTheOrderIdIsAMemoMismatch() {
      Transfer longer = usdt(1, "25").memo("ORD-10011").done();

      assertRejected(verdict(REQUEST, longer), Reason.MEMO_MISMATCH, longer);
    }

    @Test
    void row45_creditedButFailedIsAcceptedByPolicy() {
      Transfer credited = usdt(1, "25").execution(Execution.CREDITED_BUT_FAILED).done();

      assertVerified(verdict(order("25").acceptCreditedButFailed(true).build(), credited), credited);
    }

    @Test
    void byUniqueAmountAnotherAmountIsToldAndTheMemoDoesNotMatter() {
      PaymentRequest unique = order("25.000017").matchMode(MatchMode.AMOUNT).acceptOverpayment(true).build();
      Transfer less = usdt(1, "25.000016").memo(Memo.ABSENT).done();
      Transfer more = usdt(1, "25.000018").memo(Memo.ABSENT).done();
      Transfer right = usdt(1, "25.000017").memo(Memo.ABSENT).done();

      assertRejected(verdict(unique, less), Reason.UNDERPAID, less);
      assertRejected(verdict(unique, more), Reason.OVERPAID, more);
      assertVerified(verdict(unique, right), right);
    }

    @Test
    void byDedicatedAddressTheMemoDoesNotMatter() {
      Transfer paid = usdt(1, "25").memo(Memo.UNREADABLE).done();

      assertVerified(verdict(order("25").matchMode(MatchMode.ADDRESS).build(), paid), paid);
    }
  }

  @Nested
  class SeveralTransfersInOneTransaction {

    @Test
    void onlyThoseToTheRecipientInTheAssetAreJudged() {
      Transfer toOther = usdt(1, 0, "25").to("third").done();
      Transfer fake = new Transfer(
          usdt(1, 1, "1").done().id(), PAYER, SHOP, Amount.ofUnits(FAKE, 25_000_000), Memo.ofText(Paid.ORDER), NOW,
          usdt(1, "1").done().finality(), Execution.SUCCEEDED);
      Transfer paid = usdt(1, 2, "25").done();

      assertVerified(verdict(REQUEST, toOther, fake, paid), paid);
    }

    @Test
    void row5_twoToTheRecipientAddUp() {
      Transfer first = usdt(1, 0, "10").done();
      Transfer second = usdt(1, 1, "15").done();

      assertVerified(verdict(REQUEST, first, second), first, second);
    }

    @Test
    void oneThatFailedBesideOneThatDidNotDoesNotHideIt() {
      Transfer failed = usdt(1, 0, "25").execution(Execution.FAILED).done();
      Transfer paid = usdt(1, 1, "25").done();

      assertVerified(verdict(REQUEST, failed, paid), paid);
    }

    @Test
    void anOutgoingOneBesideAnIncomingOneDoesNotHideIt() {
      Transfer change = usdt(1, 0, "3").from(SHOP).to(PAYER).done();
      Transfer paid = usdt(1, 1, "25").done();

      assertVerified(verdict(REQUEST, change, paid), paid);
    }

    @Test
    void ofSeveralThatWentElsewhereOneInTheAssetIsShown() {
      Transfer fake = Paid.of(1, Amount.ofUnits(FAKE, 1)).to("third").done();
      Transfer elsewhere = usdt(1, 1, "25").to("third").done();

      assertRejected(verdict(REQUEST, fake, elsewhere), Reason.WRONG_RECIPIENT, elsewhere);
    }
  }

  @Test
  void theHashIsBroughtIntoItsCanonicalForm() {
    FakeSource source = FakeSource.withTransaction(usdt(1, "25").done());

    source.verifier().verify(REQUEST, " 0X" + hash(0xABCDEF).toUpperCase(java.util.Locale.ROOT) + "\n");

    assertThat(source.lookups).isEqualTo(List.of(hash(0xABCDEF)));
  }

  @Test
  void theRecipientIsComparedByValueAndNotBySpelling() {
    Transfer paid = usdt(1, "25").done();
    PaymentRequest request = PaymentRequest.builder(Paid.ORDER, "SHOP", amount("25")).build();

    assertVerified(verdict(request, paid), paid);
  }
}
