package io.x0tta6bl4.payment.tron.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.x0tta6bl4.payment.MalformedReplyException;
import io.x0tta6bl4.payment.http.Json;
import io.x0tta6bl4.payment.tron.Fixtures;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReceiptTest {

  private static final String TWO = "synthetic-txinfo-two-transfers.json";

  @Test
  void readsTheRecordedReceiptOfATokenTransfer() {
    assertThat(read(Fixtures.text("txinfo-usdt-transfer.ledger.json")))
        .isEqualTo(
            new Receipt(
                "0130dfde9281a48378109039ef512229d5359fbee2a8adbb17ad73aebc67ea99",
                1_738_601_505_000L,
                false,
                List.of(
                    new Receipt.Log(
                        0,
                        TronAddress.parse(Fixtures.USDT),
                        TronAddress.parse("TL24LCps5FKwp3PoU1MvrYrwhi5LU1tHre"),
                        TronAddress.parse("TXVj38D1XR3TPgSHTCZGC8wkLDAGqF1oqx"),
                        BigInteger.valueOf(41_677_389)))));
  }

  @Test
  void aReceiptOfANativeTransferHasNoResultAndHasNotFailed() {
    Receipt receipt = read(Fixtures.text("txinfo-trx-transfer.gem.json"));
    assertThat(receipt.failed()).isFalse();
    assertThat(receipt.transfers()).isEmpty();
    assertThat(receipt.blockTime()).isEqualTo(1_757_976_723_000L);
  }

  @ParameterizedTest
  @ValueSource(strings = {"synthetic-txinfo-usdt-out-of-energy.json", "synthetic-txinfo-usdt-revert.json"})
  void row08_readsFailures(String file) {
    assertThat(read(Fixtures.text(file)).failed()).isTrue();
    ObjectNode onlyResult = Fixtures.tree(file);
    onlyResult.remove("receipt");
    assertThat(read(onlyResult.toString()).failed()).isTrue();
    ObjectNode onlyReceipt = Fixtures.tree(file);
    onlyReceipt.remove("result");
    assertThat(read(onlyReceipt.toString()).failed()).isTrue();
  }

  @Test
  void row05_keepsThePlaceOfEachLog() {
    Receipt receipt = read(Fixtures.text(TWO));
    assertThat(receipt.transfers()).extracting(Receipt.Log::index).containsExactly(0, 1, 2, 3);
    assertThat(receipt.transfers())
        .extracting(log -> log.amount().intValueExact())
        .containsExactly(10_000_000, 99_000_000, 5_000_000, 15_000_000);
    assertThat(receipt.transfers().get(1).contract()).isEqualTo(TronAddress.parse(Fixtures.FAKE_USDT));
    ObjectNode withApproval = Fixtures.tree(TWO);
    ((ArrayNode) withApproval.get("log").get(0).get("topics")).set(0, "8c".repeat(32));
    assertThat(read(withApproval.toString()).transfers()).extracting(Receipt.Log::index).containsExactly(1, 2, 3);
  }

  @Test
  void logsWithoutTopicsOrWithFourAreNone() {
    ObjectNode answer = Fixtures.tree(TWO);
    ((ObjectNode) answer.get("log").get(0)).remove("topics");
    ((ArrayNode) answer.get("log").get(1).get("topics")).add("00".repeat(32));
    ((ArrayNode) answer.get("log").get(2).get("topics")).removeAll();
    assertThat(read(answer.toString()).transfers()).extracting(Receipt.Log::index).containsExactly(3);
  }

  @Test
  void row09_anEmptyObjectMeansUnknown() {
    assertThat(Receipt.read(Json.tree("tron", Fixtures.bytes("transaction-not-found.json")))).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "id|7",
        "id|null",
        "blockTimeStamp|null",
        "blockTimeStamp|1767228540",
        "blockTimeStamp|1767228540000000",
        "blockTimeStamp|-1",
        "blockTimeStamp|1e12",
        "blockTimeStamp|\"now\"",
        "blockTimeStamp|[]",
        "result|7",
        "receipt|{\"result\":true}",
        "log|{}",
        "log|\"\""
      })
  void row61_aFieldOfAnotherTypeIsMalformed(String field, String value) throws IOException {
    ObjectNode answer = Fixtures.tree(TWO);
    answer.set(field, Fixtures.JSON.readTree(value));
    assertThatThrownBy(() -> read(answer.toString())).isInstanceOf(MalformedReplyException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "address, a614",
    "address, 41a614f803b6fd780986a42c78ec9c7f77e6ded13c",
    "address, zz14f803b6fd780986a42c78ec9c7f77e6ded13c",
    "data, 00",
    "data, ''",
    "data, zz00000000000000000000000000000000000000000000000000000000989680",
    "data, 000000000000000000000000000000000000000000000000000000000098968000"
  })
  void row61_aLogOfAnotherShapeIsNoTransferAndHidesNoOther(String field, String value) {
    ObjectNode answer = Fixtures.tree(TWO);
    ((ObjectNode) answer.get("log").get(0)).put(field, value);
    assertThat(read(answer.toString()).transfers()).extracting(Receipt.Log::index).containsExactly(1, 2, 3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"7", "[1,2,3]", "[]", "null"})
  void row61_topicsOfAnotherTypeAreNoTransferAndHideNoOther(String topics) throws IOException {
    ObjectNode answer = Fixtures.tree(TWO);
    ((ObjectNode) answer.get("log").get(0)).set("topics", Fixtures.JSON.readTree(topics));
    assertThat(read(answer.toString()).transfers()).extracting(Receipt.Log::index).containsExactly(1, 2, 3);
  }

  @Test
  void hexMayBeUpperCaseAndWith0x() {
    ObjectNode answer = Fixtures.tree(TWO);
    ArrayNode topics = (ArrayNode) answer.get("log").get(0).get("topics");
    topics.set(0, "0x" + topics.get(0).textValue().toUpperCase(java.util.Locale.ROOT));
    assertThat(read(answer.toString()).transfers()).hasSize(4);
  }

  @Test
  void row61_topicsThatAreNoWordsAreNoTransfer() {
    ObjectNode answer = Fixtures.tree(TWO);
    ((ArrayNode) answer.get("log").get(0).get("topics")).set(2, "105c1cc0a7969e8eeec4349488e095a297c5f9af");
    assertThat(read(answer.toString()).transfers()).extracting(Receipt.Log::index).containsExactly(1, 2, 3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "7", "\"\"", "null"})
  void row61_anAnswerThatIsNoObjectIsMalformed(String body) {
    assertThatThrownBy(() -> read(body)).isInstanceOf(MalformedReplyException.class);
  }

  @Test
  void aPlainTransferMayBringLessThanItsCallSaysButNotMore() throws MalformedTransactionException {
    Receipt receipt = read(Fixtures.text("txinfo-usdt-transfer.ledger.json"));
    Receipt.Log log = receipt.transfers().get(0);
    LogCheck.check(receipt, transfer(log, 0), Fixtures.USDT, log.to());
    LogCheck.check(receipt, transfer(log, 1), Fixtures.USDT, log.to());
    LogCheck.check(receipt, new Call.ContractCall(log.contract()), Fixtures.USDT, log.to());
    assertThatThrownBy(() -> LogCheck.check(receipt, transfer(log, -1), Fixtures.USDT, log.to()))
        .hasMessageContaining("its signed call");
  }

  @Test
  void aPlainTransferToSomebodyElseBringsTheRecipientNothing() {
    Receipt receipt = read(Fixtures.text("txinfo-usdt-transfer.ledger.json"));
    Receipt.Log log = receipt.transfers().get(0);
    Call toItsSender = new Call.TokenTransfer(log.contract(), log.from(), log.from(), log.amount());
    assertThatThrownBy(() -> LogCheck.check(receipt, toItsSender, Fixtures.USDT, log.to()))
        .hasMessageContaining("its signed call");
  }

  @Test
  void whatAnotherTokenLogsIsNotHeldAgainstItsCall() throws MalformedTransactionException {
    Receipt receipt = read(Fixtures.text("txinfo-usdt-transfer.ledger.json"));
    LogCheck.check(receipt, transfer(receipt.transfers().get(0), -1), Fixtures.FAKE_USDT, receipt.transfers().get(0).to());
    LogCheck.check(receipt, transfer(receipt.transfers().get(0), -1), null, receipt.transfers().get(0).to());
  }

  private static Call transfer(Receipt.Log log, int more) {
    return new Call.TokenTransfer(log.contract(), log.from(), log.to(), log.amount().add(BigInteger.valueOf(more)));
  }

  private static Receipt read(String body) {
    Receipt receipt = Receipt.read(Json.tree("tron", body.getBytes(StandardCharsets.UTF_8)));
    if (receipt == null) {
      throw new AssertionError("no receipt");
    }
    return receipt;
  }
}
