package io.x0tta6bl4.payment.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.x0tta6bl4.payment.Amount;
import io.x0tta6bl4.payment.MatchMode;
import io.x0tta6bl4.payment.PaymentRequest;
import io.x0tta6bl4.payment.PaymentVerifier;
import io.x0tta6bl4.payment.Reason;
import io.x0tta6bl4.payment.TransferId;
import io.x0tta6bl4.payment.Verification;
import io.x0tta6bl4.payment.VerifierOptions;
import io.x0tta6bl4.payment.spi.VerifierContext;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * What every {@link PaymentVerifier} must do, by the rules R1 to R20 that its Javadoc numbers.
 *
 * <p>Whoever writes a verifier extends this, names the chain's things in {@link #network()} and makes a verifier that reads
 * an {@link InMemoryChain} in {@link #verifier}: directly, or through a server that plays the chain in the provider's wire
 * format. A rule about something that the chain does not have is skipped, with its name, where {@link #features()} leaves it
 * out.
 *
 * {@snippet class="io.x0tta6bl4.payment.testkit.InMemoryPaymentVerifierTest" region="contract"}
 *
 * @since 0.1.0
 */
public abstract class PaymentVerifierContract {

  /** The instant of the tests; a server that plays the chain has its head here, and settles what is a minute old. */
  protected static final Instant NOW = Instant.parse("2026-01-01T01:00:00Z");

  private static final String ORDER = "ORD-1001";

  private MutableClock clock = new MutableClock(NOW);
  private InMemoryChain chain = new InMemoryChain(clock);
  private @Nullable PaymentVerifier verifier;

  /** Things that a chain may not have. */
  public enum Feature {
    /** Memos that are no text. */
    UNREADABLE_MEMO,
    /** Transactions of several transfers. */
    SEVERAL_TRANSFERS,
    /** Approvals. */
    APPROVAL,
    /** Mints. */
    MINT,
    /** Transfers to oneself. */
    SELF_TRANSFER,
    /** Transactions whose result the provider does not tell yet. */
    UNDECIDED
  }

  /** Makes the tests. */
  protected PaymentVerifierContract() {}

  /**
   * Names the chain's things.
   *
   * @return the same things at every call
   */
  protected abstract ContractNetwork network();

  /**
   * Makes the verifier that is tested. It is closed behind each test.
   *
   * @param paid the chain that it must read; payments are added before and after this call
   * @param context settings (of which a timeout is set), clock and ticker that it must use
   * @return a new verifier
   */
  protected abstract PaymentVerifier verifier(InMemoryChain paid, VerifierContext context);

  /**
   * Gives the hash by which the verifier knows a transaction.
   *
   * @param transaction on the chain
   * @return its hash; by default that of the chain
   */
  protected String hashOf(ChainTransaction transaction) {
    return transaction.hash();
  }

  /**
   * Names what the chain has.
   *
   * @return all features by default
   */
  protected Set<Feature> features() {
    return EnumSet.allOf(Feature.class);
  }

  /**
   * Names the reason by which a transaction that the chain did not carry out is rejected by hash.
   *
   * @return {@link Reason#FAILED} by default; {@link Reason#BOUNCED} where money that is refused goes back
   */
  protected Reason reasonOfAFailedTransaction() {
    return Reason.FAILED;
  }

  @BeforeEach
  final void makeVerifier() {
    clock = new MutableClock(NOW);
    chain = new InMemoryChain(clock);
    VerifierOptions options = VerifierOptions.none().with(VerifierOptions.TIMEOUT, "PT10S");
    verifier = verifier(chain, VerifierContext.of(options, clock, new ManualTicker()));
  }

  @AfterEach
  final void closeVerifier() {
    // A test that was interrupted must not leave the flag to the next one.
    Thread.interrupted();
    tested().close();
  }

  @Test
  @DisplayName("R1 a transfer to the recipient counts, however his address is spelled")
  final void r01CountsWhatTheRecipientReceived() {
    ChainTransaction paid = paid("25").memo(ORDER).submit();
    assertVerified(verify(order().build()), paid, "25");
    PaymentRequest respelled = PaymentRequest.builder(ORDER, network().recipientRespelled(), amount("25")).build();
    assertVerified(verify(respelled), paid, "25");
  }

  @Test
  @DisplayName("R1 a transfer to somebody else does not count, and is WRONG_RECIPIENT by hash")
  final void r01RefusesWhatAStrangerReceived() {
    ChainTransaction paid = chain.pay(network().stranger(), amount("25")).from(network().payer()).memo(ORDER).submit();
    assertNotFound(verify(order().build()));
    assertRejected(Reason.WRONG_RECIPIENT, verify(order().build(), paid));
  }

  @Test
  @DisplayName("R2 a transfer of another asset does not count, and is WRONG_TOKEN by hash")
  final void r02RefusesAnotherAsset() {
    Amount other = Amount.of(network().otherAsset(), new BigDecimal("25"));
    ChainTransaction paid =
        chain.pay(network().recipient(), other).from(network().payer()).memo(ORDER).submit();
    assertNotFound(verify(order().build()));
    assertRejected(Reason.WRONG_TOKEN, verify(order().build(), paid));
  }

  @Test
  @DisplayName("R3 a memo that is not the order id is not the order's")
  final void r03RefusesOtherMemos() {
    for (String memo : List.of("ORD-10011", "ORD-100", ORDER.toLowerCase(Locale.ROOT), "for ORD-1001", "ORD -1001", "ОRD-1001")) {
      ChainTransaction paid = paid("25").memo(memo).submit();
      assertNotFound(verify(order().build()));
      assertRejected(Reason.MEMO_MISMATCH, verify(order().build(), paid));
    }
  }

  @Test
  @DisplayName("R3 ASCII white space and NUL around the memo do not matter")
  final void r03TrimsTheMemo() {
    ChainTransaction paid = paid("25").memo("  \t" + ORDER + " \r\n\0").submit();
    assertVerified(verify(order().build()), paid, "25");
    assertVerified(verify(order().build(), paid), paid, "25");
  }

  @Test
  @DisplayName("R4 the right amount without a memo is MEMO_MISSING")
  final void r04TellsAMissingMemo() {
    ChainTransaction paid = paid("25").submit();
    assertRejected(Reason.MEMO_MISSING, verify(order().build()));
    assertRejected(Reason.MEMO_MISSING, verify(order().build(), paid));
  }

  @Test
  @DisplayName("R4 the wrong amount without a memo is nobody's")
  final void r04KeepsQuietAboutOtherAmounts() {
    paid("3").submit();
    assertNotFound(verify(order().build()));
  }

  @Test
  @DisplayName("R4 the right amount with a memo that is no text is MEMO_UNREADABLE")
  final void r04TellsAnUnreadableMemo() {
    requireFeature(Feature.UNREADABLE_MEMO);
    ChainTransaction paid = paid("25").memo(new byte[] {(byte) 0xff, (byte) 0xfe, 0, 'O'}).submit();
    assertRejected(Reason.MEMO_UNREADABLE, verify(order().build()));
    assertRejected(Reason.MEMO_UNREADABLE, verify(order().build(), paid));
  }

  @Test
  @DisplayName("R5 the tolerance holds both ways, its bounds included")
  final void r05AcceptsTheBoundsOfTheTolerance() {
    ChainTransaction least = paid("24.75").memo("ORD-LEAST").submit();
    ChainTransaction most = paid("25.25").memo("ORD-MOST").submit();
    assertVerified(verify(order("ORD-LEAST").build()), least, "24.75");
    assertVerified(verify(order("ORD-MOST").build()), most, "25.25");
  }

  @Test
  @DisplayName("R5 one unit below the tolerance is UNDERPAID, one above OVERPAID")
  final void r05RefusesOneUnitBeyondTheTolerance() {
    ChainTransaction less = paid(oneUnitBelow("24.75")).memo("ORD-LESS").submit();
    ChainTransaction more = paid(oneUnitAbove("25.25")).memo("ORD-MORE").submit();
    assertRejected(Reason.UNDERPAID, verify(order("ORD-LESS").build()));
    assertRejected(Reason.UNDERPAID, verify(order("ORD-LESS").build(), less));
    assertRejected(Reason.OVERPAID, verify(order("ORD-MORE").build()));
    assertRejected(Reason.OVERPAID, verify(order("ORD-MORE").build(), more));
  }

  @Test
  @DisplayName("R5 a unique amount is met exactly, whatever the memo says")
  final void r05MatchesAUniqueAmountExactly() {
    paid("25.01").memo(ORDER).submit();
    PaymentRequest byAmount = order().matchMode(MatchMode.AMOUNT).build();
    assertNotFound(verify(byAmount));
    ChainTransaction paid = paid("25").memo("thanks").submit();
    assertVerified(verify(byAmount), paid, "25");
  }

  @Test
  @DisplayName("R5 by dedicated address every transfer counts")
  final void r05CountsEverythingAtADedicatedAddress() {
    ChainTransaction paid = paid("25").memo("whatever").submit();
    assertVerified(verify(order().matchMode(MatchMode.ADDRESS).build()), paid, "25");
  }

  @Test
  @DisplayName("R6 an over-payment is accepted where the request says so, and the excess is told")
  final void r06TellsTheExcess() {
    ChainTransaction paid = paid("30").memo(ORDER).submit();
    Verification verdict = verify(order().acceptOverpayment(true).build());
    assertEquals(amount("5"), assertVerified(verdict, paid, "30").excess());
  }

  @Test
  @DisplayName("R7 a block of exactly the maximum age counts, an older one does not and is TOO_OLD by hash")
  final void r07KeepsTheMaximumAge() {
    ChainTransaction exactly = paid("25").memo(ORDER).at(NOW.minus(Duration.ofHours(24))).submit();
    assertVerified(verify(order().build()), exactly, "25");
    clock.advance(Duration.ofMillis(1));
    assertNotFound(verify(order().build()));
    assertRejected(Reason.TOO_OLD, verify(order().build(), exactly));
  }

  @Test
  @DisplayName("R8 a block two minutes ahead of the clock counts, a later one is FUTURE_TIMESTAMP")
  final void r08ToleratesTheSkewOfClocks() {
    ChainTransaction ahead = paid("25").memo(ORDER).at(NOW.plus(Duration.ofMinutes(2))).submit();
    assertVerified(verify(order().build()), ahead, "25");
    clock.advance(Duration.ofMillis(-1));
    assertRejected(Reason.FUTURE_TIMESTAMP, verify(order().build()));
    assertRejected(Reason.FUTURE_TIMESTAMP, verify(order().build(), ahead));
  }

  @Test
  @DisplayName("R9 a payment before the order is TOO_EARLY, one at its instant counts")
  final void r09RefusesWhatWasPaidBeforeTheOrder() {
    Instant blockTime = NOW.minus(Duration.ofMinutes(10));
    ChainTransaction paid = paid("25").memo(ORDER).at(blockTime).submit();
    assertRejected(Reason.TOO_EARLY, verify(order().notBefore(blockTime.plusMillis(1)).build()));
    assertRejected(Reason.TOO_EARLY, verify(order().notBefore(blockTime.plusMillis(1)).build(), paid));
    assertVerified(verify(order().notBefore(blockTime).build()), paid, "25");
  }

  @Test
  @DisplayName("R10 what is not final is Pending, and verified once it is")
  final void r10WaitsForFinality() {
    ChainTransaction paid = paid("25").memo(ORDER).at(NOW.minus(Duration.ofSeconds(6))).pending().submit();
    assertPending(verify(order().build()));
    assertPending(verify(order().build(), paid));
    clock.advance(Duration.ofMinutes(2));
    ChainTransaction settled = chain.settle(paid);
    assertVerified(verify(order().build()), settled, "25");
  }

  @Test
  @DisplayName("R10 a pending transfer that the chain takes back is NotFound")
  final void r10ForgetsWhatTheChainTookBack() {
    ChainTransaction paid = paid("25").memo(ORDER).at(NOW.minus(Duration.ofSeconds(6))).pending().submit();
    assertPending(verify(order().build()));
    chain.drop(paid);
    assertNotFound(verify(order().build()));
    assertNotFound(verify(order().build(), paid));
  }

  @Test
  @DisplayName("R10 a transfer whose result the provider does not tell is Pending")
  final void r10NeverTakesSilenceForSuccess() {
    requireFeature(Feature.UNDECIDED);
    ChainTransaction paid = paid("25").memo(ORDER).undecided().submit();
    assertPending(verify(order().build()));
    assertPending(verify(order().build(), paid));
  }

  @Test
  @DisplayName("R11 a failed transaction brings nothing, and is FAILED (or BOUNCED) by hash")
  final void r11RefusesAFailedTransaction() {
    ChainTransaction paid = paid("25").memo(ORDER).failing().submit();
    assertNotFound(verify(order().build()));
    assertRejected(reasonOfAFailedTransaction(), verify(order().build(), paid));
  }

  @Test
  @DisplayName("R12 parts add up in order to the one that completes the amount; what follows is surplus")
  final void r12AddsUpParts() {
    paid("10").memo(ORDER).at(minutesAgo(9)).submit();
    assertRejected(Reason.UNDERPAID, verify(order().build()));
    ChainTransaction second = paid("15").memo(ORDER).at(minutesAgo(8)).submit();
    paid("7").memo(ORDER).at(minutesAgo(7)).submit();
    Verification.Verified verdict = assertVerified(verify(order().build()), second, "25");
    assertEquals(2, verdict.transfers().size());
    assertEquals(amount("7"), verdict.surplusTotal());
  }

  @Test
  @DisplayName("R12 the earliest that does alone is the payment, not the parts before it")
  final void r12PrefersTheOneThatDoesAlone() {
    paid("10").memo(ORDER).at(minutesAgo(9)).submit();
    ChainTransaction alone = paid("25").memo(ORDER).at(minutesAgo(8)).submit();
    paid("25").memo(ORDER).at(minutesAgo(7)).submit();
    Verification.Verified verdict = assertVerified(verify(order().build()), alone, "25");
    assertEquals(amount("35"), verdict.surplusTotal());
  }

  @Test
  @DisplayName("R12 a sum that falls short is UNDERPAID with the total")
  final void r12TellsTheTotalOfAShortSum() {
    paid("10").memo(ORDER).at(minutesAgo(9)).submit();
    ChainTransaction latest = paid("5").memo(ORDER).at(minutesAgo(8)).submit();
    Verification.Rejected verdict = assertRejected(Reason.UNDERPAID, verify(order().build()));
    assertEquals(amount("15"), verdict.received().orElseThrow());
    assertEquals(hashOf(latest), verdict.candidate().orElseThrow().id().transactionHash());
  }

  @Test
  @DisplayName("R12 parts do not add up where the request demands one transfer")
  final void r12DemandsOneTransferWhereAsked() {
    paid("10").memo(ORDER).at(minutesAgo(9)).submit();
    paid("15").memo(ORDER).at(minutesAgo(8)).submit();
    assertRejected(Reason.UNDERPAID, verify(order().addUp(false).build()));
  }

  @Test
  @DisplayName("R12 final and pending parts together are Pending")
  final void r12WaitsForThePendingPart() {
    paid("10").memo(ORDER).at(minutesAgo(9)).submit();
    paid("15").memo(ORDER).at(NOW.minus(Duration.ofSeconds(6))).pending().submit();
    assertPending(verify(order().build()));
  }

  @Test
  @DisplayName("R12 two transfers of one transaction are two, with an id each, the same by scan and by hash")
  final void r12KeepsTransfersOfOneTransactionApart() {
    requireFeature(Feature.SEVERAL_TRANSFERS);
    ChainTransaction paid =
        paid("10").memo(ORDER).alsoPaying(network().stranger(), amount("3")).alsoPaying(network().recipient(), amount("15")).submit();
    Verification.Verified byScan = assertVerified(verify(order().build()), paid, "25");
    Verification.Verified byHash = assertVerified(verify(order().build(), paid), paid, "25");
    List<TransferId> ids = byScan.transfers().stream().map(t -> t.id()).toList();
    assertEquals(2, Set.copyOf(ids).size(), () -> "ids " + ids);
    assertEquals(ids, byHash.transfers().stream().map(t -> t.id()).toList());
  }

  @Test
  @DisplayName("R13 a transfer to oneself is SELF_TRANSFER")
  final void r13RefusesATransferToOneself() {
    requireFeature(Feature.SELF_TRANSFER);
    ChainTransaction paid = chain.pay(network().recipient(), amount("25")).from(network().recipient()).memo(ORDER).submit();
    assertRejected(Reason.SELF_TRANSFER, verify(order().build()));
    assertRejected(Reason.SELF_TRANSFER, verify(order().build(), paid));
  }

  @Test
  @DisplayName("R13 an outgoing transfer does not count, and is NOT_A_PAYMENT by hash")
  final void r13RefusesAnOutgoingTransfer() {
    ChainTransaction sent = chain.pay(network().stranger(), amount("25")).from(network().recipient()).memo(ORDER).submit();
    assertNotFound(verify(order().build()));
    assertRejected(Reason.NOT_A_PAYMENT, verify(order().build(), sent));
  }

  @Test
  @DisplayName("R13 an approval does not count, and is NOT_A_PAYMENT by hash")
  final void r13RefusesAnApproval() {
    requireFeature(Feature.APPROVAL);
    ChainTransaction approved = paid("25").memo(ORDER).approvingOnly().submit();
    assertNotFound(verify(order().build()));
    assertRejected(Reason.NOT_A_PAYMENT, verify(order().build(), approved));
  }

  @Test
  @DisplayName("R13 a mint does not count, and is NOT_A_PAYMENT by hash")
  final void r13RefusesAMint() {
    requireFeature(Feature.MINT);
    ChainTransaction minted = paid("25").memo(ORDER).minting().submit();
    assertNotFound(verify(order().build()));
    assertRejected(Reason.NOT_A_PAYMENT, verify(order().build(), minted));
  }

  @Test
  @DisplayName("R14 a listing that breaks off is Incomplete, unless what it showed verifies")
  final void r14TellsAnIncompleteScan() {
    ChainTransaction first = paid("25").memo("ORD-FIRST").at(minutesAgo(20)).submit();
    paid("25").memo(ORDER).at(minutesAgo(10)).submit();
    chain.provider(ProviderState.TRUNCATING);
    assertInstanceOf(Verification.Incomplete.class, verify(order().build()));
    assertVerified(verify(order("ORD-FIRST").build()), first, "25");
  }

  @Test
  @DisplayName("R15 a provider that is down is Unavailable")
  final void r15TellsAnOutage() {
    ChainTransaction paid = paid("25").memo(ORDER).submit();
    chain.provider(ProviderState.DOWN);
    assertInstanceOf(Verification.Unavailable.class, verify(order().build()));
    assertInstanceOf(Verification.Unavailable.class, verify(order().build(), paid));
  }

  @Test
  @DisplayName("R15 a provider that limits us is Unavailable, and says when to ask again")
  final void r15TellsWhenToAskAgain() {
    chain.provider(ProviderState.RATE_LIMITED);
    Verification verdict = verify(order().build());
    assertNotNull(assertInstanceOf(Verification.Unavailable.class, verdict).retryIn());
  }

  @Test
  @DisplayName("R15 a provider behind the chain is Unavailable, not NotFound; what it has may verify")
  final void r15TellsAStaleProvider() {
    ChainTransaction old = paid("25").memo("ORD-OLD").at(minutesAgo(30)).submit();
    chain.provider(ProviderState.BEHIND);
    assertInstanceOf(Verification.Unavailable.class, verify(order().build()));
    assertVerified(verify(order("ORD-OLD").build()), old, "25");
    Verification unknown = tested().verify(order().build(), "ab".repeat(32));
    assertInstanceOf(Verification.Unavailable.class, unknown);
  }

  @Test
  @DisplayName("R16 by hash, that transaction alone is judged")
  final void r16JudgesOneTransaction() {
    ChainTransaction paid = paid("25").memo(ORDER).submit();
    ChainTransaction other = paid("25").memo("ORD-2002").submit();
    assertVerified(verify(order().build(), paid), paid, "25");
    assertRejected(Reason.MEMO_MISMATCH, verify(order().build(), other));
  }

  @Test
  @DisplayName("R16 a hash may be upper case, with 0x and blanks around it")
  final void r16ReadsAHashAsPeoplePasteIt() {
    ChainTransaction paid = paid("25").memo(ORDER).submit();
    String pasted = "  0x" + hashOf(paid).toUpperCase(Locale.ROOT) + "\n";
    assertVerified(tested().verify(order().build(), pasted), paid, "25");
  }

  @Test
  @DisplayName("R16 a hash that a fresh provider does not know is NotFound")
  final void r16TellsAnUnknownHash() {
    assertNotFound(tested().verify(order().build(), "ab".repeat(32)));
  }

  @Test
  @DisplayName("R17 a transfer that is listed twice counts once")
  final void r17CountsOnce() {
    chain.listTwice(true);
    paid("12.5").memo(ORDER).submit();
    Verification.Rejected verdict = assertRejected(Reason.UNDERPAID, verify(order().build()));
    assertEquals(amount("12.5"), verdict.received().orElseThrow());
  }

  @Test
  @DisplayName("R17 asking again gives the same answer, and by hash the same transfer")
  final void r17AnswersTheSameAgain() {
    ChainTransaction paid = paid("25").memo(ORDER).submit();
    Verification first = verify(order().build());
    assertEquals(first, verify(order().build()));
    assertEquals(
        assertVerified(first, paid, "25").transfers(), assertVerified(verify(order().build(), paid), paid, "25").transfers());
  }

  @Test
  @DisplayName("R17 many orders of a wallet get their verdicts in their order")
  final void r17AnswersManyOrders() {
    ChainTransaction paid = paid("25").memo(ORDER).submit();
    paid("1").memo("ORD-2002").submit();
    List<Verification> verdicts =
        tested().verifyAll(List.of(order("ORD-3003").build(), order().build(), order("ORD-2002").build()));
    assertNotFound(verdicts.get(0));
    assertVerified(verdicts.get(1), paid, "25");
    assertRejected(Reason.UNDERPAID, verdicts.get(2));
  }

  @Test
  @DisplayName("R18 bad input is refused before anything is sent, even while the provider is down")
  final void r18RefusesBadInput() {
    chain.provider(ProviderState.DOWN);
    for (String bad : network().badAddresses()) {
      PaymentRequest request = PaymentRequest.builder(ORDER, bad, amount("25")).build();
      assertThrows(IllegalArgumentException.class, () -> tested().verify(request), bad);
      assertThrows(IllegalArgumentException.class, () -> tested().verify(request, "ab".repeat(32)), bad);
    }
    for (String bad : List.of("", "ab", "../" + "ab".repeat(32), "zz".repeat(32), "ab".repeat(33), "ab".repeat(31) + "?a")) {
      assertThrows(IllegalArgumentException.class, () -> tested().verify(order().build(), bad), bad);
    }
  }

  @Test
  @DisplayName("R19 an interrupt ends the call with the flag set and the verdict Unavailable")
  final void r19EndsOnAnInterrupt() {
    paid("25").memo(ORDER).submit();
    Thread.currentThread().interrupt();
    Verification verdict = verify(order().build());
    boolean flag = Thread.interrupted();
    assertInstanceOf(Verification.Unavailable.class, verdict);
    assertTrue(flag, "the interrupt flag is kept");
  }

  @Test
  @DisplayName("R20 a closed verifier refuses, and may be closed again")
  final void r20RefusesAfterClose() {
    tested().close();
    tested().close();
    assertThrows(IllegalStateException.class, () -> verify(order().build()));
    assertThrows(IllegalStateException.class, () -> tested().verify(order().build(), "ab".repeat(32)));
  }

  private PaymentVerifier tested() {
    PaymentVerifier made = verifier;
    if (made == null) {
      throw new IllegalStateException("no verifier was made");
    }
    return made;
  }

  private Verification verify(PaymentRequest request) {
    return tested().verify(request);
  }

  private Verification verify(PaymentRequest request, ChainTransaction transaction) {
    return tested().verify(request, hashOf(transaction));
  }

  private InMemoryChain.Payment paid(String value) {
    return chain.pay(network().recipient(), amount(value)).from(network().payer());
  }

  private PaymentRequest.Builder order() {
    return order(ORDER);
  }

  private PaymentRequest.Builder order(String id) {
    return PaymentRequest.builder(id, network().recipient(), amount("25"));
  }

  private Amount amount(String value) {
    return Amount.of(network().asset(), new BigDecimal(value));
  }

  private String oneUnitBelow(String value) {
    return new BigDecimal(value).subtract(oneUnit()).toPlainString();
  }

  private String oneUnitAbove(String value) {
    return new BigDecimal(value).add(oneUnit()).toPlainString();
  }

  private BigDecimal oneUnit() {
    return BigDecimal.ONE.movePointLeft(network().asset().decimals());
  }

  private static Instant minutesAgo(int minutes) {
    return NOW.minus(Duration.ofMinutes(minutes));
  }

  private void requireFeature(Feature feature) {
    assumeTrue(features().contains(feature), () -> "the chain has no " + feature);
  }

  private Verification.Verified assertVerified(Verification verdict, ChainTransaction by, String total) {
    Verification.Verified verified = assertInstanceOf(Verification.Verified.class, verdict, () -> "verdict " + verdict);
    assertEquals(amount(total), verified.total());
    assertEquals(hashOf(by), verified.completedBy().id().transactionHash());
    assertTrue(verified.transfers().stream().allMatch(t -> t.isSettled()), "only settled transfers count");
    return verified;
  }

  private static Verification.Rejected assertRejected(Reason reason, Verification verdict) {
    Verification.Rejected rejected = assertInstanceOf(Verification.Rejected.class, verdict, () -> "verdict " + verdict);
    assertEquals(reason, rejected.reason());
    return rejected;
  }

  private static void assertPending(Verification verdict) {
    assertInstanceOf(Verification.Pending.class, verdict, () -> "verdict " + verdict);
  }

  private static void assertNotFound(Verification verdict) {
    assertInstanceOf(Verification.NotFound.class, verdict, () -> "verdict " + verdict);
  }
}
