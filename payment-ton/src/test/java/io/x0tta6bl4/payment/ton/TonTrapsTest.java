package io.x0tta6bl4.payment.ton;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.x0tta6bl4.payment.Amount;
import io.x0tta6bl4.payment.Asset;
import io.x0tta6bl4.payment.ConfigurationException;
import io.x0tta6bl4.payment.Execution;
import io.x0tta6bl4.payment.Finality;
import io.x0tta6bl4.payment.MatchMode;
import io.x0tta6bl4.payment.Memo;
import io.x0tta6bl4.payment.PaymentRequest;
import io.x0tta6bl4.payment.PaymentVerifier;
import io.x0tta6bl4.payment.Reason;
import io.x0tta6bl4.payment.Verification;
import io.x0tta6bl4.payment.VerifierOptions;
import io.x0tta6bl4.simulator.ton.ScriptedTransaction.Outcome;
import io.x0tta6bl4.simulator.ton.ScriptedTransaction.Role;
import io.x0tta6bl4.simulator.ton.CellWriter;
import io.x0tta6bl4.simulator.ton.ScriptedTonApi;
import io.x0tta6bl4.simulator.ton.ScriptedTonTransaction;
import io.x0tta6bl4.simulator.ton.ScriptedTransaction;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The traps of the table in the facts on payments, as TON can set them, by scan and by hash. */
class TonTrapsTest extends ScriptedTest {

  private static final Asset FAKE = new Asset("ton", "USDT", Fixtures.FAKE_USDT, 6);
  private static final Asset TON = Asset.TON;
  private static final Asset USDT = Asset.USDT_JETTON;

  static List<Asset> assets() {
    return List.of(TON, USDT);
  }

  private void assertBoth(Asset asset, ScriptedTransaction transaction, Reason byHash) {
    chain.add(transaction);
    assertNotFound(scan(order(asset)));
    assertRejected(byHash(order(asset), transaction), byHash);
  }

  private void assertBothRejected(Asset asset, ScriptedTransaction transaction, Reason reason) {
    chain.add(transaction);
    assertRejected(scan(order(asset)), reason);
    assertRejected(byHash(order(asset), transaction), reason);
  }

  private void assertBothVerified(Asset asset, ScriptedTransaction transaction) {
    chain.add(transaction);
    Verification.Verified byScan = assertVerified(scan(order(asset)));
    assertThat(assertVerified(byHash(order(asset), transaction)).transfers()).isEqualTo(byScan.transfers());
  }

  @ParameterizedTest
  @ValueSource(strings = {"USDT", "USD\u20ae", "U S D T", "\u0405DT"})
  void row01_row02_aJettonOfAnotherMasterIsWrongTokenWhateverItsSymbol(String symbol) {
    Asset fake = new Asset("ton", symbol, Fixtures.FAKE_USDT, 6);
    assertBoth(USDT, pays(Amount.of(fake, new BigDecimal("25"))), Reason.WRONG_TOKEN);
  }

  @Test
  void row01_aFakeJettonWithoutANotificationIsNoPayment() {
    ScriptedTransaction fake = pays(Amount.of(FAKE, new BigDecimal("25"))).withoutNotice();
    chain.add(fake);
    assertNotFound(scan(order(USDT)));
    assertThat(byHash(order(USDT), fake).isVerified()).isFalse();
  }

  @ParameterizedTest
  @MethodSource("assets")
  void row04_verifyingTwiceGivesTheSameVerdict(Asset asset) {
    ScriptedTransaction paid = pays(asset);
    chain.add(paid);
    PaymentVerifier verifier = verifier();
    Verification first = verifier.verify(order(asset));
    assertVerified(first);
    assertThat(verifier.verify(order(asset))).isEqualTo(first);
    assertThat(verifier.verify(order(asset), paid.hash())).isEqualTo(first);
  }

  @ParameterizedTest
  @MethodSource("assets")
  void row05_twoMessagesOfOneTransactionOfThePayersAreTwoTransfers(Asset asset) {
    Amount half = Amount.of(asset, new BigDecimal("12.5"));
    chain.add(pays(half));
    chain.add(pays(half).nonce(1));
    Verification.Verified verified = assertVerified(scan(order(asset)));
    assertThat(verified.transfers()).extracting(t -> t.id().transactionHash()).hasSize(2).doesNotHaveDuplicates();
    assertThat(verified.transfers()).extracting(t -> t.id().index()).containsOnly(0);
  }

  @ParameterizedTest
  @MethodSource("assets")
  void row06_aTransferThatIsListedTwiceCountsOnce(Asset asset) {
    chain.add(pays(Amount.of(asset, new BigDecimal("10"))).listedTwice());
    assertThat(assertRejected(scan(order(asset)), Reason.UNDERPAID).received()).contains(Amount.of(asset, new BigDecimal("10")));
  }

  @Test
  void row06_jettonsThatAreNotifiedCountOnceThoughTheHistoryShowsThemToo() {
    chain.add(pays(usdt("10")).noticedAfter(100));
    assertThat(assertRejected(scan(order(USDT)), Reason.UNDERPAID).received()).contains(usdt("10"));
  }

  @Test
  void row06_twoTransfersWhoseNotificationsComeLateAreTwoAndNotThree() {
    chain.add(pays(usdt("10")).at(RECENTLY.plusSeconds(51)).noticedAfter(51));
    chain.add(pays(usdt("10")).nonce(1).at(RECENTLY.plusSeconds(160)).noticedAfter(110));
    assertThat(assertRejected(scan(order(ORDER, usdt("30")).build()), Reason.UNDERPAID).received()).contains(usdt("20"));
  }

  @ParameterizedTest
  @MethodSource("assets")
  void row10_whatIsAboveTheNewestMasterchainBlockIsPending(Asset asset) {
    ScriptedTransaction fresh = pays(asset).at(Fixtures.NOW.minusSeconds(6)).pending();
    chain.add(fresh);
    Verification.Pending pending = assertPending(scan(order(asset)));
    assertThat(pending.transfers()).singleElement().satisfies(t -> assertThat(t.finality()).isEqualTo(Finality.PENDING));
    assertPending(byHash(order(asset), fresh));
  }

  @ParameterizedTest
  @MethodSource("assets")
  void row11_whatWasPendingAndIsGoneIsNotFound(Asset asset) {
    ScriptedTransaction fresh = pays(asset).at(Fixtures.NOW.minusSeconds(6)).pending();
    chain.add(fresh);
    PaymentVerifier verifier = verifier();
    assertPending(verifier.verify(order(asset)));
    chain.clear();
    assertNotFound(verifier.verify(order(asset)));
    assertNotFound(verifier.verify(order(asset), fresh.hash()));
  }

  @Test
  void row12_theDecimalsThatTheProviderTellsAreNeverUsed() {
    chain.add(pays(USDT).withoutNotice().historyEdited(row -> ((ObjectNode) row.get("jetton")).put("decimals", 18)));
    assertThat(assertVerified(scan(order(USDT))).total()).isEqualTo(usdt("25"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ORD-10011", "ORD-100", "ORD-1001x", "xORD-1001", "ord-1001", "Order ORD-1001", "ORD-1001 ORD-1002", "ORD -1001",
        "\u200bORD-1001", "ORD-1001\u200b", "\u202eORD-1001", "\ufeffORD-1001", "\u041eRD-1001", "ORD\u20131001",
        "ORD-\uff11\uff10\uff10\uff11", "ORD-1001\u00a0", "ORD-1001\u0301", "4f52442d31303031", "T1JELTEwMDE=", "25 USDT"
      })
  void row13_row18_row21_anotherMemoIsAMismatch(String memo) {
    for (Asset asset : assets()) {
      chain.clear();
      assertBoth(asset, pays(asset).memo(memo), Reason.MEMO_MISMATCH);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {" ORD-1001", "ORD-1001\n", "\t ORD-1001 \r\n", "ORD-1001\u0000\u0000", "\u0000ORD-1001", "\u000bORD-1001\f"})
  void row17_whiteSpaceAndPaddingAroundTheMemoDoNotMatter(String memo) {
    for (Asset asset : assets()) {
      chain.clear();
      assertBothVerified(asset, pays(asset).memo(memo));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"fffe004f5244", "c0af", "4f52442d31303031ff", "eda080"})
  void row19_aMemoThatIsNotUtf8IsUnreadableThoughTheProviderShowsAReplacement(String hex) {
    for (Asset asset : assets()) {
      chain.clear();
      assertBothRejected(asset, pays(asset).memo(HexFormat.of().parseHex(hex)), Reason.MEMO_UNREADABLE);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"fffe004f5244", "4f52442d31303031ff"})
  void row19_aMemoThatIsNotUtf8AndNotDecodedIsUnreadable(String hex) {
    for (Asset asset : assets()) {
      chain.clear();
      assertBothRejected(asset, pays(asset).memo(HexFormat.of().parseHex(hex)).withoutDecodedBody(), Reason.MEMO_UNREADABLE);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\n\t", "\u0000"})
  void row20_aMemoThatIsEmptyIsMissing(String memo) {
    for (Asset asset : assets()) {
      chain.clear();
      assertBothRejected(asset, pays(asset).memo(memo), Reason.MEMO_MISSING);
    }
  }

  @ParameterizedTest
  @MethodSource("assets")
  void row22_anEncryptedCommentIsUnreadable(Asset asset) {
    assertBothRejected(asset, pays(asset).encrypted(), Reason.MEMO_UNREADABLE);
    chain.clear();
    assertBothRejected(asset, pays(asset).encrypted().withoutDecodedBody(), Reason.MEMO_UNREADABLE);
    chain.clear();
    assertBothRejected(asset, pays(asset).encrypted().withoutRawBody(), Reason.MEMO_UNREADABLE);
  }

  @ParameterizedTest
  @MethodSource("assets")
  void row23_aBinaryPayloadIsAMissingMemo(Asset asset) {
    CellWriter binary = new CellWriter().number(0x5b1234b8L, 32).bytes(ORDER.getBytes(StandardCharsets.UTF_8));
    assertBothRejected(asset, pays(asset).payload(binary), Reason.MEMO_MISSING);
    chain.clear();
    assertBothRejected(asset, pays(asset).payload(binary).withoutRawBody(), Reason.MEMO_MISSING);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "O", "OR", "ORD 1001", "ORD-1001\n", "../ORD"})
  void row24_anOrderIdThatIsTooShortOrOddIsRefused(String id) {
    assertThatThrownBy(() -> order(id, ton("25")).build()).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "-1, 0, UNDERPAID", "1, 0, OVERPAID", "0, 0, ", "-250000, 0.01, ", "-250001, 0.01, UNDERPAID", "250000, 0.01, ",
    "250001, 0.01, OVERPAID"
  })
  void row25_row26_theBoundsOfTheToleranceAreExact(long more, String tolerance, Reason reason) {
    for (Asset asset : assets()) {
      chain.clear();
      long units = 25_000_000;
      ScriptedTransaction transaction = pays(Amount.ofUnits(asset, units + more));
      chain.add(transaction);
      PaymentRequest request = order(ORDER, Amount.ofUnits(asset, units)).tolerance(new BigDecimal(tolerance)).build();
      for (Verification verdict : List.of(scan(request), byHash(request, transaction))) {
        if (reason == null) {
          assertVerified(verdict);
        } else {
          assertRejected(verdict, reason);
        }
      }
    }
  }

  @Test
  void row26_anOverpaymentIsAcceptedWhereAskedAndItsExcessTold() {
    ScriptedTransaction paid = pays(usdt("26"));
    chain.add(paid);
    PaymentRequest request = order(ORDER, usdt("25")).acceptOverpayment(true).build();
    assertThat(assertVerified(scan(request)).excess()).isEqualTo(usdt("1"));
    assertThat(assertVerified(byHash(request, paid)).excess()).isEqualTo(usdt("1"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "-0.01", "2", "1e2"})
  void row27_aToleranceOutOfRangeIsRefused(String tolerance) {
    assertThatThrownBy(() -> order(ORDER, ton("25")).tolerance(new BigDecimal(tolerance)).build())
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void row28_theToleranceHoldsForEachOrder() {
    chain.add(pays(ton("24.75")));
    chain.add(pays(ton("24.75")).memo("ORD-1002"));
    List<Verification> verdicts =
        verifier()
            .verifyAll(
                List.of(
                    PaymentRequest.builder(ORDER, MERCHANT, ton("25")).build(),
                    PaymentRequest.builder("ORD-1002", MERCHANT, ton("25")).build()));
    assertThat(verdicts).hasSize(2).allSatisfy(verdict -> assertVerified(verdict));
  }

  @Test
  void row29_amountsAreExactToTheLastUnit() {
    chain.add(pays(ton("0.1")));
    chain.add(pays(ton("0.2")).nonce(2));
    assertThat(assertVerified(scan(order(ORDER, ton("0.3")).build())).total()).isEqualTo(ton("0.3"));
    assertRejected(scan(order(ORDER, ton("0.300000001")).build()), Reason.UNDERPAID);
  }

  @ParameterizedTest
  @MethodSource("assets")
  void row30_smallPaymentsAddUpOrAreUnderpaid(Asset asset) {
    Amount five = Amount.of(asset, new BigDecimal("5"));
    for (int i = 0; i < 4; i++) {
      chain.add(pays(five).nonce(i).at(RECENTLY.plusSeconds(i)));
    }
    assertThat(assertRejected(scan(order(asset)), Reason.UNDERPAID).transfers()).hasSize(4);
    chain.add(pays(five).nonce(9).at(RECENTLY.plusSeconds(9)));
    assertThat(assertVerified(scan(order(asset))).transfers()).hasSize(5);
  }

  @ParameterizedTest
  @MethodSource("assets")
  void row31_aTransferOfNothingIsIgnored(Asset asset) {
    ScriptedTransaction nothing = pays(Amount.ofUnits(asset, 0));
    chain.add(nothing);
    assertNotFound(scan(order(asset)));
    assertRejected(byHash(order(asset), nothing), Reason.NOT_A_PAYMENT);
  }

  @ParameterizedTest
  @MethodSource("assets")
  void row32_anAddressThatLooksAlikeIsSomebodyElses(Asset asset) {
    String lookAlike = MERCHANT.substring(0, MERCHANT.length() - 1) + "d";
    Amount amount = Amount.of(asset, new BigDecimal("25"));
    assertBoth(asset, ScriptedTransaction.of(PAYER, lookAlike, amount).memo(ORDER).at(RECENTLY), Reason.WRONG_RECIPIENT);
  }

  @Test
  void row32_aListingThatShowsAnothersTransactionsIsFoundOut() {
    ScriptedTransaction paid =
        pays(TON).edited(json -> ((ObjectNode) json.get("account")).put("address", Fixtures.STRANGER));
    chain.add(paid);
    Verification verdict = scan(order(TON));
    assertNotFound(verdict);
    assertThat(verdict.notes()).anySatisfy(note -> assertThat(note).contains("another account"));
  }

  @ParameterizedTest
  @ValueSource(strings = {
    Fixtures.MERCHANT_EQ, Fixtures.MERCHANT_UQ, "0:D32F22CAE56A370C865495BB6C3516D800415504A190E86919806742D7A8636C",
    " 0:d32f22cae56a370c865495bb6c3516d800415504a190e86919806742d7a8636c\n"
  })
  void row34_everySpellingOfTheRecipientIsTheSameWallet(String recipient) {
    for (Asset asset : assets()) {
      chain.clear();
      chain.add(pays(asset));
      PaymentRequest request = PaymentRequest.builder(ORDER, recipient, Amount.of(asset, new BigDecimal("25"))).build();
      assertThat(assertVerified(scan(request)).completedBy().to()).isEqualTo(MERCHANT);
    }
  }

  @Test
  void row35_theSameBytesOnTheMasterchainAreAnotherAccount() {
    String masterchain = "-1" + MERCHANT.substring(1);
    assertBoth(TON, ScriptedTransaction.of(PAYER, masterchain, ton("25")).memo(ORDER).at(RECENTLY), Reason.WRONG_RECIPIENT);
  }

  @ParameterizedTest
  @MethodSource("assets")
  void row36_aTransferToOneselfIsNoPayment(Asset asset) {
    Amount amount = Amount.of(asset, new BigDecimal("25"));
    assertBothRejected(asset, ScriptedTransaction.of(MERCHANT, MERCHANT, amount).memo(ORDER).at(RECENTLY), Reason.SELF_TRANSFER);
  }

  @ParameterizedTest
  @MethodSource("assets")
  void row37_anOutgoingTransferIsNoPaymentByAnyOfItsTransactions(Asset asset) {
    ScriptedTransaction sent =
        ScriptedTransaction.of(MERCHANT, PAYER, Amount.of(asset, new BigDecimal("25"))).memo(ORDER).at(RECENTLY);
    assertBoth(asset, sent, Reason.NOT_A_PAYMENT);
    assertRejected(verifier().verify(order(asset), sent.hash(Role.SENDER)), Reason.NOT_A_PAYMENT);
  }

  @ParameterizedTest
  @MethodSource("assets")
  void row38_exactlyTheMaximumAgeCountsAndASecondMoreIsTooOld(Asset asset) {
    Instant oldest = Fixtures.NOW.minus(Duration.ofHours(24));
    assertBothVerified(asset, pays(asset).at(oldest));
    chain.clear();
    assertBoth(asset, pays(asset).at(oldest.minusSeconds(1)), Reason.TOO_OLD);
  }

  @Test
  void row39_theTimeAtWhichTheMessageWasMadeDoesNotMatter() {
    Instant old = Fixtures.NOW.minus(Duration.ofHours(25));
    assertBoth(
        TON,
        pays(TON).at(old).edited(json -> ((ObjectNode) json.get("in_msg")).put("created_at", Fixtures.NOW.getEpochSecond())),
        Reason.TOO_OLD);
  }

  @ParameterizedTest
  @MethodSource("assets")
  void row40_aBlockTwoMinutesAheadCountsAndOneFurtherIsInTheFuture(Asset asset) {
    Instant furthest = Fixtures.NOW.plus(Duration.ofMinutes(2));
    assertBothVerified(asset, pays(asset).at(furthest));
    chain.clear();
    assertBothRejected(asset, pays(asset).at(furthest.plusSeconds(1)), Reason.FUTURE_TIMESTAMP);
  }

  @Test
  void row41_millisecondsInPlaceOfSecondsMakeTheRowUnreadable() {
    for (long time : new long[] {RECENTLY.toEpochMilli(), 0, -1, 1_573_775_999L}) {
      chain.clear();
      ScriptedTransaction odd = pays(TON).edited(json -> json.put("utime", time));
      chain.add(odd);
      Verification verdict = scan(order(TON));
      assertThat(verdict.isVerified()).isFalse();
      assertThat(verdict.notes()).contains("1 row could not be read");
      assertThat(byHash(order(TON), odd).isVerified()).isFalse();
    }
  }

  @ParameterizedTest
  @MethodSource("assets")
  void row42_aPaymentBeforeTheOrderIsTooEarly(Asset asset) {
    ScriptedTransaction paid = pays(asset);
    chain.add(paid);
    Amount amount = Amount.of(asset, new BigDecimal("25"));
    PaymentRequest later = order(ORDER, amount).notBefore(RECENTLY.plusMillis(1)).build();
    assertRejected(scan(later), Reason.TOO_EARLY);
    assertRejected(byHash(later, paid), Reason.TOO_EARLY);
    assertVerified(scan(order(ORDER, amount).notBefore(RECENTLY).build()));
  }

  @ParameterizedTest
  @MethodSource("assets")
  void row43_whatBouncedIsBouncedByHashAndNothingByScan(Asset asset) {
    ScriptedTransaction bounced = pays(asset).outcome(Outcome.BOUNCED);
    chain.add(bounced);
    assertNotFound(scan(order(asset)));
    assertRejected(byHash(order(asset), bounced), Reason.BOUNCED);
  }

  @Test
  void row43_whatBouncedIsBouncedByThePayersHashToo() {
    ScriptedTransaction bounced = pays(TON).outcome(Outcome.BOUNCED);
    chain.add(bounced);
    assertRejected(verifier().verify(order(TON), bounced.hash(Role.SENDER)), Reason.BOUNCED);
  }

  @Test
  void row44_ourOwnMoneyComingBackIsNoPayment() {
    ScriptedTransaction ours =
        ScriptedTransaction.of(MERCHANT, PAYER, ton("25")).memo(ORDER).at(RECENTLY).outcome(Outcome.BOUNCED);
    chain.add(ours);
    assertNotFound(scan(order(TON)));
    assertRejected(verifier().verify(order(TON), ours.hash(Role.RETURN)), Reason.NOT_A_PAYMENT);
    PaymentRequest byAddress = order(ORDER, ton("25")).matchMode(MatchMode.ADDRESS).build();
    assertNotFound(scan(byAddress));
  }

  @Test
  void row45_moneyThatCameThoughTheTransactionFailedIsCreditedButFailedUnlessAccepted() {
    ScriptedTransaction failed = pays(TON).outcome(Outcome.OUT_OF_GAS);
    chain.add(failed);
    assertThat(assertRejected(scan(order(TON)), Reason.CREDITED_BUT_FAILED).candidate().orElseThrow().execution())
        .isEqualTo(Execution.CREDITED_BUT_FAILED);
    assertVerified(scan(order(ORDER, ton("25")).acceptCreditedButFailed(true).build()));
  }

  @Test
  void row45_moneyThatCameThoughTheTransactionFailedIsCreditedButFailedByHash() {
    ScriptedTransaction failed = pays(TON).outcome(Outcome.OUT_OF_GAS);
    chain.add(failed);
    assertRejected(byHash(order(TON), failed), Reason.CREDITED_BUT_FAILED);
    assertVerified(byHash(order(ORDER, ton("25")).acceptCreditedButFailed(true).build(), failed));
  }

  @Test
  void row45_moneyForAWalletWithoutCodeIsThere() {
    assertBothVerified(TON, pays(TON).outcome(Outcome.NO_STATE));
  }

  @Test
  void row45_jettonsAreThereThoughTheirNotificationFailed() {
    ScriptedTransaction failed = pays(USDT).outcome(Outcome.OUT_OF_GAS);
    chain.add(failed);
    assertRejected(scan(order(USDT)), Reason.CREDITED_BUT_FAILED);
    assertVerified(scan(order(ORDER, usdt("25")).acceptCreditedButFailed(true).build()));
  }

  @Test
  void row45_jettonsAreThereThoughTheirNotificationFailedByHashToo() {
    ScriptedTransaction failed = pays(USDT).outcome(Outcome.OUT_OF_GAS);
    chain.add(failed);
    assertRejected(byHash(order(USDT), failed), Reason.CREDITED_BUT_FAILED);
  }

  @Test
  void row46_aNotificationFromAnArbitraryContractIsNoPayment() {
    assertBoth(USDT, pays(USDT).forgedBy(Fixtures.STRANGER), Reason.NOT_A_PAYMENT);
  }

  @Test
  void row46_aForgerThatClaimsToBeAWalletOfTheRealMasterIsNoPayment() {
    api().claims(Fixtures.STRANGER, Fixtures.USDT);
    assertBoth(USDT, pays(USDT).forgedBy(Fixtures.STRANGER), Reason.NOT_A_PAYMENT);
  }

  @Test
  void row46_aForgerThatClaimsToBeAWalletOfAFakeMasterIsNoPayment() {
    api().claims(Fixtures.STRANGER, Fixtures.FAKE_USDT);
    assertBoth(USDT, pays(USDT).forgedBy(Fixtures.STRANGER), Reason.NOT_A_PAYMENT);
  }

  @Test
  void row46_aForgedNotificationIsNoPaymentOfTonEither() {
    ScriptedTransaction forged = pays(USDT).forgedBy(Fixtures.STRANGER);
    chain.add(forged);
    PaymentRequest one = order(ORDER, Amount.ofUnits(TON, 1)).matchMode(MatchMode.ADDRESS).build();
    assertNotFound(scan(one));
    assertThat(byHash(one, forged).isVerified()).isFalse();
  }

  @Test
  void row46_theInternalTransferOfSomebodyElsesWalletIsNoPayment() {
    ScriptedTransaction elsewhere =
        ScriptedTransaction.of(PAYER, Fixtures.STRANGER, usdt("25")).memo(ORDER).at(RECENTLY).withoutNotice();
    chain.add(elsewhere);
    assertThat(byHash(order(USDT), elsewhere).isVerified()).isFalse();
  }

  @Test
  void row47_theSenderThatANotificationNamesProvesNothing() {
    ScriptedTransaction paid = pays(USDT).forgedBy(Fixtures.STRANGER).claimingSender(PAYER);
    assertBoth(USDT, paid, Reason.NOT_A_PAYMENT);
  }

  @Test
  void row48_jettonsWithoutANotificationAreFoundByTheHistory() {
    ScriptedTransaction silent = pays(USDT).withoutNotice();
    assertBothVerified(USDT, silent);
    assertThat(assertVerified(scan(order(USDT))).completedBy().id().transactionHash())
        .isEqualTo(silent.hash(Role.RECIPIENTS_WALLET));
  }

  @Test
  void row48_jettonsWithoutANotificationAreFoundByTheDeprecatedHistory() {
    api().servesOldHistoryOnly();
    chain.add(pays(USDT).withoutNotice());
    assertVerified(scan(order(USDT)));
  }

  @Test
  void row48_theHashOfTheWalletsTransactionLeadsToTheNotification() {
    ScriptedTransaction paid = pays(USDT);
    chain.add(paid);
    assertThat(assertVerified(verifier().verify(order(USDT), paid.hash(Role.RECIPIENTS_WALLET))).transfers())
        .isEqualTo(assertVerified(scan(order(USDT))).transfers());
  }

  @Test
  void row48_jettonsThatCameTwoMinutesAgoMayStillBeNotifiedAndArePending() {
    chain.add(pays(USDT).withoutNotice().at(Fixtures.NOW.minusSeconds(119)));
    assertPending(scan(order(USDT)));
    chain.set(0, pays(USDT).withoutNotice().at(Fixtures.NOW.minusSeconds(120)));
    assertVerified(scan(order(USDT)));
  }

  @Test
  void row48_aNotificationTwoMinutesLaterIsTheSameTransfer() {
    chain.add(pays(usdt("12.5")).noticedAfter(120));
    assertThat(assertRejected(scan(order(USDT)), Reason.UNDERPAID).transfers()).hasSize(1);
  }

  @Test
  void row49_jettonsForTheMasterOrForTheWalletsOwnAddressAreNotTheRecipients() {
    for (String to : List.of(Fixtures.USDT, Fixtures.MERCHANT_WALLET)) {
      chain.clear();
      ScriptedTransaction astray = ScriptedTransaction.of(PAYER, to, usdt("25")).memo(ORDER).at(RECENTLY);
      chain.add(astray);
      assertNotFound(scan(order(USDT)));
      assertRejected(byHash(order(USDT), astray), Reason.WRONG_RECIPIENT);
    }
  }

  @Test
  void row50_theTonThatANotificationCarriesIsNoPayment() {
    ScriptedTransaction paid = pays(USDT);
    chain.add(paid);
    PaymentRequest one = order(ORDER, Amount.ofUnits(TON, 1)).matchMode(MatchMode.ADDRESS).build();
    assertNotFound(scan(one));
    assertRejected(byHash(one, paid), Reason.WRONG_TOKEN);
  }

  @Test
  void row51_aTextThatSpeaksOfUsdtIsAPaymentOfTon() {
    ScriptedTransaction coins = pays(ton("25"));
    assertBoth(USDT, coins, Reason.WRONG_TOKEN);
  }

  @Test
  void row53_theCreditCountsAndNotTheValueOfTheMessage() {
    assertBothVerified(TON, pays(TON).edited(json -> ((ObjectNode) json.get("in_msg")).put("value", 0)));
    chain.clear();
    ScriptedTransaction nothing =
        pays(TON).edited(json -> ((ObjectNode) json.get("credit_phase")).put("credit", 0));
    assertBoth(TON, nothing, Reason.NOT_A_PAYMENT);
  }

  @Test
  void row55_whatTheHistorySaysArrivedCounts() {
    chain.add(pays(USDT).withoutNotice().historyEdited(row -> row.put("amount", "24900000")));
    assertThat(assertRejected(scan(order(USDT)), Reason.UNDERPAID).received()).contains(usdt("24.9"));
  }

  @Test
  void row56_aMintIsNoPaymentByScan() {
    chain.add(ScriptedTransaction.mint(MERCHANT, usdt("25")).memo(ORDER).at(RECENTLY));
    assertNotFound(scan(order(USDT)));
  }

  @Test
  void row56_aMintIsNoPaymentByHash() {
    ScriptedTransaction mint = ScriptedTransaction.mint(MERCHANT, usdt("25")).memo(ORDER).at(RECENTLY);
    chain.add(mint);
    assertRejected(byHash(order(USDT), mint), Reason.NOT_A_PAYMENT);
  }

  @Test
  void row56_aMintThatIsNotifiedIsNoPayment() {
    ScriptedTransaction mint = ScriptedTransaction.mint(MERCHANT, usdt("25")).memo(ORDER).at(RECENTLY).noticed();
    assertBoth(USDT, mint, Reason.NOT_A_PAYMENT);
  }

  @Test
  void row59_anUnreadableAmountInTheHistoryIsToldAndChangesNoVerdict() {
    List<String> amounts = List.of("-1", "1e6", "0x17d7840", "", "abc", "1" + "0".repeat(80));
    for (int i = 0; i < amounts.size(); i++) {
      String amount = amounts.get(i);
      chain.add(pays(USDT).withoutNotice().nonce(i).historyEdited(row -> row.put("amount", amount)));
    }
    chain.add(pays(USDT).withoutNotice().nonce(90).historyEdited(row -> row.putNull("amount")));
    chain.add(pays(USDT).withoutNotice().nonce(91).historyEdited(row -> row.putArray("amount")));
    Verification none = scan(order(USDT));
    assertNotFound(none);
    assertThat(none.notes()).contains("8 rows could not be read");
    chain.add(pays(USDT).nonce(99));
    assertThat(assertVerified(scan(order(USDT))).surplus()).isEmpty();
  }

  @Test
  void row59_anUnreadableCreditIsToldAndChangesNoVerdict() {
    List<String> values = List.of("-1", "1e6", "\"5\"", "null", "[]", "9223372036854775808", "2.5");
    for (int i = 0; i < values.size(); i++) {
      String value = values.get(i);
      ScriptedTransaction odd =
          pays(TON).nonce(i).edited(json -> json.set("credit_phase", Fixtures.parse("{\"credit\":" + value + "}")));
      chain.clear();
      chain.add(pays(TON).memo("ORD-0001").at(RECENTLY.minusSeconds(60)));
      chain.add(odd);
      Verification verdict = scan(order(TON));
      assertThat(verdict.isVerified()).isFalse();
      assertThat(verdict.notes()).as(value).hasSize(2);
      assertThat(byHash(order(TON), odd).isVerified()).isFalse();
    }
  }

  @Test
  void row60_hugeAmountsDoNotOverflow() {
    ScriptedTransaction coins = pays(Amount.ofUnits(TON, Long.MAX_VALUE));
    chain.add(coins);
    PaymentRequest request = order(ORDER, Amount.ofUnits(TON, Long.MAX_VALUE)).build();
    assertVerified(scan(request));
    assertVerified(byHash(request, coins));
    chain.clear();
    BigInteger most = BigInteger.ONE.shiftLeft(120).subtract(BigInteger.ONE);
    ScriptedTransaction jettons = pays(new Amount(USDT, most));
    chain.add(jettons);
    assertThat(assertRejected(scan(order(USDT)), Reason.OVERPAID).received().orElseThrow().units()).isEqualTo(most);
    assertThat(assertRejected(byHash(order(USDT), jettons), Reason.OVERPAID).received().orElseThrow().units()).isEqualTo(most);
  }

  @Test
  void row61_extraKeysAndNullsDoNotMatter() {
    assertBothVerified(
        TON,
        pays(TON).edited(json -> {
          json.put("something_new", 1).putNull("action_phase").putNull("bounce_phase");
          ((ObjectNode) json.get("in_msg")).putNull("init").putObject("more").put("deep", true);
        }));
  }

  @Test
  void row64_aListingThatIsNewestFirstAndBreaksOffIsIncompleteUnlessItVerified() {
    chain.add(pays(TON).memo("ORD-0001").at(RECENTLY.minusSeconds(60)));
    chain.add(pays(TON));
    api().breaksOffBehind(1);
    assertVerified(scan(order(TON)));
    assertIncomplete(scan(order("ORD-0001", ton("25")).build()));
  }

  @Test
  void row64_aListingThatRepeatsItsPageForEverIsIncomplete() {
    chain.add(pays(TON).memo("ORD-0001"));
    Verification first = scan(order(TON));
    assertNotFound(first);
    ObjectNode page = Fixtures.JSON.createObjectNode();
    ObjectNode row = Fixtures.synthetic("333a0d76");
    page.putArray("transactions").add(row);
    api().answers("/v2/blockchain/accounts/" + MERCHANT + "/transactions", 200, page.toString());
    assertIncomplete(scan(order("ORD-9999", ton("5")).build()));
  }

  @ParameterizedTest
  @MethodSource("assets")
  void row64_aGapInTheChainOfTransactionsIsIncomplete(Asset asset) {
    ScriptedTransaction hidden = pays(asset).at(RECENTLY.plusSeconds(60));
    chain.add(pays(asset).memo("ORD-0001"));
    chain.add(hidden);
    chain.add(pays(asset).memo("ORD-0003").at(RECENTLY.plusSeconds(120)));
    api().hide(hidden.hash());
    assertIncomplete(scan(order(asset)));
    assertVerified(scan(order("ORD-0003", Amount.of(asset, new BigDecimal("25"))).build()));
  }

  @Test
  void row65_aWalletFloodedWithDustIsReadPageByPage() {
    chain.add(pays(TON));
    for (int i = 0; i < 250; i++) {
      chain.add(pays(Amount.ofUnits(TON, 1)).memo("").nonce(i).at(RECENTLY.plusSeconds(i + 1)));
    }
    assertVerified(scan(order(TON)));
    Verification capped = verifier(VerifierOptions.MAX_PAGES, "2").verify(order(TON));
    assertThat(assertIncomplete(capped).detail()).contains("more than 2 pages");
    assertVerified(verifier(VerifierOptions.MAX_PAGES, "2").verify(order(TON), chain.get(0).hash()));
  }

  @Test
  void row65_aLongJettonHistoryIsReadPageByPage() {
    chain.add(pays(USDT).withoutNotice());
    for (int i = 0; i < 150; i++) {
      chain.add(pays(Amount.ofUnits(USDT, 1)).withoutNotice().memo("").nonce(i).at(RECENTLY.plusSeconds(i + 1)));
    }
    assertVerified(scan(order(USDT)));
    assertThat(assertIncomplete(verifier(VerifierOptions.MAX_PAGES, "1").verify(order(USDT))).detail()).contains("history");
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://tonapi.io", "ftp://localhost", "https://user:secret@tonapi.io", "//x", "https://h?a=b", "nonsense"})
  void row67_aBaseUrlThatIsNotHttpsIsRefused(String url) {
    assertThatThrownBy(() -> verifier(VerifierOptions.BASE_URL, url))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageNotContaining("secret");
    assertThatThrownBy(() -> verifier(VerifierOptions.ALLOW_HTTP, "false")).isInstanceOf(ConfigurationException.class);
  }

  @ParameterizedTest
  @MethodSource("assets")
  void row69_anAnswerForAnotherTransactionIsMalformed(Asset asset) {
    ScriptedTransaction other = pays(asset);
    String asked = "ab".repeat(32);
    ObjectNode json = ScriptedTonTransaction.of(List.of(other)).get(asset == TON ? 1 : 3).json();
    api().answers("/v2/blockchain/transactions/" + asked, 200, json.toString());
    chain.add(other);
    assertRejected(verifier().verify(order(asset), asked), Reason.MALFORMED);
  }

  @ParameterizedTest
  @MethodSource("assets")
  void row69_cellsThatContradictTheirDecodedFormAreMalformed(Asset asset) {
    ScriptedTransaction liar =
        asset == TON
            ? pays(asset).memo("ORD-9999").edited(json -> ((ObjectNode) json.get("in_msg").get("decoded_body")).put("text", ORDER))
            : pays(asset).edited(json -> ((ObjectNode) json.get("in_msg").get("decoded_body")).put("amount", "26000000"));
    chain.add(liar);
    assertThat(scan(order(asset)).isVerified()).isFalse();
    assertRejected(byHash(order(asset), liar), Reason.MALFORMED);
  }

  @Test
  void row69_aMessageThatIsAnsweredByAnotherAccountsTransactionIsMalformed() {
    ScriptedTransaction paid = pays(TON);
    chain.add(paid);
    ObjectNode wrong = ScriptedTonTransaction.of(List.of(paid)).get(1).json();
    ((ObjectNode) wrong.get("account")).put("address", Fixtures.STRANGER);
    api().answers("/v2/blockchain/messages/" + paid.messageHash(Role.RECIPIENT) + "/transaction", 200, wrong.toString());
    assertRejected(verifier().verify(order(TON), paid.hash(Role.SENDER)), Reason.MALFORMED);
  }

  @ParameterizedTest
  @MethodSource("assets")
  void row71_aStaleProviderIsUnavailableAndNotNotFound(Asset asset) {
    api().behind(Duration.ofMinutes(10));
    ScriptedTransaction paid = pays(asset).at(Fixtures.NOW.minusSeconds(60));
    chain.add(paid);
    assertThat(assertUnavailable(scan(order(asset))).detail()).contains("600 s behind");
    assertUnavailable(byHash(order(asset), paid));
  }

  @ParameterizedTest
  @MethodSource("assets")
  void row71_aProviderWhoseIndexAloneIsBehindIsUnavailable(Asset asset) {
    api().latency(121);
    assertThat(assertUnavailable(scan(order(asset))).detail()).contains("index");
    chain.add(pays(asset));
    assertVerified(scan(order(asset)));
  }

  @Test
  void row71_anIndexThatIsBehindIsUnavailableForEveryOrderThatItDidNotVerify() {
    api().latency(600);
    chain.add(pays(TON));
    List<Verification> verdicts = verifier().verifyAll(List.of(order(TON), order("ORD-9999", ton("25")).build()));
    assertVerified(verdicts.get(0));
    assertUnavailable(verdicts.get(1));
  }

  @Test
  void row71_aHeadThatIsTwoMinutesOldIsFresh() {
    api().behind(Duration.ofMinutes(2));
    assertNotFound(scan(order(TON)));
    api().behind(Duration.ofSeconds(121));
    assertUnavailable(scan(order(TON)));
  }

  @Test
  void row72_aRateLimitIsUnavailableWithTheTimeToWaitAndNobodyAsksAgainBefore() {
    api().mode(ScriptedTonApi.Mode.RATE_LIMITED);
    assertThat(assertUnavailable(verifier(VerifierOptions.TIMEOUT, "PT2S").verify(order(TON))).retryAfter())
        .contains(Duration.ofSeconds(4));
    PaymentVerifier withKey = verifier(VerifierOptions.API_KEY, "key", VerifierOptions.TIMEOUT, "PT0.5S");
    assertThat(assertUnavailable(withKey.verify(order(TON))).retryAfter()).contains(Duration.ofSeconds(1));
    api().forgetRequests();
    assertUnavailable(withKey.verify(order(TON), Fixtures.NOTICE));
    assertThat(api().requests()).isEmpty();
  }

  @Test
  void row73_aHashThatIsNotKnownYetIsAskedForUntilItIs() {
    ScriptedTransaction paid = pays(TON);
    chain.add(paid);
    api().missesFirst(paid.hash(), 3);
    assertVerified(byHash(order(TON), paid));
    assertThat(api().paths().stream().filter(path -> path.contains("/transactions/"))).hasSize(4);
  }

  @Test
  void row73_aHashThatNobodyKnowsIsNotFoundAtTheDeadline() {
    assertNotFound(verifier(VerifierOptions.TIMEOUT, "PT10S").verify(order(TON), "ab".repeat(32)));
    assertThat(api().paths().stream().filter(path -> path.contains("/transactions/")).count()).isBetween(5L, 11L);
  }

  @Test
  void row73_aMessageThatIsOnItsWayIsPending() {
    ScriptedTransaction paid = pays(TON);
    chain.add(paid);
    api().missesFirst(paid.messageHash(Role.RECIPIENT), 1);
    assertPending(verifier().verify(order(TON), paid.hash(Role.SENDER)));
    assertVerified(verifier().verify(order(TON), paid.hash(Role.SENDER)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0x%s", " %s\n", "0X%s"})
  void row74_everySpellingOfAHashIsTheSameTransaction(String spelling) {
    ScriptedTransaction paid = pays(TON);
    chain.add(paid);
    assertVerified(verifier().verify(order(TON), spelling.formatted(paid.hash())));
    assertVerified(verifier().verify(order(TON), spelling.formatted(paid.hash().toUpperCase(Locale.ROOT))));
  }

  @Test
  void row74_aHashInBase64IsTheSameTransaction() {
    ScriptedTransaction paid = pays(TON);
    chain.add(paid);
    byte[] hash = HexFormat.of().parseHex(paid.hash());
    for (Base64.Encoder encoder : List.of(Base64.getEncoder(), Base64.getUrlEncoder(), Base64.getUrlEncoder().withoutPadding())) {
      assertVerified(verifier().verify(order(TON), " " + encoder.encodeToString(hash)));
    }
  }

  @Test
  void row75_somebodyElsesTransactionIsAMismatch() {
    ScriptedTransaction theirs = pays(USDT).memo("ORD-2002");
    chain.add(theirs);
    assertRejected(byHash(order(USDT), theirs), Reason.MEMO_MISMATCH);
  }

  @Test
  void row75_thePayersOwnHashLeadsToTheRecipientsTransaction() {
    ScriptedTransaction paid = pays(TON);
    chain.add(paid);
    assertThat(assertVerified(verifier().verify(order(TON), paid.hash(Role.SENDER))).transfers())
        .isEqualTo(assertVerified(scan(order(TON))).transfers());
  }

  @Test
  void row75_thePayersOwnHashOfJettonsIsNeverAPaymentByItself() {
    ScriptedTransaction paid = pays(USDT);
    chain.add(paid);
    assertThat(verifier().verify(order(USDT), paid.hash(Role.SENDER)).isVerified()).isFalse();
    assertThat(verifier().verify(order(USDT), paid.hash(Role.SENDERS_WALLET)).isVerified()).isFalse();
  }

  @Test
  void row77_aMemoWithMarkupIsShownWithoutControlCharactersAndCut() {
    String evil = "<script>alert(1)</script>\u0000\u001b[31m\u202e" + "x".repeat(500);
    ScriptedTransaction paid = pays(USDT).memo(evil);
    chain.add(paid);
    Memo memo = assertRejected(byHash(order(USDT), paid), Reason.MEMO_MISMATCH).candidate().orElseThrow().memo();
    assertThat(((Memo.Text) memo).display()).hasSizeLessThan(130).doesNotContain("\u0000", "\u001b", "\u202e");
  }

  @ParameterizedTest
  @MethodSource("assets")
  void row80_anInterruptEndsACallWithTheFlagSet(Asset asset) {
    chain.add(pays(asset));
    PaymentVerifier verifier = verifier();
    Thread.currentThread().interrupt();
    assertUnavailable(verifier.verify(order(asset)));
    assertThat(Thread.interrupted()).isTrue();
    Thread.currentThread().interrupt();
    assertUnavailable(verifier.verify(order(asset), Fixtures.NOTICE));
    assertThat(Thread.interrupted()).isTrue();
    assertVerified(verifier.verify(order(asset)));
  }

  @ParameterizedTest
  @MethodSource("assets")
  void aLongCommentInSeveralCellsIsOneText(Asset asset) {
    String text = ORDER + " ".repeat(400);
    assertBothVerified(asset, pays(asset).memo(text));
  }

  @ParameterizedTest
  @MethodSource("assets")
  void aBodyThatIsOnlyDecodedIsRead(Asset asset) {
    assertBothVerified(asset, pays(asset).withoutRawBody());
  }

  @ParameterizedTest
  @MethodSource("assets")
  void aBodyThatIsOnlyInCellsIsRead(Asset asset) {
    assertBothVerified(asset, pays(asset).withoutDecodedBody());
  }

  @Test
  void aTextThatIsNowhereToReadIsUnreadableAndNotMissing() {
    assertBothRejected(TON, pays(TON).withoutRawBody().withoutDecodedBody(), Reason.MEMO_UNREADABLE);
  }

  @Test
  void cellsThatCannotBeReadAreAnUnreadableMemo() {
    ScriptedTransaction odd =
        pays(TON).withoutDecodedBody().edited(json -> ((ObjectNode) json.get("in_msg")).put("raw_body", "b5ee9c7201"));
    assertBothRejected(TON, odd, Reason.MEMO_UNREADABLE);
  }

  @Test
  void cellsThatCannotBeReadAreNeverWhatTheirDecodedFormSays() {
    ScriptedTransaction odd = pays(TON).edited(json -> ((ObjectNode) json.get("in_msg")).put("raw_body", "b5ee9c7201"));
    chain.add(odd);
    assertThat(scan(order(TON)).isVerified()).isFalse();
    assertThat(byHash(order(TON), odd).isVerified()).isFalse();
  }

  @Test
  void anOpcodeThatIsNoNumberIsMalformed() {
    ScriptedTransaction odd =
        pays(TON).withoutDecodedBody().withoutRawBody().edited(json -> ((ObjectNode) json.get("in_msg")).put("op_code", "zz"));
    assertBoth(TON, odd, Reason.MALFORMED);
  }

  @Test
  void aHistoryThatCannotBeReadIsIncompleteUnlessANotificationVerified() {
    api().answers("/v2/jettons/" + Fixtures.USDT + "/accounts/" + MERCHANT + "/history", 500, "{\"error\":\"oops\"}");
    assertIncomplete(scan(order(USDT)));
    chain.add(pays(USDT));
    assertVerified(scan(order(USDT)));
  }

  @Test
  void aStatusThatCannotBeAskedIsIncompleteWhereNothingWasFound() {
    api().answers("/v2/status", 500, "{\"error\":\"oops\"}");
    assertIncomplete(scan(order(TON)));
    chain.add(pays(TON));
    assertVerified(scan(order(TON)));
  }

  @Test
  void aMasterWhoseGetMethodFailsIsUnavailableOrMalformedButNeverVerified() {
    chain.add(pays(USDT));
    for (String body : List.of("{\"success\":false,\"exit_code\":11,\"stack\":[]}", "{\"success\":true,\"decoded\":{}}", "{}")) {
      api().answers("/v2/blockchain/accounts/" + Fixtures.USDT + "/methods/get_wallet_address", 200, body);
      assertUnavailable(scan(order(USDT)));
      assertThat(byHash(order(USDT), chain.get(0)).isVerified()).isFalse();
    }
  }
}
