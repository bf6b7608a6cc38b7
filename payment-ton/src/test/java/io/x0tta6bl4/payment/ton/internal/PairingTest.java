package io.x0tta6bl4.payment.ton.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.x0tta6bl4.payment.MalformedReplyException;
import io.x0tta6bl4.payment.Memo;
import io.x0tta6bl4.payment.http.Json;
import io.x0tta6bl4.payment.ton.Fixtures;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which notification belongs to which row of the history, and how such a row is read. */
class PairingTest {

  private static final TonAddress PAYER = TonAddress.parse(Fixtures.PAYER, false);
  private static final TonAddress OTHER = TonAddress.parse(Fixtures.STRANGER, false);
  private static final TonAddress USDT = TonAddress.parse(Fixtures.USDT, false);
  private static final BigInteger TEN = BigInteger.TEN;

  private static int notices;

  private static JettonOperation row(String memo, long utime) {
    return rowWithHash(memo, utime, String.format("%064x", utime));
  }

  private static JettonOperation rowWithHash(String memo, long utime, String hash) {
    return new JettonOperation(
        "transfer", utime, utime, hash, Optional.of(PAYER), Optional.of(OTHER), TEN, USDT, BigInteger.ZERO,
        Memo.ofText(memo));
  }

  private static JettonOperation silentRow(long utime) {
    return row("", utime);
  }

  private static Notice notice(String memo, long sentAt, long delay, TonAddress sender, BigInteger amount, long queryId) {
    long utime = sentAt + delay;
    Body.JettonNotification body =
        new Body.JettonNotification(BigInteger.valueOf(queryId), amount, sender, Memo.ofText(memo));
    Message message = new Message("int_msg", false, Fixtures.MERCHANT_WALLET, sentAt, null, null, null, null);
    TonTransaction transaction =
        new TonTransaction(String.format("%064x", ++notices), utime, Fixtures.MERCHANT, true, utime, 1, null, 0, null, message, List.of());
    return new Notice(transaction, message, body);
  }

  private static Notice notice(String memo, long sentAt, long delay) {
    return notice(memo, sentAt, delay, PAYER, TEN, 0);
  }

  private static Notice notice(String memo, long sentAt) {
    return notice(memo, sentAt, 5);
  }

  @ParameterizedTest
  @CsvSource({"0, false", "5, false", "120, false", "121, true", "3600, true", "86400, true"})
  void aNotificationIsLateAfterTwoMinutesAndBelongsToItsRowAllTheSame(long delay, boolean late) {
    JettonOperation row = row("A", 100_000);
    Notice notice = notice("A", 100_000, delay);
    assertThat(notice.isLate()).isEqualTo(late);
    assertThat(Pairing.notified(List.of(row), List.of(notice))).containsExactly(Map.entry(row, notice));
    assertThat(Pairing.rowsOf(notice, List.of(row))).containsExactly(row);
  }

  @ParameterizedTest
  @CsvSource({"0, 6, false", "-1, 6, false", "1001, 1000, false", "1000, 1000, true", "1, 1000, true"})
  void aNotificationThatDoesNotTellWhenItWasSentCannotBeRead(long createdAt, long utime, boolean readable) {
    Message message = new Message("int_msg", false, Fixtures.MERCHANT_WALLET, createdAt, null, null, null, null);
    TonTransaction transaction =
        new TonTransaction("ab".repeat(32), 1, Fixtures.MERCHANT, true, utime, 1, null, 0, null, message, List.of());
    Body.JettonNotification body = new Body.JettonNotification(BigInteger.ZERO, TEN, PAYER, Memo.ABSENT);
    if (readable) {
      assertThatCode(() -> Notice.of(transaction, message, body)).doesNotThrowAnyException();
    } else {
      assertThatThrownBy(() -> Notice.of(transaction, message, body)).isInstanceOf(MalformedMessageException.class);
    }
  }

  @ParameterizedTest
  @CsvSource({"1000, true", "880, true", "879, false", "1005, true", "1006, false"})
  void aRowThatTheProviderDatesALittleOtherwiseIsTheSame(long rowAt, boolean belongs) {
    Notice notice = notice("A", 1000, 5);
    assertThat(Pairing.notified(List.of(row("A", rowAt)), List.of(notice)).isEmpty()).isEqualTo(!belongs);
    assertThat(Pairing.rowsOf(notice, List.of(row("A", rowAt))).isEmpty()).isEqualTo(!belongs);
  }

  @Test
  void anotherSenderAmountOrQueryIdBelongsNot() {
    List<JettonOperation> rows = List.of(row("A", 1000));
    for (Notice other :
        List.of(
            notice("A", 1000, 1, OTHER, TEN, 0),
            notice("A", 1000, 1, PAYER, BigInteger.ONE, 0),
            notice("A", 1000, 1, PAYER, TEN, 1))) {
      assertThat(Pairing.notified(rows, List.of(other))).isEmpty();
      assertThat(Pairing.rowsOf(other, rows)).isEmpty();
    }
  }

  @Test
  void ofTwoRowsThatLookAlikeTheOneAtTheTimeOfSendingIsIt() {
    JettonOperation early = row("A", 1000);
    JettonOperation late = row("A", 1050);
    for (long delay : new long[] {5, 60, 3600}) {
      assertThat(Pairing.notified(List.of(early, late), List.of(notice("A", 1000, delay)))).containsOnlyKeys(early);
      assertThat(Pairing.notified(List.of(early, late), List.of(notice("A", 1050, delay)))).containsOnlyKeys(late);
      assertThat(Pairing.rowsOf(notice("A", 1050, delay), List.of(early, late))).containsExactly(late);
    }
  }

  @Test
  void aLateNotificationDoesNotTakeTheRowOfAPaymentThatLooksAlikeAndCameMeanwhile() {
    JettonOperation early = row("A", 1000);
    JettonOperation meanwhile = row("A", 4500);
    Notice late = notice("A", 1000, 3600);
    Notice inTime = notice("A", 4500, 110);
    assertThat(Pairing.notified(List.of(early, meanwhile), List.of(late)))
        .containsExactly(Map.entry(early, late));
    assertThat(Pairing.notified(List.of(early, meanwhile), List.of(late, inTime)))
        .containsOnly(Map.entry(early, late), Map.entry(meanwhile, inTime));
  }

  @Test
  void anOldRowWithoutANotificationIsNotThatOfALaterPaymentThatLooksAlike() {
    assertThat(Pairing.notified(List.of(silentRow(1000)), List.of(notice("A", 4500, 5)))).isEmpty();
  }

  @Test
  void twoNotificationsBelongToTwoRowsThatLookAlike() {
    List<JettonOperation> rows = List.of(row("A", 1000), row("A", 1050));
    assertThat(Pairing.notified(rows, List.of(notice("A", 1000), notice("A", 1050)))).hasSize(2);
    assertThat(Pairing.notified(rows, List.of(notice("A", 1000, 121), notice("A", 1050, 5)))).hasSize(2);
    assertThat(Pairing.notified(rows, List.of(notice("A", 1050, 121), notice("A", 1000, 130)))).hasSize(2);
  }

  @Test
  void ofTwoRowsOfOneBlockThatLookAlikeEachHasItsOwnNotificationAndNobodyKnowsWhich() {
    JettonOperation one = row("A", 1000);
    JettonOperation other = rowWithHash("A", 1000, "cd".repeat(32));
    assertThat(Pairing.notified(List.of(one, other), List.of(notice("A", 1000), notice("A", 1000)))).hasSize(2);
    assertThat(Pairing.rowsOf(notice("A", 1000), List.of(one, other))).containsExactly(one, other);
  }

  @Test
  void aRowThatIsListedTwiceIsOne() {
    JettonOperation row = row("A", 1000);
    assertThat(Pairing.notified(List.of(row, row), List.of(notice("A", 1000), notice("A", 1000)))).hasSize(1);
    assertThat(Pairing.rowsOf(notice("A", 1000), List.of(row, row))).hasSize(1);
  }

  @Test
  void theTextTellsWhichOfTwoRowsItIs() {
    JettonOperation a = row("A", 1000);
    JettonOperation b = rowWithHash("B", 1000, "cd".repeat(32));
    for (List<JettonOperation> rows : List.of(List.of(a, b), List.of(b, a))) {
      assertThat(Pairing.notified(rows, List.of(notice("A", 1000)))).containsOnlyKeys(a);
      assertThat(Pairing.notified(rows, List.of(notice("B", 1000)))).containsOnlyKeys(b);
      assertThat(Pairing.rowsOf(notice("B", 1000), rows)).containsExactly(b);
    }
  }

  @Test
  void aRowWhoseTextTheHistoryDoesNotTellBelongsAllTheSame() {
    JettonOperation silent = silentRow(1000);
    assertThat(Pairing.notified(List.of(silent), List.of(notice("A", 1000)))).containsOnlyKeys(silent);
  }

  @Test
  void twoNotificationsOfOneTextBelongToTheRowOfThatTextAndToOneWithoutIt() {
    JettonOperation told = row("A", 1000);
    JettonOperation silent = rowWithHash("", 1000, "cd".repeat(32));
    assertThat(Pairing.notified(List.of(told, silent), List.of(notice("A", 1000), notice("A", 1000))))
        .containsOnlyKeys(told, silent);
  }

  @Test
  void theRowsOfTheFixturesAreRead() {
    List<JettonOperation> rows =
        Json.tree("ton", Fixtures.bytes("synthetic-jetton-history.json")).at("operations").elements().stream()
            .map(JettonOperation::read)
            .toList();
    assertThat(rows).hasSize(6);
    assertThat(rows.get(0).memo()).isEqualTo(Memo.ofText("ORD-1002"));
    assertThat(rows.get(1).memo()).isEqualTo(Memo.ABSENT);
    assertThat(rows.get(5).type()).isEqualTo("mint");
    assertThat(rows.get(5).source()).isEmpty();
    assertThat(rows.get(0).source()).contains(PAYER);
    assertThat(rows.get(0).master()).isEqualTo(USDT);
  }

  @ParameterizedTest
  @CsvSource(delimiter = ';', value = {
    "amount; \"-1\"", "amount; \"1e6\"", "amount; null", "amount; []", "utime; \"x\"", "utime; 1e99", "lt; null",
    "transaction_hash; \"abc\"", "transaction_hash; 7", "jetton; {}", "jetton; null", "jetton; {\"address\":\"x\"}",
    "source; {\"address\":\"x\"}", "destination; []", "query_id; \"x\"", "operation; 5",
    "payload; {\"SumType\":\"TextComment\",\"Value\":{}}"
  })
  void row59_aRowOfTheWrongKindIsMalformed(String name, String value) {
    ObjectNode row = (ObjectNode) Fixtures.tree("synthetic-jetton-history.json").get("operations").get(0);
    row.set(name, Fixtures.parse("{\"v\":" + value + "}").get("v"));
    byte[] json = row.toString().getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(() -> JettonOperation.read(Json.tree("ton", json))).isInstanceOf(MalformedReplyException.class);
  }

  @ParameterizedTest
  @CsvSource(delimiter = ';', value = {
    "{\"SumType\":\"EncryptedTextComment\"}; UNREADABLE", "{\"SumType\":\"Cell\",\"Value\":\"b5\"}; ABSENT", "7; ABSENT", "[]; ABSENT",
    "{\"sum_type\":\"TextComment\",\"value\":{\"text\":\"ORD-1\"}}; TEXT"
  })
  void row22_row23_thePayloadIsReadInBothSpellings(String payload, String expected) {
    ObjectNode row = (ObjectNode) Fixtures.tree("synthetic-jetton-history.json").get("operations").get(0);
    row.set("payload", Fixtures.parse("{\"v\":" + payload + "}").get("v"));
    Memo memo = JettonOperation.read(Json.tree("ton", row.toString().getBytes(StandardCharsets.UTF_8))).memo();
    assertThat(memo)
        .isEqualTo(
            switch (expected) {
              case "UNREADABLE" -> Memo.UNREADABLE;
              case "ABSENT" -> Memo.ABSENT;
              default -> Memo.ofText("ORD-1");
            });
  }
}
