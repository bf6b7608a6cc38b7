package io.x0tta6bl4.payment.tron;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.x0tta6bl4.payment.Amount;
import io.x0tta6bl4.payment.Asset;
import io.x0tta6bl4.payment.ConfigurationException;
import io.x0tta6bl4.payment.Finality;
import io.x0tta6bl4.payment.MatchMode;
import io.x0tta6bl4.payment.Memo;
import io.x0tta6bl4.payment.PaymentRequest;
import io.x0tta6bl4.payment.PaymentVerifier;
import io.x0tta6bl4.payment.Reason;
import io.x0tta6bl4.payment.Transfer;
import io.x0tta6bl4.payment.Verification;
import io.x0tta6bl4.payment.VerifierOptions;
import io.x0tta6bl4.payment.http.Deadline;
import io.x0tta6bl4.payment.spi.Scan;
import io.x0tta6bl4.payment.spi.ScanQuery;
import io.x0tta6bl4.payment.spi.TransferFilter;
import io.x0tta6bl4.payment.spi.TransferSource;
import io.x0tta6bl4.simulator.tron.ScriptedTransaction;
import io.x0tta6bl4.simulator.tron.ScriptedTronGrid;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The traps of the table in the facts on payments, as Tron can set them, by scan and by hash. */
class TronTrapsTest extends ScriptedTest {

  private static final Asset FAKE = new Asset("tron", "USDT", Fixtures.FAKE_USDT, 6);

  private void assertBoth(ScriptedTransaction transaction, Reason byHash) {
    chain.add(transaction);
    assertNotFound(scan(order()));
    assertRejected(byHash(order(), transaction), byHash);
  }

  @Test
  void row01_aTokenOfAnotherContractIsWrongTokenWhateverItsSymbol() {
    assertBoth(
        ScriptedTransaction.transfer(PAYER, MERCHANT, new Amount(FAKE, usdt("25").units())).memo(ORDER).at(RECENTLY),
        Reason.WRONG_TOKEN);
  }

  @Test
  void row01_aListingThatShowsTheFakeTokenAmongTheRealOneChangesNothing() {
    Map<String, Object> fake = token(Fixtures.FAKE_USDT, 6);
    chain.add(pays("25").row("token_info", fake));
    assertNotFound(scan(order()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"U S D T", "T e t h e r", "USD\u20ae", "\u0405DT"})
  void row02_aSymbolThatLooksAlikeIsWrongToken(String symbol) {
    Asset fake = new Asset("tron", symbol, Fixtures.FAKE_USDT, 6);
    assertBoth(
        ScriptedTransaction.transfer(PAYER, MERCHANT, new Amount(fake, usdt("25").units())).memo(ORDER).at(RECENTLY),
        Reason.WRONG_TOKEN);
  }

  @Test
  void row04_verifyingTwiceGivesTheSameVerdict() {
    ScriptedTransaction paid = pays("25");
    chain.add(paid);
    PaymentVerifier verifier = verifier();
    Verification first = verifier.verify(order());
    assertVerified(first);
    assertThat(verifier.verify(order())).isEqualTo(first);
    assertThat(verifier.verify(order(), paid.hash())).isEqualTo(first);
  }

  @Test
  void row05_twoTransfersOfOneTransactionAreTwoWithAnIdEachByScanAndByHash() {
    ScriptedTransaction paid =
        pays("10")
            .and(PAYER, Fixtures.STRANGER, usdt("5"))
            .and(PAYER, MERCHANT, new Amount(FAKE, BigInteger.valueOf(99_000_000)))
            .and(PAYER, MERCHANT, usdt("15"));
    chain.add(paid);
    Verification.Verified byScan = assertVerified(scan(order()));
    assertThat(byScan.transfers()).extracting(t -> t.id().index()).containsExactly(0, 3);
    assertThat(byScan.total()).isEqualTo(usdt("25"));
    Verification.Verified byHash = assertVerified(byHash(order(), paid));
    assertThat(byHash.transfers()).isEqualTo(byScan.transfers());
  }

  @Test
  void row05_aSingleTransferBehindOtherLogsHasItsLogIndex() {
    ScriptedTransaction paid =
        ScriptedTransaction.transfer(PAYER, Fixtures.STRANGER, usdt("1")).and(PAYER, MERCHANT, usdt("25")).memo(ORDER).at(RECENTLY);
    chain.add(paid);
    assertThat(assertVerified(scan(order())).completedBy().id().index()).isEqualTo(1);
    assertThat(assertVerified(byHash(order(), paid)).completedBy().id().index()).isEqualTo(1);
  }

  @Test
  void row06_aTransferThatIsListedTwiceCountsOnce() {
    chain.add(pays("10").listedTwice());
    assertThat(assertRejected(scan(order()), Reason.UNDERPAID).received()).contains(usdt("10"));
    chain.add(pays("15").listedTwice().nonce(2));
    Verification.Verified verified = assertVerified(scan(order()));
    assertThat(verified.transfers()).hasSize(2);
    assertThat(verified.surplus()).isEmpty();
  }

  @Test
  void row06_aTransferOnTwoPagesCountsOnce() {
    chain.add(pays("10").listedTwice());
    grid().pageSize(1);
    assertThat(assertRejected(scan(order()), Reason.UNDERPAID).received()).contains(usdt("10"));
  }

  @Test
  void row06_aTransferWithoutAResultThatIsListedTwiceCountsOnce() {
    // Its signed call says 12.5, so that 25 cannot be on their way.
    chain.add(pays("12.5").withoutResult().listedTwice());
    Verification verdict = scan(order());
    assertThat(verdict).isNotInstanceOf(Verification.Pending.class);
    assertThat(assertRejected(verdict, Reason.UNDERPAID).received()).contains(usdt("12.5"));
  }

  @Test
  void row07_anApprovalIsNoPayment() {
    assertBoth(ScriptedTransaction.approval(PAYER, MERCHANT, usdt("25")).memo(ORDER).at(RECENTLY), Reason.NOT_A_PAYMENT);
  }

  @Test
  void row07_anApprovalThatTheListingCallsATransferIsNoPayment() {
    ScriptedTransaction approval =
        ScriptedTransaction.approval(PAYER, MERCHANT, usdt("25")).memo(ORDER).at(RECENTLY).row("type", "Transfer");
    assertBoth(approval, Reason.NOT_A_PAYMENT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"REVERT", "OUT_OF_ENERGY", "OUT_OF_TIME", "TRANSFER_FAILED", "success", ""})
  void row08_aFailedCallIsFailedWithWhatItsCallSays(String result) {
    ScriptedTransaction failed = pays("25").failed(result);
    chain.add(failed);
    assertNotFound(scan(order()));
    Verification.Rejected rejected = assertRejected(byHash(order(), failed), Reason.FAILED);
    Transfer candidate = rejected.candidate().orElseThrow();
    assertThat(candidate.to()).isEqualTo(MERCHANT);
    assertThat(candidate.amount()).isEqualTo(usdt("25"));
  }

  @Test
  void row08_aFailedTransferOfTrxIsFailed() {
    ScriptedTransaction failed =
        ScriptedTransaction.transfer(PAYER, MERCHANT, trx("100")).memo(ORDER).at(RECENTLY).failed("REVERT");
    chain.add(failed);
    PaymentRequest request = order(ORDER, trx("100")).build();
    assertNotFound(scan(request));
    assertRejected(byHash(request, failed), Reason.FAILED);
  }

  @Test
  void row08_aFailedTransferInAListedRowIsNoPayment() {
    // A provider that lists it all the same: its detail tells the failure.
    ScriptedTransaction paid = pays("25");
    ScriptedTransaction failed = paid.failed("REVERT");
    chain.add(
        paid.row("detail", Fixtures.JSON.convertValue(ScriptedTronGrid.detailed(failed), Map.class)));
    assertNotFound(scan(order()));
  }

  @Test
  void row09_aTransferWithoutAResultIsPending() {
    ScriptedTransaction fresh = pays("25").withoutResult();
    chain.add(fresh);
    assertThat(assertPending(scan(order())).total()).isEqualTo(usdt("25"));
    assertPending(byHash(order(), fresh));
    chain.set(0, pays("25"));
    assertVerified(scan(order()));
    assertVerified(byHash(order(), pays("25")));
  }

  @Test
  void row09_aTransferOfTrxWithoutAResultIsPending() {
    ScriptedTransaction fresh = ScriptedTransaction.transfer(PAYER, MERCHANT, trx("100")).memo(ORDER).at(RECENTLY);
    chain.add(fresh.withoutResult());
    PaymentRequest request = order(ORDER, trx("100")).build();
    assertPending(scan(request));
    assertPending(byHash(request, fresh));
  }

  @Test
  void row09_aTransactionWithoutAReceiptIsPendingByHash() {
    ScriptedTransaction fresh = pays("25").withoutReceipt();
    chain.add(fresh);
    assertPending(byHash(order(), fresh));
    // By scan its row and its result suffice: the provider lists logs of successful calls only.
    assertVerified(scan(order()));
  }

  @Test
  void row09_aTransactionOfSeveralTransfersWithoutAReceiptIsPending() {
    ScriptedTransaction fresh = pays("10").and(PAYER, MERCHANT, usdt("15")).withoutReceipt();
    chain.add(fresh);
    assertPending(scan(order()));
    assertPending(byHash(order(), fresh));
  }

  @Test
  void row10_whatIsNotSolidIsPending() {
    ScriptedTransaction fresh = pays("25").at(Fixtures.NOW.minusSeconds(6)).pending();
    chain.add(fresh);
    Verification.Pending pending = assertPending(scan(order()));
    assertThat(pending.transfers()).singleElement().satisfies(t -> assertThat(t.finality()).isEqualTo(Finality.PENDING));
    assertPending(byHash(order(), fresh));
  }

  @Test
  void row10_whatTheListingCallsUnconfirmedIsPending() {
    chain.add(pays("25").row("_unconfirmed", true));
    assertPending(scan(order()));
  }

  @Test
  void row10_whatIsInTheSolidifiedHeadIsFinalAndAMillisecondLaterIsNot() {
    Instant solid = Fixtures.NOW.minusSeconds(57);
    chain.add(pays("25").at(solid));
    assertVerified(scan(order()));
    chain.set(0, pays("25").at(solid.plusMillis(1)).pending());
    assertPending(scan(order()));
  }

  @Test
  void row11_whatWasPendingAndIsGoneIsNotFound() {
    ScriptedTransaction fresh = pays("25").at(Fixtures.NOW.minusSeconds(6)).pending();
    chain.add(fresh);
    PaymentVerifier verifier = verifier();
    assertPending(verifier.verify(order()));
    assertPending(verifier.verify(order(), fresh.hash()));
    chain.clear();
    assertNotFound(verifier.verify(order()));
    assertNotFound(verifier.verify(order(), fresh.hash()));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 2, 18, 77})
  void row12_otherDecimalsThanOursMakeTheRowUnreadable(int decimals) {
    chain.add(pays("25").row("token_info", token(Fixtures.USDT, decimals)));
    Verification verdict = scan(order());
    assertNotFound(verdict);
    assertThat(String.join("; ", verdict.notes())).contains("1 row could not be read", "decimals are " + decimals);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ORD-10011", "ORD-100", "ORD-1001x", "xORD-1001", "ord-1001", "Order ORD-1001", "ORD-1001 ORD-1002", "ORD -1001",
        "ORD-1001.", "\u200bORD-1001", "ORD-1001\u200b", "ORD\u2011 1001", "\u202eORD-1001", "\ufeffORD-1001",
        "\u041eRD-1001", "ORD\u20131001", "ORD-\uff11\uff10\uff10\uff11", "ORD-1001\u00a0", "ORD-1001\u0301",
        "4f52442d31303031", "T1JELTEwMDE=", "25"
      })
  void row13_row16_row18_row21_anotherMemoIsAMismatch(String memo) {
    assertBoth(pays("25").memo(memo), Reason.MEMO_MISMATCH);
  }

  @ParameterizedTest
  @ValueSource(strings = {" ORD-1001", "ORD-1001\n", "\t ORD-1001 \r\n", "ORD-1001\u0000\u0000", "\u0000ORD-1001", "\u000bORD-1001\f"})
  void row17_whiteSpaceAndPaddingAroundTheMemoDoNotMatter(String memo) {
    ScriptedTransaction paid = pays("25").memo(memo);
    chain.add(paid);
    assertVerified(scan(order()));
    assertVerified(byHash(order(), paid));
  }

  @Test
  void row19_aMemoThatIsNotUtf8IsUnreadable() {
    for (String hex : List.of("fffe004f5244", "c0af", "4f52442d31303031ff", "eda080")) {
      ScriptedTransaction paid = pays("25").memo(HexFormat.of().parseHex(hex));
      chain.add(paid);
      assertRejected(scan(order()), Reason.MEMO_UNREADABLE);
      assertRejected(byHash(order(), paid), Reason.MEMO_UNREADABLE);
      chain.clear();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\n\t", "\u0000"})
  void row20_aMemoThatIsEmptyIsMissing(String memo) {
    ScriptedTransaction paid = pays("25").memo(memo);
    chain.add(paid);
    assertRejected(scan(order()), Reason.MEMO_MISSING);
    assertRejected(byHash(order(), paid), Reason.MEMO_MISSING);
  }

  @Test
  void row20_aMissingMemoIsOnlyToldOfTheRightAmount() {
    chain.add(pays("24").memo(""));
    chain.add(pays("26").memo(""));
    assertNotFound(scan(order()));
    PaymentRequest tolerant = order(ORDER, usdt("25")).tolerance(new BigDecimal("0.05")).build();
    assertRejected(scan(tolerant), Reason.MEMO_MISSING);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "O", "OR", "ORD 1001", "ORD-1001\n", "../ORD"})
  void row24_anOrderIdThatIsTooShortOrOddIsRefused(String id) {
    assertThatThrownBy(() -> order(id, usdt("25")).build()).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "24.999999, 0, UNDERPAID",
    "25.000001, 0, OVERPAID",
    "24.750000, 0.01, ",
    "24.749999, 0.01, UNDERPAID",
    "25.250000, 0.01, ",
    "25.250001, 0.01, OVERPAID",
    "25, 0, "
  })
  void row25_row26_theBoundsOfTheToleranceAreExact(String paid, String tolerance, Reason reason) {
    ScriptedTransaction transaction = pays(paid);
    chain.add(transaction);
    PaymentRequest request = order(ORDER, usdt("25")).tolerance(new BigDecimal(tolerance)).build();
    for (Verification verdict : List.of(scan(request), byHash(request, transaction))) {
      if (reason == null) {
        assertVerified(verdict);
      } else {
        assertRejected(verdict, reason);
      }
    }
  }

  @Test
  void row26_anOverpaymentIsAcceptedWhereAskedAndItsExcessTold() {
    ScriptedTransaction paid = pays("26");
    chain.add(paid);
    PaymentRequest request = order(ORDER, usdt("25")).acceptOverpayment(true).build();
    assertThat(assertVerified(scan(request)).excess()).isEqualTo(usdt("1"));
    assertThat(assertVerified(byHash(request, paid)).excess()).isEqualTo(usdt("1"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "-0.01", "2", "1e2"})
  void row27_aToleranceOutOfRangeIsRefused(String tolerance) {
    assertThatThrownBy(() -> order(ORDER, usdt("25")).tolerance(new BigDecimal(tolerance)).build())
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void row27_aRelativeToleranceOfATinyAmountIsNothing() {
    Amount tiny = Amount.ofUnits(Asset.USDT_TRC20, 5);
    ScriptedTransaction paid = ScriptedTransaction.transfer(PAYER, MERCHANT, Amount.ofUnits(Asset.USDT_TRC20, 4)).memo(ORDER).at(RECENTLY);
    chain.add(paid);
    assertRejected(scan(order(ORDER, tiny).tolerance(new BigDecimal("0.1")).build()), Reason.UNDERPAID);
  }

  @Test
  void row28_theToleranceHoldsForEachOrder() {
    PaymentRequest.Builder other = PaymentRequest.builder("ORD-1002", MERCHANT, usdt("25"));
    chain.add(pays("24.75"));
    chain.add(pays("24.75").memo("ORD-1002"));
    List<Verification> verdicts =
        verifier().verifyAll(List.of(PaymentRequest.builder(ORDER, MERCHANT, usdt("25")).build(), other.build()));
    assertThat(verdicts).hasSize(2).allSatisfy(verdict -> assertVerified(verdict));
  }

  @Test
  void row29_amountsAreExactToTheLastUnit() {
    chain.add(pays("0.1"));
    chain.add(pays("0.2").nonce(2));
    assertThat(assertVerified(scan(order(ORDER, usdt("0.3")).build())).total()).isEqualTo(usdt("0.3"));
    assertThat(assertRejected(scan(order(ORDER, usdt("0.300001")).build()), Reason.UNDERPAID).received())
        .contains(usdt("0.3"));
    chain.clear();
    chain.add(pays("10.99"));
    assertRejected(scan(order(ORDER, usdt("10")).build()), Reason.OVERPAID);
  }

  @Test
  void row30_smallPaymentsAddUpOrAreUnderpaid() {
    for (int i = 0; i < 5; i++) {
      chain.add(pays("4").nonce(i).at(RECENTLY.plusSeconds(i)));
    }
    Verification.Rejected rejected = assertRejected(scan(order()), Reason.UNDERPAID);
    assertThat(rejected.transfers()).hasSize(5);
    assertThat(rejected.received()).contains(usdt("20"));
    chain.add(pays("5").at(RECENTLY.plusSeconds(9)));
    assertThat(assertVerified(scan(order())).transfers()).hasSize(6);
    assertRejected(scan(order(ORDER, usdt("25")).addUp(false).build()), Reason.UNDERPAID);
  }

  @Test
  void row31_aTransferOfNothingIsIgnored() {
    ScriptedTransaction nothing = pays("0");
    chain.add(nothing);
    assertNotFound(scan(order()));
    assertThat(byHash(order(), nothing).isVerified()).isFalse();
    chain.add(ScriptedTransaction.transfer(PAYER, MERCHANT, trx("0")).memo(ORDER).at(RECENTLY));
    assertNotFound(scan(order(ORDER, trx("100")).build()));
  }

  @Test
  void row32_anAddressThatLooksAlikeIsSomebodyElses() {
    String lookAlike = "41105c1cc0a7969e8eeec4349488e095a297c5f9ae";
    ScriptedTransaction paid =
        ScriptedTransaction.transfer(PAYER, lookAlike, usdt("25")).memo(ORDER).at(RECENTLY);
    assertBoth(paid, Reason.WRONG_RECIPIENT);
  }

  @Test
  void row32_aListingThatShowsATransferToSomebodyElseAsOursIsFoundOut() {
    ScriptedTransaction elsewhere = ScriptedTransaction.transfer(PAYER, Fixtures.STRANGER, usdt("25")).memo(ORDER).at(RECENTLY);
    chain.add(
        pays("25")
            .row("transaction_id", elsewhere.hash())
            .row("detail", Fixtures.JSON.convertValue(ScriptedTronGrid.detailed(elsewhere), Map.class)));
    Verification verdict = scan(order());
    assertNotFound(verdict);
    assertThat(verdict.notes()).anySatisfy(note -> assertThat(note).contains("another transfer than the signed call"));
  }

  @Test
  void row32_aRowWithoutAResultIsHeldAgainstItsSignedCallToo() {
    ScriptedTransaction elsewhere =
        ScriptedTransaction.transfer(PAYER, Fixtures.STRANGER, usdt("25")).memo(ORDER).at(RECENTLY).withoutResult();
    chain.add(elsewhere);
    chain.add(
        pays("25")
            .row("transaction_id", elsewhere.hash())
            .row("detail", Fixtures.JSON.convertValue(ScriptedTronGrid.detailed(elsewhere), Map.class)));
    assertNotFound(scan(order()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tbtiACnt7FMW8YGFpPAPyjBmGrWiKVkSJD", "TBTiACnt7FMW8YGFpPAPyjBmGrWiKVkSJd", "TM1zzNDZD2DPASbKcgdVoTYhfmYgtfwx9D",
        "UQDTLyLK5Wo3DIZUlbtsNRbYAEFVBKGQ6GkZgGdC16hjbI6T"
      })
  void row33_aRecipientThatIsNoAddressIsRefusedBeforeAnyRequest(String recipient) {
    PaymentRequest request = PaymentRequest.builder(ORDER, recipient, usdt("25")).build();
    assertThatThrownBy(() -> scan(request)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining(recipient);
    assertThat(grid().requests()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {Fixtures.MERCHANT_HEX, "41105C1CC0A7969E8EEEC4349488E095A297C5F9AF", " TBTiACnt7FMW8YGFpPAPyjBmGrWiKVkSJD "})
  void everySpellingOfTheRecipientIsTheSameWallet(String recipient) {
    chain.add(pays("25"));
    PaymentRequest request = PaymentRequest.builder(ORDER, recipient, usdt("25")).build();
    assertThat(assertVerified(scan(request)).completedBy().to()).isEqualTo(MERCHANT);
  }

  @Test
  void row36_aTransferToOneselfIsNoPayment() {
    ScriptedTransaction self = ScriptedTransaction.transfer(MERCHANT, MERCHANT, usdt("25")).memo(ORDER).at(RECENTLY);
    chain.add(self);
    assertRejected(scan(order()), Reason.SELF_TRANSFER);
    assertRejected(byHash(order(), self), Reason.SELF_TRANSFER);
  }

  @Test
  void row37_anOutgoingTransferIsNoPayment() {
    assertBoth(
        ScriptedTransaction.transfer(MERCHANT, PAYER, usdt("25")).memo(ORDER).at(RECENTLY), Reason.NOT_A_PAYMENT);
  }

  @Test
  void row38_exactlyTheMaximumAgeCountsAndAMillisecondMoreIsTooOld() {
    Instant oldest = Fixtures.NOW.minus(Duration.ofHours(24));
    ScriptedTransaction exactly = pays("25").at(oldest);
    chain.add(exactly);
    assertVerified(scan(order()));
    assertVerified(byHash(order(), exactly));
    chain.clear();
    assertBoth(pays("25").at(oldest.minusMillis(1)), Reason.TOO_OLD);
  }

  @Test
  void row39_theTimeThatTheSenderChoseDoesNotMatter() {
    assertBoth(pays("25").at(Fixtures.NOW.minus(Duration.ofHours(25))).sentAt(Fixtures.NOW), Reason.TOO_OLD);
    chain.clear();
    ScriptedTransaction fresh = pays("25").sentAt(Instant.ofEpochMilli(1));
    chain.add(fresh);
    assertVerified(scan(order()));
    assertVerified(byHash(order(), fresh));
  }

  @Test
  void row40_aBlockTwoMinutesAheadCountsAndOneFurtherIsInTheFuture() {
    Instant furthest = Fixtures.NOW.plus(Duration.ofMinutes(2));
    ScriptedTransaction ahead = pays("25").at(furthest);
    chain.add(ahead);
    assertVerified(scan(order()));
    assertVerified(byHash(order(), ahead));
    chain.clear();
    ScriptedTransaction further = pays("25").at(furthest.plusMillis(1));
    chain.add(further);
    assertRejected(scan(order()), Reason.FUTURE_TIMESTAMP);
    assertRejected(byHash(order(), further), Reason.FUTURE_TIMESTAMP);
  }

  @Test
  void row41_secondsInPlaceOfMillisecondsMakeTheRowUnreadable() {
    for (long time : new long[] {RECENTLY.getEpochSecond(), RECENTLY.toEpochMilli() * 1000, 0, -1}) {
      chain.clear();
      chain.add(pays("25").row("block_timestamp", time));
      Verification verdict = scan(order());
      assertNotFound(verdict);
      assertThat(verdict.notes()).contains("1 row could not be read");
    }
  }

  @Test
  void row42_aPaymentBeforeTheOrderIsTooEarly() {
    ScriptedTransaction paid = pays("25");
    chain.add(paid);
    PaymentRequest later = order(ORDER, usdt("25")).notBefore(RECENTLY.plusMillis(1)).build();
    assertRejected(scan(later), Reason.TOO_EARLY);
    assertRejected(byHash(later, paid), Reason.TOO_EARLY);
    assertVerified(scan(order(ORDER, usdt("25")).notBefore(RECENTLY).build()));
  }

  @Test
  void row55_aFeeOnTheTransferMakesWhatArrivesCount() {
    ScriptedTransaction paid = pays("25").logging(BigInteger.valueOf(24_900_000));
    chain.add(paid);
    assertThat(assertRejected(scan(order()), Reason.UNDERPAID).received()).contains(usdt("24.9"));
    assertThat(assertRejected(byHash(order(), paid), Reason.UNDERPAID).received()).contains(usdt("24.9"));
    assertVerified(scan(PaymentRequest.builder(ORDER, MERCHANT, usdt("25")).build()));
  }

  @Test
  void row55_moreThanTheCallSaysIsALie() {
    ScriptedTransaction paid = pays("20").logging(BigInteger.valueOf(25_000_000));
    chain.add(paid);
    assertNotFound(scan(order()));
    assertRejected(byHash(order(), paid), Reason.MALFORMED);
  }

  @Test
  void row56_aMintIsNoPayment() {
    assertBoth(ScriptedTransaction.mint(PAYER, MERCHANT, usdt("25")).memo(ORDER).at(RECENTLY), Reason.NOT_A_PAYMENT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"trc10:USDT", "trc10:TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t", "trc10:1002000"})
  void row57_aTrc10TokenIsWrongToken(String contract) {
    Asset trc10 = new Asset("tron", "USDT", contract, 6);
    ScriptedTransaction paid =
        ScriptedTransaction.transfer(PAYER, MERCHANT, new Amount(trc10, usdt("25").units())).memo(ORDER).at(RECENTLY);
    assertBoth(paid, Reason.WRONG_TOKEN);
    PaymentRequest inTrx = order(ORDER, trx("25")).build();
    assertNotFound(scan(inTrx));
    assertRejected(byHash(inTrx, paid), Reason.WRONG_TOKEN);
  }

  @Test
  void row58_otherContractsInTheFeedAreIgnored() {
    ScriptedTransaction delegation = ScriptedTransaction.delegation(PAYER, MERCHANT).memo(ORDER).at(RECENTLY);
    chain.add(delegation);
    PaymentRequest request = order(ORDER, trx("1")).build();
    assertNotFound(scan(request));
    assertRejected(byHash(request, delegation), Reason.NOT_A_PAYMENT);
  }

  @Test
  void row58_trxIsNoUsdtAndUsdtIsNoTrx() {
    ScriptedTransaction coins = ScriptedTransaction.transfer(PAYER, MERCHANT, trx("25")).memo(ORDER).at(RECENTLY);
    assertBoth(coins, Reason.WRONG_TOKEN);
    chain.clear();
    ScriptedTransaction tokens = pays("25");
    chain.add(tokens);
    PaymentRequest inTrx = order(ORDER, trx("25")).build();
    assertNotFound(scan(inTrx));
    assertRejected(byHash(inTrx, tokens), Reason.WRONG_TOKEN);
  }

  @Test
  void row59_anUnreadableRowIsToldAndChangesNoVerdict() {
    List<Object> values = new ArrayList<>(List.of(25_000_000, "-1", "1e6", "0x17d7840", "007", "", List.of("25000000"), true));
    values.add(null);
    for (int i = 0; i < values.size(); i++) {
      chain.add(pays("25").nonce(i).row("value", values.get(i)));
    }
    Verification none = scan(order());
    assertNotFound(none);
    assertThat(none.notes()).contains(values.size() + " rows could not be read");
    chain.add(pays("25").nonce(99));
    Verification.Verified verified = assertVerified(scan(order()));
    assertThat(verified.surplus()).isEmpty();
    assertThat(verified.notes()).contains(values.size() + " rows could not be read");
  }

  @Test
  void row60_hugeAmountsDoNotOverflow() {
    BigInteger most = BigInteger.ONE.shiftLeft(256).subtract(BigInteger.ONE);
    ScriptedTransaction paid =
        ScriptedTransaction.transfer(PAYER, MERCHANT, new Amount(Asset.USDT_TRC20, most)).memo(ORDER).at(RECENTLY);
    chain.add(paid);
    assertThat(assertRejected(scan(order()), Reason.OVERPAID).received().orElseThrow().units()).isEqualTo(most);
    assertThat(assertRejected(byHash(order(), paid), Reason.OVERPAID).received().orElseThrow().units()).isEqualTo(most);
    chain.clear();
    ScriptedTransaction coins =
        ScriptedTransaction.transfer(PAYER, MERCHANT, Amount.ofUnits(Asset.TRX, Long.MAX_VALUE)).memo(ORDER).at(RECENTLY);
    chain.add(coins);
    PaymentRequest request = order(ORDER, Amount.ofUnits(Asset.TRX, Long.MAX_VALUE)).build();
    assertVerified(scan(request));
    assertVerified(byHash(request, coins));
  }

  @Test
  void row64_anEndlessListingIsIncompleteUnlessItVerified() {
    chain.add(pays("25"));
    grid().endlessBehind(1);
    assertVerified(verifier(VerifierOptions.MAX_PAGES, "4").verify(order()));
    Verification other = verifier(VerifierOptions.MAX_PAGES, "4").verify(order("ORD-1002", usdt("25")).build());
    assertThat(assertIncomplete(other).detail()).contains("there are more than 4 pages");
  }

  @Test
  void row65_aWalletFloodedWithDustIsReadPageByPage() {
    for (int i = 0; i < 450; i++) {
      chain.add(pays("0.000001").memo("").nonce(i).at(RECENTLY.minusSeconds(i + 1)).withoutDetail());
    }
    ScriptedTransaction paid = pays("25");
    chain.add(paid);
    PaymentRequest byAmount = order(ORDER, usdt("25")).tolerance(null).matchMode(MatchMode.AMOUNT).build();
    assertVerified(scan(byAmount));
    assertThat(grid().paths().stream().filter(path -> path.endsWith("/trc20"))).hasSize(3);
    Verification capped = verifier(VerifierOptions.MAX_PAGES, "2").verify(byAmount);
    assertIncomplete(capped);
    assertVerified(verifier(VerifierOptions.MAX_PAGES, "2").verify(byAmount, paid.hash()));
  }

  @Test
  void row65_aScanThatBreaksOffSaysHowFarItRead() {
    for (int i = 0; i < 450; i++) {
      chain.add(pays("0.000001").memo("").nonce(i).at(RECENTLY.minusSeconds(i + 1)));
      chain.add(
          ScriptedTransaction.transfer(PAYER, MERCHANT, Amount.ofUnits(Asset.TRX, 1)).nonce(i).at(RECENTLY.minusSeconds(i + 1)));
    }
    Instant before = RECENTLY.minusSeconds(51).minusMillis(1);
    for (Asset asset : List.of(Asset.USDT_TRC20, Asset.TRX)) {
      ScanQuery query = new ScanQuery(MERCHANT, asset, RECENTLY.minusSeconds(3_600), RECENTLY, TransferFilter.ALL);
      try (TransferSource source = source(VerifierOptions.MAX_PAGES, "2")) {
        Scan scan = source.scan(query, Deadline.after(Duration.ofSeconds(30), ticker()));
        assertThat(scan.coverage()).isEqualTo(new Scan.Coverage.Partial("there are more than 2 pages", before));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://api.trongrid.io", "ftp://localhost", "https://user:secret@api.trongrid.io", "//x", "https://h?a=b", "nonsense"})
  void row67_aBaseUrlThatIsNotHttpsIsRefused(String url) {
    assertThatThrownBy(() -> verifier(VerifierOptions.BASE_URL, url))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageNotContaining("secret");
    assertThatThrownBy(() -> verifier(VerifierOptions.ALLOW_HTTP, "false")).isInstanceOf(ConfigurationException.class);
  }

  @Test
  void row69_aDetailOfAnotherTransactionIsFoundOut() {
    ScriptedTransaction paid = pays("25");
    ScriptedTransaction other = pays("25").memo("ORD-9999");
    chain.add(
        other.row("detail", Fixtures.JSON.convertValue(ScriptedTronGrid.detailed(paid), Map.class)));
    assertNotFound(scan(order()));
    assertThat(grid().paths()).as("the transaction itself is looked up").contains("/wallet/gettransactionbyid");
  }

  @Test
  void row06_aRowOfAReplacedBlockDoesNotMakeANewBlockFinal() {
    long old = Fixtures.NOW.minusSeconds(90).toEpochMilli();
    long fresh = Fixtures.NOW.minusSeconds(30).toEpochMilli();
    ScriptedTransaction paid = pays("25").withoutDetail();
    chain.add(paid.row("_unconfirmed", true).row("block_timestamp", old));
    chain.add(paid.row("block_timestamp", fresh));
    assertThat(scan(order()).isVerified()).isFalse();
  }

  @Test
  void row07_anApprovalThatIsListedAsATransferIsRefusedByItsSignedCall() {
    ScriptedTransaction approval = ScriptedTransaction.approval(PAYER, MERCHANT, usdt("25")).memo(ORDER).at(RECENTLY);
    chain.add(approval.row("type", "Transfer"));
    Verification verdict = scan(order());
    assertThat(verdict.isVerified()).isFalse();
    assertThat(byHash(order(), approval).isVerified()).isFalse();
  }

  @Test
  void row69_aDetailOfAnotherTransactionDoesNotHideAPayment() {
    ScriptedTransaction paid = pays("25");
    ScriptedTransaction other = pays("25").memo("ORD-9999");
    chain.add(paid.row("detail", Fixtures.JSON.convertValue(ScriptedTronGrid.detailed(other), Map.class)));
    assertVerified(scan(order()));
  }

  @Test
  void row69_aPaymentThatHadExpiredLongBeforeItsBlockIsMalformed() {
    ScriptedTransaction old = pays("25").at(Fixtures.NOW.minus(Duration.ofDays(400)));
    long fresh = Fixtures.NOW.minus(Duration.ofMinutes(2)).toEpochMilli();
    chain.add(old.row("block_timestamp", fresh).withoutDetail());
    assertThat(scan(order()).isVerified()).isFalse();
  }

  @Test
  void row71_aStaleProviderIsUnavailableAndNotNotFound() {
    grid().behind(Duration.ofMinutes(10));
    ScriptedTransaction paid = pays("25");
    chain.add(pays("25").at(Fixtures.NOW.minusSeconds(60)));
    assertThat(assertUnavailable(scan(order())).detail()).contains("600 s behind");
    assertUnavailable(byHash(order(), paid));
  }

  @Test
  void row71_whatAStaleProviderShowsAsFinalIsFinalAllTheSame() {
    ScriptedTransaction old = pays("25").at(Fixtures.NOW.minus(Duration.ofHours(1)));
    chain.add(old);
    grid().behind(Duration.ofMinutes(10));
    assertVerified(scan(order()));
    assertVerified(byHash(order(), old));
  }

  @Test
  void row71_aHeadThatIsTwoMinutesOldIsFreshAndAnOldSolidHeadAloneIsNoReason() {
    grid().behind(Duration.ofMinutes(2));
    assertNotFound(scan(order()));
    grid().behind(Duration.ofMinutes(2).plusMillis(1));
    assertUnavailable(scan(order()));
  }

  @Test
  void row72_aRateLimitIsUnavailableWithTheTimeToWait() {
    grid().mode(ScriptedTronGrid.Mode.RATE_LIMITED);
    PaymentVerifier verifier = verifier(VerifierOptions.TIMEOUT, "PT10S");
    assertThat(assertUnavailable(verifier.verify(order())).retryAfter()).contains(Duration.ofSeconds(30));
    // The limiter has learned it: nobody asks again before the time is over.
    grid().forgetRequests();
    assertThat(assertUnavailable(verifier.verify(order())).retryAfter()).isPresent();
    assertUnavailable(verifier.verify(order(), Fixtures.PAID));
    assertThat(grid().requests()).isEmpty();
  }

  @Test
  void row73_aHashThatIsNotKnownYetIsAskedForUntilTheDeadline() {
    PaymentVerifier verifier = verifier(VerifierOptions.TIMEOUT, "PT10S");
    assertNotFound(verifier.verify(order(), Fixtures.PAID));
    assertThat(grid().paths().stream().filter(path -> path.endsWith("/gettransactionbyid")).count()).isBetween(5L, 10L);
    assertThat(ticker().sleeps()).contains(Duration.ofSeconds(1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0x%s", " %s\n", "0X%s"})
  void row74_everySpellingOfAHashIsTheSameTransaction(String spelling) {
    ScriptedTransaction paid = pays("25");
    chain.add(paid);
    assertVerified(verifier().verify(order(), spelling.formatted(paid.hash())));
    assertVerified(verifier().verify(order(), spelling.formatted(paid.hash().toUpperCase(Locale.ROOT))));
  }

  @Test
  void row75_somebodyElsesTransactionIsAMismatch() {
    ScriptedTransaction theirs = pays("25").memo("ORD-2002");
    chain.add(theirs);
    assertRejected(byHash(order(), theirs), Reason.MEMO_MISMATCH);
  }

  @Test
  void row77_aMemoWithMarkupIsShownWithoutControlCharactersAndCut() {
    String evil = "<script>alert(1)</script>\u0000\u001b[31m\u202e" + "x".repeat(500);
    ScriptedTransaction paid = pays("25").memo(evil);
    chain.add(paid);
    Memo memo = assertRejected(byHash(order(), paid), Reason.MEMO_MISMATCH).candidate().orElseThrow().memo();
    assertThat(memo).isInstanceOf(Memo.Text.class);
    assertThat(((Memo.Text) memo).display()).hasSizeLessThan(130).doesNotContain("\u0000", "\u001b", "\u202e");
  }

  @Test
  void row80_anInterruptEndsACallWithTheFlagSet() {
    chain.add(pays("25"));
    PaymentVerifier verifier = verifier();
    Thread.currentThread().interrupt();
    assertUnavailable(verifier.verify(order()));
    assertThat(Thread.interrupted()).isTrue();
    Thread.currentThread().interrupt();
    assertUnavailable(verifier.verify(order(), Fixtures.PAID));
    assertThat(Thread.interrupted()).isTrue();
    assertVerified(verifier.verify(order()));
  }

  @Test
  void transferFromByAnotherContractCounts() {
    ScriptedTransaction paid = pays("25").byTransferFrom();
    chain.add(paid);
    assertThat(assertVerified(scan(order())).completedBy().from()).isEqualTo(PAYER);
    assertThat(assertVerified(byHash(order(), paid)).transfers()).isEqualTo(assertVerified(scan(order())).transfers());
  }

  @Test
  void aListedTypeOfTransferFromCountsAndAnUnknownOneDoesNot() {
    chain.add(pays("25").row("type", "TransferFrom"));
    assertVerified(scan(order()));
    chain.set(0, pays("25").row("type", "Burn"));
    assertNotFound(scan(order()));
  }

  @Test
  void anotherTokenIsVerifiedByItsContract() {
    Asset sundog = new Asset("tron", "TRC20", "TXL6rJbvmjD46zeN1JssfgxvSo99qC8MRT", 18);
    Amount amount = Amount.of(sundog, new BigDecimal("1.5"));
    ScriptedTransaction paid = ScriptedTransaction.transfer(PAYER, MERCHANT, amount).memo(ORDER).at(RECENTLY);
    chain.add(paid);
    PaymentRequest request = order(ORDER, amount).build();
    assertThat(assertVerified(scan(request)).transfers()).isEqualTo(assertVerified(byHash(request, paid)).transfers());
  }

  @Test
  void aTokenWithTwoLogsForOneCallIsCountedByItsLogs() {
    // A fee token: the recipient gets 20, the treasury 5.
    Asset token = new Asset("tron", "TRC20", "TXL6rJbvmjD46zeN1JssfgxvSo99qC8MRT", 6);
    Amount asked = Amount.of(token, new BigDecimal("20"));
    ScriptedTransaction paid =
        ScriptedTransaction.transfer(PAYER, Fixtures.STRANGER, Amount.of(token, new BigDecimal("5"))).and(PAYER, MERCHANT, asked).memo(ORDER).at(RECENTLY);
    chain.add(paid);
    PaymentRequest request = order(ORDER, asked).build();
    assertThat(assertVerified(scan(request)).completedBy().id().index()).isEqualTo(1);
    assertThat(assertVerified(byHash(request, paid)).completedBy().id().index()).isEqualTo(1);
  }

  @Test
  void addressesInHexInARowAreReadToo() {
    chain.add(pays("25").row("to", Fixtures.MERCHANT_HEX).row("token_info", token("41a614f803b6fd780986a42c78ec9c7f77e6ded13c", 6)));
    assertVerified(scan(order()));
    chain.set(0, pays("25").row("to", "nonsense"));
    Verification verdict = scan(order());
    assertNotFound(verdict);
    assertThat(verdict.notes()).anySatisfy(note -> assertThat(note).contains("no address").doesNotContain("nonsense"));
  }

  @Test
  void anAddressModeOrderTakesWhateverCame() {
    ScriptedTransaction paid = pays("25").memo("whatever");
    chain.add(paid);
    PaymentRequest request = order(ORDER, usdt("25")).matchMode(MatchMode.ADDRESS).build();
    assertVerified(scan(request));
    assertVerified(byHash(request, paid));
  }

  @Test
  void trxWithTheMemoIsVerifiedAndHasIndexZero() {
    ScriptedTransaction paid = ScriptedTransaction.transfer(PAYER, MERCHANT, trx("100")).memo(ORDER).at(RECENTLY);
    chain.add(paid);
    chain.add(ScriptedTransaction.transfer(PAYER, MERCHANT, trx("7")).memo("ORD-1002").at(RECENTLY));
    chain.add(ScriptedTransaction.transfer(MERCHANT, PAYER, trx("100")).memo(ORDER).at(RECENTLY));
    PaymentRequest request = order(ORDER, trx("100")).build();
    Verification.Verified byScan = assertVerified(scan(request));
    assertThat(byScan.completedBy().id().index()).isZero();
    assertThat(assertVerified(byHash(request, paid)).transfers()).isEqualTo(byScan.transfers());
  }

  @Test
  void aMemoOfManyBytesIsNoMatch() {
    ScriptedTransaction paid = pays("25").memo((ORDER + " ").repeat(200).getBytes(StandardCharsets.UTF_8));
    assertBoth(paid, Reason.MEMO_MISMATCH);
  }

  private static Map<String, Object> token(String address, int decimals) {
    Map<String, Object> token = new LinkedHashMap<>();
    token.put("symbol", "USDT");
    token.put("address", address);
    token.put("decimals", decimals);
    token.put("name", "Tether USD");
    return token;
  }
}
