package io.x0tta6bl4.payment.ton.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.x0tta6bl4.payment.MalformedReplyException;
import io.x0tta6bl4.payment.Memo;
import io.x0tta6bl4.payment.http.Json;
import io.x0tta6bl4.payment.ton.Fixtures;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
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

  private static JettonOperation row(String memo, long utime) {
    return new JettonOperation(
        "transfer", utime, utime, String.format("%064x", utime), Optional.of(PAYER), Optional.of(OTHER), TEN, USDT, BigInteger.ZERO,
        Memo.ofText(memo));
  }

  private static JettonScan.Notice notice(String memo, long utime, TonAddress sender, BigInteger amount, long queryId) {
    Body.JettonNotification body =
        new Body.JettonNotification(BigInteger.valueOf(queryId), amount, sender, Memo.ofText(memo));
    Message message = new Message("int_msg", false, Fixtures.MERCHANT_WALLET, null, null, null, null);
    TonTransaction transaction =
        new TonTransaction("ab".repeat(32), utime, Fixtures.MERCHANT, true, utime, 1, null, 0, null, message, List.of());
    return new JettonScan.Notice(transaction, message, body);
  }

  private static JettonScan.Notice notice(String memo, long utime) {
    return notice(memo, utime, PAYER, TEN, 0);
  }

  @ParameterizedTest
  @CsvSource({"1000, true", "1120, true", "1121, false", "999, false"})
  void aNotificationBelongsToARowAtMostTwoMinutesBeforeIt(long at, boolean belongs) {
    JettonOperation row = row("A", 1000);
    assertThat(Pairing.notified(List.of(row), List.of(notice("A", at))).contains(row)).isEqualTo(belongs);
  }

  @Test
  void anotherSenderAmountOrQueryIdBelongsNot() {
    List<JettonOperation> rows = List.of(row("A", 1000));
    assertThat(Pairing.notified(rows, List.of(notice("A", 1001, OTHER, TEN, 0)))).isEmpty();
    assertThat(Pairing.notified(rows, List.of(notice("A", 1001, PAYER, BigInteger.ONE, 0)))).isEmpty();
    assertThat(Pairing.notified(rows, List.of(notice("A", 1001, PAYER, TEN, 1)))).isEmpty();
  }

  @Test
  void oneNotificationBelongsToOneOfTwoRowsThatLookAlikeAndTheEarliestInTime() {
    JettonOperation early = row("A", 1000);
    JettonOperation late = row("A", 1050);
    assertThat(Pairing.notified(List.of(early, late), List.of(notice("A", 1060)))).containsExactly(early);
    assertThat(Pairing.notified(List.of(early, late), List.of(notice("A", 1121)))).containsExactly(late);
  }

  @Test
  void twoNotificationsBelongToTwoRowsThatLookAlike() {
    List<JettonOperation> rows = List.of(row("A", 1000), row("A", 1050));
    assertThat(Pairing.notified(rows, List.of(notice("A", 1010), notice("A", 1060)))).hasSize(2);
    assertThat(Pairing.notified(rows, List.of(notice("A", 1051), notice("A", 1060)))).hasSize(2);
  }

  @Test
  void twoNotificationsOfWhichTheLaterIsInTimeForTheLaterRowOnlyBelongToBothRows() {
    List<JettonOperation> rows = List.of(row("A", 1000), row("A", 1050));
    assertThat(Pairing.notified(rows, List.of(notice("A", 1051), notice("A", 1160)))).hasSize(2);
  }

  @Test
  void theTextTellsWhichOfTwoRowsItIs() {
    JettonOperation a = row("A", 1000);
    JettonOperation b = row("B", 1050);
    assertThat(Pairing.notified(List.of(a, b), List.of(notice("A", 1060)))).containsExactly(a);
  }

  @Test
  void aRowWhoseTextTheHistoryDoesNotTellBelongsAllTheSame() {
    JettonOperation silent = row("", 1000);
    assertThat(Pairing.notified(List.of(silent), List.of(notice("A", 1001)))).containsExactly(silent);
  }

  @Test
  void twoNotificationsOfOneTextBelongToTheRowOfThatTextAndToOneWithoutIt() {
    JettonOperation told = row("A", 1000);
    JettonOperation silent = row("", 1010);
    assertThat(Pairing.notified(List.of(told, silent), List.of(notice("A", 1020), notice("A", 1030))))
        .containsExactlyInAnyOrder(told, silent);
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
