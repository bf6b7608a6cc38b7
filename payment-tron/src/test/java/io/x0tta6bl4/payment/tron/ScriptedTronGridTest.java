package io.x0tta6bl4.payment.tron;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.x0tta6bl4.payment.Amount;
import io.x0tta6bl4.payment.Asset;
import io.x0tta6bl4.simulator.tron.RawTransactionBytes;
import io.x0tta6bl4.simulator.tron.ScriptedTransaction;
import io.x0tta6bl4.simulator.tron.ScriptedTronGrid;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** That the server plays TronGrid as it was recorded. */
class ScriptedTronGridTest {

  private static final HexFormat HEX = HexFormat.of();

  private static final List<String> FILES =
      List.of(
          "account-transactions-mixed.blockatlas.json",
          "account-transactions-trc10.blockatlas.json",
          "account-trc20-get-detail.ledger.json",
          "transaction-usdt-nomemo.gem.json",
          "transaction-trx-transfer.gem.json",
          "transaction-trx-with-memo.gem.json",
          "synthetic-account-transactions-trx.json",
          "synthetic-account-trc20-get-detail.json",
          "synthetic-transaction-usdt-memo.json");

  @TestFactory
  Stream<DynamicTest> theEncoderReproducesRecordedTransactionsByteForByte() {
    List<DynamicTest> tests = new ArrayList<>();
    for (String file : FILES) {
      for (JsonNode transaction : Fixtures.transactions(file)) {
        JsonNode raw = transaction.get("raw_data");
        JsonNode contract = raw.get("contract").get(0);
        String type = contract.get("type").textValue();
        JsonNode value = contract.get("parameter").get("value");
        if (List.of("TransferContract", "TransferAssetContract", "TriggerSmartContract").contains(type)) {
          tests.add(
              dynamicTest(
                  file + " " + transaction.get("txID").textValue(),
                  () ->
                      assertThat(HEX.formatHex(encode(raw, type, value)))
                          .isEqualTo(transaction.get("raw_data_hex").textValue())));
        }
      }
    }
    assertThat(tests).hasSizeGreaterThan(60);
    return tests.stream();
  }

  private static byte[] encode(JsonNode raw, String type, JsonNode value) {
    RawTransactionBytes.Frame frame =
        new RawTransactionBytes.Frame(
            hex(raw, "ref_block_bytes"),
            hex(raw, "ref_block_hash"),
            raw.get("expiration").longValue(),
            hex(raw, "data"),
            raw.path("timestamp").longValue(),
            raw.path("fee_limit").longValue());
    return switch (type) {
      case "TransferContract" ->
          RawTransactionBytes.transaction(
              frame,
              RawTransactionBytes.TRANSFER,
              type,
              RawTransactionBytes.transfer(
                  hex(value, "owner_address"), hex(value, "to_address"), value.get("amount").longValue()));
      case "TransferAssetContract" ->
          RawTransactionBytes.transaction(
              frame,
              RawTransactionBytes.TRANSFER_ASSET,
              type,
              RawTransactionBytes.transferAsset(
                  value.get("asset_name").textValue(),
                  hex(value, "owner_address"),
                  hex(value, "to_address"),
                  value.get("amount").longValue()));
      default ->
          RawTransactionBytes.transaction(
              frame,
              RawTransactionBytes.TRIGGER,
              type,
              RawTransactionBytes.trigger(
                  hex(value, "owner_address"),
                  hex(value, "contract_address"),
                  value.path("call_value").longValue(),
                  hex(value, "data")));
    };
  }

  private static byte[] hex(JsonNode node, String field) {
    return HEX.parseHex(node.path(field).asText(""));
  }

  @Test
  void aScriptedPaymentHasTheHashOfTheSyntheticOne() {
    // The first row of the list is made of the same parts, so that even the hash is the same.
    ScriptedTransaction scripted =
        ScriptedTransaction.transfer(
                Fixtures.PAYER, Fixtures.MERCHANT, Amount.ofUnits(Asset.USDT_TRC20, 25_000_000))
            .memo("ORD-1001")
            .at(Fixtures.NOW.minusSeconds(60));
    assertThat(scripted.hash()).isEqualTo(Fixtures.PAID);
  }

  @Test
  void answersHaveTheShapesOfTheRecordedOnes() {
    ScriptedTransaction usdt =
        ScriptedTransaction.transfer(
                Fixtures.PAYER, Fixtures.MERCHANT, Amount.ofUnits(Asset.USDT_TRC20, 25_000_000))
            .memo("ORD-1001")
            .at(Fixtures.NOW.minusSeconds(60));
    ScriptedTransaction trx =
        ScriptedTransaction.transfer(Fixtures.PAYER, Fixtures.MERCHANT, Amount.ofUnits(Asset.TRX, 100_000_000))
            .memo("ORD-3001")
            .at(Fixtures.NOW.minusSeconds(60));
    JsonNode row = Fixtures.tree("synthetic-account-trc20-get-detail.json").get("data").get(0);
    assertSameShape(ScriptedTronGrid.trc20Row(usdt, usdt.movements().get(0), true), row);
    assertSameShape(
        ScriptedTronGrid.trc20Row(usdt, usdt.movements().get(0), false),
        Fixtures.tree("synthetic-account-trc20-page1.json").get("data").get(0));
    assertSameShape(ScriptedTronGrid.transaction(usdt), Fixtures.tree("synthetic-transaction-usdt-memo.json"));
    assertSameShape(
        ScriptedTronGrid.detailed(trx), Fixtures.tree("synthetic-account-transactions-trx.json").get("data").get(0));
    ObjectNode receipt = ScriptedTronGrid.receipt(usdt.failed("REVERT"));
    assertSameShape(receipt, Fixtures.tree("synthetic-txinfo-usdt-revert.json"));
    ScriptedTransaction two =
        usdt.and(Fixtures.PAYER, Fixtures.MERCHANT, Amount.ofUnits(Asset.USDT_TRC20, 1));
    assertSameShape(ScriptedTronGrid.receipt(two), Fixtures.tree("synthetic-txinfo-two-transfers.json"));
  }

  /** Compares names and types; of an array the first element. */
  private static void assertSameShape(JsonNode made, JsonNode recorded) {
    assertThat(shape("$", made)).isEqualTo(shape("$", recorded));
  }

  private static TreeSet<String> shape(String path, JsonNode node) {
    TreeSet<String> shape = new TreeSet<>();
    shape.add(path + " " + node.getNodeType());
    if (node.isArray() && !node.isEmpty()) {
      shape.addAll(shape(path + "[]", node.get(0)));
    }
    node.properties().forEach(field -> shape.addAll(shape(path + "." + field.getKey(), field.getValue())));
    return shape;
  }
}
