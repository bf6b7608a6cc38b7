package io.x0tta6bl4.payment.ton;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.x0tta6bl4.payment.Amount;
import io.x0tta6bl4.payment.Asset;
import io.x0tta6bl4.payment.Memo;
import io.x0tta6bl4.payment.PaymentRequest;
import io.x0tta6bl4.payment.Reason;
import io.x0tta6bl4.payment.Transfer;
import io.x0tta6bl4.payment.Verification;
import io.x0tta6bl4.payment.VerifierOptions;
import io.x0tta6bl4.simulator.ton.ScriptedTransaction;
import io.x0tta6bl4.simulator.ton.ScriptedTransaction.Outcome;
import io.x0tta6bl4.simulator.ton.ScriptedTransaction.Role;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Jettons that are told by two feeds, by the recipient's transactions and by the jetton history, are one transfer with one
 * id, whatever is seen first, late or not at all.
 */
class OneTransferOneIdTest extends ScriptedTest {

  private static final Asset USDT = Asset.USDT_JETTON;
  private static final String HISTORY = "/v2/jettons/" + Fixtures.USDT + "/accounts/" + MERCHANT + "/history";
  private static final String HALF = "12.5";

  /** Half of what {@link #order(Asset)} asks for, heard of so long after it came. */
  private static ScriptedTransaction half(long delay) {
    return pays(usdt(HALF)).noticedAfter(delay);
  }

  private static String rowHash(ScriptedTransaction payment) {
    return payment.hash(Role.RECIPIENTS_WALLET);
  }

  private static String noticeHash(ScriptedTransaction payment) {
    return payment.hash(Role.RECIPIENT);
  }

  private static List<String> hashes(List<Transfer> transfers) {
    return transfers.stream().map(transfer -> transfer.id().transactionHash()).toList();
  }

  private Transfer theOnlyOne(Verification verdict) {
    List<Transfer> transfers = assertRejected(verdict, Reason.UNDERPAID).transfers();
    assertThat(transfers).hasSize(1);
    return transfers.get(0);
  }

  private Verification byHash(String hash) {
    return verifier().verify(order(USDT), hash);
  }

  /** Whatever it is asked by, the transfer is the same. */
  private void assertOneTransfer(ScriptedTransaction payment, String expected) {
    Transfer scanned = theOnlyOne(scan(order(USDT)));
    assertThat(scanned.id().transactionHash()).isEqualTo(expected);
    assertThat(scanned.amount()).isEqualTo(usdt(HALF));
    for (Role role : List.of(Role.RECIPIENT, Role.RECIPIENTS_WALLET)) {
      assertThat(assertRejected(byHash(payment.hash(role)), Reason.UNDERPAID).candidate()).as("by the hash of " + role).contains(scanned);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 60, 119, 120})
  void whatIsNotifiedWithinTwoMinutesHasTheIdOfItsNotification(long delay) {
    ScriptedTransaction paid = half(delay);
    chain.add(paid);
    assertOneTransfer(paid, noticeHash(paid));
  }

  @ParameterizedTest
  @ValueSource(longs = {121, 240, 3600, 80_000})
  void whatIsNotifiedLaterKeepsTheIdThatItHasInTheHistory(long delay) {
    ScriptedTransaction paid = half(delay);
    chain.add(paid);
    assertOneTransfer(paid, rowHash(paid));
  }

  @ParameterizedTest
  @ValueSource(longs = {121, 3600})
  void aPaymentThatWasVerifiedBeforeItsNotificationCameIsTheSameBehindIt(long delay) {
    ScriptedTransaction paid = pays(USDT).noticedAfter(delay);
    chain.add(paid);
    api().hide(noticeHash(paid));
    Verification.Verified before = assertVerified(scan(order(USDT)));
    assertThat(hashes(before.transfers())).containsExactly(rowHash(paid));
    api().reset();
    Verification.Verified behind = assertVerified(scan(order(USDT)));
    assertThat(behind.transfers()).isEqualTo(before.transfers());
    assertThat(behind.surplus()).isEmpty();
  }

  @Test
  void whatMayStillBeNotifiedInTimeIsPendingSoThatNoIdIsGivenTwice() {
    for (long delay : new long[] {1, 60, 119}) {
      ScriptedTransaction paid = pays(USDT).at(Fixtures.NOW).noticedAfter(delay);
      chain.clear();
      chain.add(paid);
      api().hide(noticeHash(paid));
      assertPending(scan(order(USDT)));
      api().reset();
      assertThat(hashes(assertVerified(scan(order(USDT))).transfers())).containsExactly(noticeHash(paid));
    }
  }

  @Test
  void theTextOfALateNotificationCountsWhereTheHistoryHasNone() {
    ScriptedTransaction paid = pays(USDT).noticedAfter(3600).historyEdited(row -> row.remove("payload"));
    chain.add(paid);
    Verification.Verified verified = assertVerified(scan(order(USDT)));
    assertThat(hashes(verified.transfers())).containsExactly(rowHash(paid));
    assertThat(verified.completedBy().memo()).isEqualTo(Memo.ofText(ORDER));
    assertThat(assertVerified(byHash(noticeHash(paid))).transfers()).isEqualTo(verified.transfers());
    assertThat(assertVerified(byHash(rowHash(paid))).transfers()).isEqualTo(verified.transfers());
  }

  @Test
  void jettonsWhoseLateNotificationFailsAreThereAsTheyWereBeforeIt() {
    ScriptedTransaction paid = pays(USDT).noticedAfter(121).outcome(Outcome.OUT_OF_GAS);
    chain.add(paid);
    List<Transfer> transfers = assertVerified(scan(order(USDT))).transfers();
    assertThat(hashes(transfers)).containsExactly(rowHash(paid));
    assertThat(assertVerified(byHash(noticeHash(paid))).transfers()).isEqualTo(transfers);
  }

  @Test
  void aLateNotificationInTheWindowOfJettonsBeforeItIsNoTransferOfTheWindow() {
    ScriptedTransaction paid = pays(USDT).noticedAfter(7200);
    chain.add(paid);
    PaymentRequest lastHour = order(ORDER, usdt("25")).maxAge(Duration.ofHours(1)).build();
    assertNotFound(scan(lastHour));
    assertRejected(verifier().verify(lastHour, noticeHash(paid)), Reason.TOO_OLD);
    assertRejected(verifier().verify(lastHour, rowHash(paid)), Reason.TOO_OLD);
  }

  @Test
  void aLateNotificationWithoutARowInAWholeHistoryIsTheTransfer() {
    ScriptedTransaction paid = half(121).historyEdited(row -> row.put("operation", "burn"));
    chain.add(paid);
    Transfer scanned = theOnlyOne(scan(order(USDT)));
    assertThat(scanned.id().transactionHash()).isEqualTo(noticeHash(paid));
    assertThat(assertRejected(byHash(noticeHash(paid)), Reason.UNDERPAID).candidate()).contains(scanned);
  }

  @Test
  void aLateNotificationVerifiesNothingWhileTheHistoryCannotBeRead() {
    ScriptedTransaction paid = pays(USDT).noticedAfter(121);
    chain.add(paid);
    api().answers(HISTORY, 500, "{\"error\":\"oops\"}");
    assertIncomplete(scan(order(USDT)));
    assertPending(byHash(noticeHash(paid)));
    // This is the transaction itself, as the history would name it.
    assertThat(hashes(assertVerified(byHash(rowHash(paid))).transfers())).containsExactly(rowHash(paid));
    api().reset();
    assertThat(hashes(assertVerified(scan(order(USDT))).transfers())).containsExactly(rowHash(paid));
  }

  @Test
  void aNotificationInTimeNeedsNoHistory() {
    ScriptedTransaction paid = pays(USDT).noticedAfter(120);
    chain.add(paid);
    api().answers(HISTORY, 500, "{\"error\":\"oops\"}");
    assertThat(hashes(assertVerified(scan(order(USDT))).transfers())).containsExactly(noticeHash(paid));
    api().forgetRequests();
    assertVerified(byHash(noticeHash(paid)));
    assertThat(api().paths()).doesNotContain(HISTORY);
  }

  @Test
  void aLateNotificationVerifiesNothingWhereTheHistoryBreaksOffBeforeItsRow() {
    ScriptedTransaction paid = pays(USDT).noticedAfter(121);
    chain.add(paid);
    for (int i = 0; i < 150; i++) {
      chain.add(pays(Amount.ofUnits(USDT, 1)).withoutNotice().memo("").nonce(i).at(RECENTLY.plusSeconds(i + 1)));
    }
    assertIncomplete(verifier(VerifierOptions.MAX_PAGES, "1").verify(order(USDT)));
    assertThat(hashes(assertVerified(scan(order(USDT))).transfers())).containsExactly(rowHash(paid));
    // By hash it is read from the notification on, so that what came later is not in the way.
    Verification byHash = verifier(VerifierOptions.MAX_PAGES, "1").verify(order(USDT), noticeHash(paid));
    assertThat(hashes(assertVerified(byHash).transfers())).containsExactly(rowHash(paid));
  }

  @Test
  void aLateNotificationIsPendingWhereTheHistoryBreaksOffBetweenItsRowAndTheWindow() {
    chain.add(pays(USDT).noticedAfter(200_000).historyEdited(row -> row.put("operation", "burn")));
    for (int i = 0; i < 150; i++) {
      ScriptedTransaction dust = pays(Amount.ofUnits(USDT, 1)).withoutNotice().memo("").nonce(i);
      chain.add(dust.at(Fixtures.NOW.minus(Duration.ofHours(30)).plusSeconds(i)));
    }
    assertPending(verifier(VerifierOptions.MAX_PAGES, "1").verify(order(USDT)));
    assertNotFound(verifier(VerifierOptions.MAX_PAGES, "1").verify(order("ORD-9999", usdt("7")).build()));
  }

  @Test
  void aLateNotificationIsPendingWhereARowOfTheHistoryCannotBeRead() {
    ScriptedTransaction paid = pays(USDT).noticedAfter(121).historyEdited(row -> row.put("amount", "1e6"));
    chain.add(paid);
    assertPending(scan(order(USDT)));
    assertPending(byHash(noticeHash(paid)));
  }

  @ParameterizedTest
  @ValueSource(longs = {5, 120, 121, 3600})
  void anEqualPaymentWithAnotherQueryIdIsAnotherTransfer(long delay) {
    chain.add(half(delay));
    chain.add(half(delay).queryId(BigInteger.TWO).at(RECENTLY.plusSeconds(30)));
    assertTwoTransfers();
  }

  /** When a second payment came after the first, and how long the notification of each was under way; -1 for none. */
  record Two(long gap, long firstDelay, long secondDelay) {}

  static List<Two> pairsOfPayments() {
    List<Two> all = new ArrayList<>();
    long[] delays = {-1, 0, 5, 120, 121, 3600};
    for (long gap : new long[] {1, 60, 121, 3000}) {
      for (long first : delays) {
        for (long second : delays) {
          all.add(new Two(gap, first, second));
        }
      }
    }
    return all;
  }

  @ParameterizedTest
  @MethodSource("pairsOfPayments")
  void twoEqualPaymentsWithQueryId0AreTwoTransfersHoweverTheyAreNotified(Two two) {
    long firstCame = Fixtures.NOW.minusSeconds(12_000).getEpochSecond();
    chain.add(cameAt(firstCame, two.firstDelay()));
    chain.add(cameAt(firstCame + two.gap(), two.secondDelay()).nonce(1));
    assertTwoTransfers();
  }

  private static ScriptedTransaction cameAt(long second, long delay) {
    ScriptedTransaction payment = pays(usdt(HALF)).queryId(BigInteger.ZERO);
    long heard = second + Math.max(0, delay);
    payment = payment.at(Fixtures.NOW.plusSeconds(heard - Fixtures.NOW.getEpochSecond()));
    return delay < 0 ? payment.withoutNotice() : payment.noticedAfter(delay);
  }

  private static String expectedHash(ScriptedTransaction payment) {
    boolean inTime = payment.isNoticed() && payment.blockTime().getEpochSecond() - payment.walletTime() <= 120;
    return inTime ? noticeHash(payment) : rowHash(payment);
  }

  private void assertTwoTransfers() {
    Verification.Verified verified = assertVerified(scan(order(USDT)));
    assertThat(hashes(verified.transfers()))
        .containsExactlyInAnyOrderElementsOf(chain.stream().map(OneTransferOneIdTest::expectedHash).toList());
    assertThat(verified.surplus()).isEmpty();
    for (ScriptedTransaction payment : chain) {
      List<String> known = payment.isNoticed() ? List.of(noticeHash(payment), rowHash(payment)) : List.of(rowHash(payment));
      for (String hash : known) {
        Transfer candidate = assertRejected(byHash(hash), Reason.UNDERPAID).candidate().orElseThrow();
        assertThat(candidate.id().transactionHash()).isEqualTo(expectedHash(payment));
        assertThat(verified.transfers()).contains(candidate);
      }
    }
  }

  @Test
  void aPaymentInTimeWhoseRowTheHistoryLacksIsNotAnOlderOneThatLooksAlike() {
    long came = RECENTLY.getEpochSecond();
    chain.add(cameAt(came - 3000, -1));
    chain.add(cameAt(came, 5).nonce(1).historyEdited(row -> row.put("operation", "burn")));
    assertTwoTransfers();
  }

  @Test
  void byHashALateNotificationOfWhichNobodyKnowsToWhichOfTwoRowsOfOneBlockItBelongsIsPending() {
    long came = RECENTLY.getEpochSecond() - 3600;
    ScriptedTransaction first = cameAt(came, 121);
    ScriptedTransaction second = cameAt(came, 122).nonce(1);
    chain.add(first);
    chain.add(second);
    Verification.Verified verified = assertVerified(scan(order(USDT)));
    assertThat(hashes(verified.transfers())).containsExactlyInAnyOrder(rowHash(first), rowHash(second));
    PaymentRequest half = order(ORDER, usdt(HALF)).build();
    assertPending(verifier().verify(half, noticeHash(second)));
    assertThat(hashes(assertVerified(verifier().verify(half, rowHash(first))).transfers())).containsExactly(rowHash(first));
  }

  static List<Consumer<ObjectNode>> unreadable() {
    return List.of(
        json -> json.put("utime", -1),
        json -> json.putNull("hash"),
        json -> json.put("lt", "x"),
        json -> ((ObjectNode) json.get("account")).put("address", Fixtures.STRANGER),
        json -> ((ObjectNode) json.get("in_msg")).put("raw_body", "b5ee9c7201"),
        json -> ((ObjectNode) json.get("in_msg")).put("raw_body", "b5ee9c7201").remove("decoded_body"),
        json -> ((ObjectNode) json.get("in_msg")).remove(List.of("raw_body", "decoded_body", "decoded_op_name")),
        json -> ((ObjectNode) json.get("in_msg").get("decoded_body")).put("amount", "26000000"),
        json -> ((ObjectNode) json.get("in_msg")).remove("created_at"),
        json -> ((ObjectNode) json.get("in_msg")).put("created_at", 0),
        json -> ((ObjectNode) json.get("in_msg")).put("created_at", Fixtures.NOW.getEpochSecond()));
  }

  @ParameterizedTest
  @MethodSource("unreadable")
  void whatIsInTheHistoryIsPendingWhileItsNotificationMayBeARowThatCannotBeRead(Consumer<ObjectNode> damage) {
    ScriptedTransaction paid = pays(USDT).noticedAfter(5);
    chain.add(pays(ton("1")).memo("").at(RECENTLY.minusSeconds(60)));
    chain.add(paid.edited(damage));
    chain.add(pays(ton("1")).memo("").at(RECENTLY.plusSeconds(60)));
    Verification.Pending pending = assertPending(scan(order(USDT)));
    assertThat(hashes(pending.transfers())).containsExactly(rowHash(paid));
    assertThat(pending.notes()).contains("1 row could not be read");
    assertThat(byHash(rowHash(paid)).isVerified()).isFalse();
    chain.set(1, paid);
    Verification.Verified verified = assertVerified(scan(order(USDT)));
    assertThat(hashes(verified.transfers())).containsExactly(noticeHash(paid));
    assertThat(verified.surplus()).isEmpty();
  }

  @Test
  void whatCouldBeARowOfAnotherTimeOnlyIsNoReasonToWait() {
    ScriptedTransaction silent = pays(USDT).withoutNotice();
    ScriptedTransaction damaged = pays(ton("1")).memo("").edited(json -> json.put("utime", -1));
    chain.add(silent);
    chain.add(pays(ton("1")).memo("").at(RECENTLY.plusSeconds(121)));
    chain.add(damaged.at(RECENTLY.plusSeconds(130)));
    assertThat(hashes(assertVerified(scan(order(USDT))).transfers())).containsExactly(silent.hash());
    chain.set(1, pays(ton("1")).memo("").at(RECENTLY.plusSeconds(120)));
    assertPending(scan(order(USDT)));
  }

  @Test
  void whatCameBehindTheRowsThatCannotBeReadIsNoReasonToWait() {
    ScriptedTransaction silent = pays(USDT).withoutNotice();
    chain.add(pays(ton("1")).memo("").edited(json -> json.put("utime", -1)).at(RECENTLY.minusSeconds(20)));
    chain.add(pays(ton("1")).memo("").at(RECENTLY.minusSeconds(1)));
    chain.add(silent);
    assertThat(hashes(assertVerified(scan(order(USDT))).transfers())).containsExactly(silent.hash());
  }

  @Test
  void whatWasNotifiedLateIsKnownWhateverElseCannotBeRead() {
    ScriptedTransaction paid = pays(USDT).noticedAfter(3600);
    chain.add(pays(ton("1")).memo("").edited(json -> json.put("utime", -1)).at(RECENTLY.minusSeconds(3590)));
    chain.add(paid);
    assertThat(hashes(assertVerified(scan(order(USDT))).transfers())).containsExactly(rowHash(paid));
  }
}
