package io.x0tta6bl4.payment.tron.internal;

import static io.x0tta6bl4.simulator.tron.RawTransactionBytes.word;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import io.x0tta6bl4.payment.Memo;
import io.x0tta6bl4.payment.tron.Fixtures;
import io.x0tta6bl4.simulator.tron.RawTransactionBytes;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class RawTransactionTest {

  private static final long SEED = 42L;

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
          "synthetic-transaction-usdt-memo.json",
          "synthetic-transaction-usdt-memo-ord1008.json",
          "synthetic-transaction-usdt-out-of-energy.json",
          "synthetic-transaction-usdt-revert.json");

  private static final Map<String, Integer> OTHER_TYPES =
      Map.of("VoteWitnessContract", 4, "FreezeBalanceContract", 11, "UnfreezeBalanceContract", 12);

  private static final byte[] MERCHANT = HexFormat.of().parseHex(Fixtures.MERCHANT_HEX);
  private static final byte[] PAYER = HexFormat.of().parseHex("41242dc56909b61cca6a01c909301a2a3e86ea01fd");
  private static final byte[] USDT = HexFormat.of().parseHex("41a614f803b6fd780986a42c78ec9c7f77e6ded13c");

  @TestFactory
  Stream<DynamicTest> recordedBytesHashToTheirIdAndSayWhatTheDecodedTransactionSays() {
    return FILES.stream()
        .flatMap(file -> Fixtures.transactions(file).stream().map(transaction -> Map.entry(file, transaction)))
        .map(
            entry -> {
              JsonNode transaction = entry.getValue();
              String id = transaction.get("txID").textValue();
              return dynamicTest(entry.getKey() + " " + id, () -> compare(id, transaction));
            });
  }

  @Test
  void thereAreAtLeastFiftyTwoRecordedTransactions() {
    assertThat(FILES.stream().filter(file -> !file.startsWith("synthetic")).mapToInt(f -> Fixtures.transactions(f).size()).sum())
        .isGreaterThanOrEqualTo(52);
  }

  private static void compare(String id, JsonNode transaction) throws MalformedTransactionException {
    byte[] bytes = HexFormat.of().parseHex(transaction.get("raw_data_hex").textValue());
    assertThat(HexFormat.of().formatHex(Sha256.of(bytes))).isEqualTo(id);
    new TronTransaction(id, "SUCCESS", bytes, 0).checkHash(id);
    RawTransaction raw = RawTransaction.decode(bytes);
    JsonNode rawData = transaction.get("raw_data");
    assertThat(raw.memo())
        .isEqualTo(
            rawData.has("data") ? Memo.ofUtf8(HexFormat.of().parseHex(rawData.get("data").textValue())) : Memo.ABSENT);
    JsonNode contract = rawData.get("contract").get(0);
    assertThat(raw.call())
        .isEqualTo(expected(contract.get("type").textValue(), contract.get("parameter").get("value")));
  }

  private static Call expected(String type, JsonNode value) {
    return switch (type) {
      case "TransferContract" ->
          new Call.NativeTransfer(
              address(value, "owner_address"), address(value, "to_address"), value.get("amount").bigIntegerValue());
      case "TransferAssetContract" ->
          new Call.Trc10Transfer(
              address(value, "owner_address"),
              address(value, "to_address"),
              value.get("asset_name").textValue(),
              value.get("amount").bigIntegerValue());
      case "TriggerSmartContract" -> trigger(value);
      default -> new Call.Other(OTHER_TYPES.get(type));
    };
  }

  private static Call trigger(JsonNode value) {
    TronAddress contract = address(value, "contract_address");
    String data = value.get("data").textValue();
    return switch (data.substring(0, 8)) {
      case "a9059cbb" ->
          new Call.TokenTransfer(
              contract,
              address(value, "owner_address"),
              TronAddress.parse("41" + data.substring(32, 72)),
              new BigInteger(data.substring(72), 16));
      case "095ea7b3" -> new Call.TokenApproval(contract);
      default -> new Call.ContractCall(contract);
    };
  }

  private static TronAddress address(JsonNode value, String field) {
    return TronAddress.parse(value.get(field).textValue());
  }

  @Test
  void aTransactionCutAnywhereIsMalformedOrSaysLessButNeverMore() throws MalformedTransactionException {
    byte[] bytes = recorded();
    Call whole = RawTransaction.decode(bytes).call();
    for (int length = 0; length < bytes.length; length++) {
      byte[] cut = Arrays.copyOf(bytes, length);
      try {
        assertThat(RawTransaction.decode(cut).call()).isEqualTo(whole);
      } catch (MalformedTransactionException e) {
        assertThat(e).hasMessageNotContaining("null");
      }
    }
  }

  @Test
  void randomBytesNeverThrowAnotherException() {
    System.out.println("RawTransactionTest seed " + SEED);
    Random random = new Random(SEED);
    byte[] recorded = recorded();
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = recorded.clone();
      for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      try {
        RawTransaction.decode(bytes);
      } catch (MalformedTransactionException e) {
        assertThat(e.getMessage()).isNotEmpty();
      }
    }
  }

  @Test
  void refusesTwoContracts() {
    byte[] contract =
        RawTransactionBytes.contract(
            RawTransactionBytes.TRANSFER, "TransferContract", RawTransactionBytes.transfer(PAYER, MERCHANT, 25));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    RawTransactionBytes.bytes(out, 11, contract);
    RawTransactionBytes.bytes(out, 11, contract);
    assertMalformed(out.toByteArray(), "more than one contract");
  }

  @Test
  void refusesATransactionWithoutAContractOrWithAnEmptyOne() {
    assertMalformed(new byte[0], "no contract");
    assertMalformed(HexFormat.of().parseHex("5a00"), "a contract without a parameter");
    assertMalformed(HexFormat.of().parseHex("5a020801"), "a contract without a parameter");
    assertMalformed(HexFormat.of().parseHex("5801"), "wire type");
  }

  @Test
  void refusesAddressesThatAreMissingOrOfAnotherNetwork() {
    byte[] otherPrefix = MERCHANT.clone();
    otherPrefix[0] = (byte) 0xa0;
    assertMalformed(native1(PAYER, otherPrefix, 1), "an address is missing");
    assertMalformed(native1(PAYER, new byte[0], 1), "an address is missing");
    assertMalformed(native1(new byte[0], MERCHANT, 1), "an address is missing");
    assertMalformed(native1(PAYER, new byte[20], 1), "an address is missing");
    assertMalformed(call(new byte[0], "a9059cbb", word(MERCHANT), word(BigInteger.ONE)), "an address is missing");
    assertMalformed(
        raw(RawTransactionBytes.TRANSFER_ASSET, "TransferAssetContract", RawTransactionBytes.transferAsset("1", PAYER, new byte[0], 5)),
        "an address is missing");
  }

  @Test
  void refusesANegativeAmount() {
    assertMalformed(native1(PAYER, MERCHANT, -1), "negative amount -1");
    assertMalformed(
        raw(RawTransactionBytes.TRANSFER_ASSET, "TransferAssetContract", RawTransactionBytes.transferAsset("1", PAYER, MERCHANT, Long.MIN_VALUE)),
        "negative amount");
  }

  @Test
  void row60_readsTheLargestAmounts() throws MalformedTransactionException {
    assertThat(RawTransaction.decode(native1(PAYER, MERCHANT, Long.MAX_VALUE)).call())
        .isEqualTo(
            new Call.NativeTransfer(address(PAYER), address(MERCHANT), BigInteger.valueOf(Long.MAX_VALUE)));
    BigInteger most = BigInteger.ONE.shiftLeft(256).subtract(BigInteger.ONE);
    assertThat(RawTransaction.decode(call(USDT, "a9059cbb", word(MERCHANT), word(most))).call())
        .isEqualTo(new Call.TokenTransfer(address(USDT), address(PAYER), address(MERCHANT), most));
  }

  @Test
  void readsTransferFromAndApprove() throws MalformedTransactionException {
    TronAddress stranger = TronAddress.parse(Fixtures.STRANGER);
    byte[] strangerWord = word(HexFormat.of().parseHex("416e3b44b96104b26f84057974a1f0c9880f7c9b13"));
    assertThat(
            RawTransaction.decode(call(USDT, "23b872dd", strangerWord, word(MERCHANT), word(BigInteger.TEN))).call())
        .isEqualTo(new Call.TokenTransfer(address(USDT), stranger, address(MERCHANT), BigInteger.TEN));
    assertThat(RawTransaction.decode(call(USDT, "095ea7b3", word(MERCHANT), word(BigInteger.TEN))).call())
        .isEqualTo(new Call.TokenApproval(address(USDT)));
  }

  @Test
  void takesCallDataOfAnotherLengthForAnotherCall() throws MalformedTransactionException {
    Call other = new Call.ContractCall(address(USDT));
    assertThat(RawTransaction.decode(call(USDT, "a9059cbb", word(MERCHANT))).call()).isEqualTo(other);
    assertThat(
            RawTransaction.decode(call(USDT, "a9059cbb", word(MERCHANT), word(BigInteger.ONE), word(BigInteger.ONE))).call())
        .isEqualTo(other);
    assertThat(RawTransaction.decode(call(USDT, "a9059cbb")).call()).isEqualTo(other);
    assertThat(RawTransaction.decode(call(USDT, "23b872dd", word(MERCHANT), word(BigInteger.ONE))).call()).isEqualTo(other);
    assertThat(RawTransaction.decode(call(USDT, "", new byte[0])).call()).isEqualTo(other);
  }

  @Test
  void aFieldThatStandsTwiceCountsAsInTheChainsOwnReader() throws MalformedTransactionException {
    // Protocol buffers: the last one counts.
    ByteArrayOutputStream value = new ByteArrayOutputStream();
    value.writeBytes(RawTransactionBytes.transfer(PAYER, MERCHANT, 1));
    RawTransactionBytes.number(value, 3, 25);
    assertThat(RawTransaction.decode(raw(RawTransactionBytes.TRANSFER, "TransferContract", value.toByteArray())).call())
        .isEqualTo(new Call.NativeTransfer(address(PAYER), address(MERCHANT), BigInteger.valueOf(25)));
  }

  @Test
  void row69_bytesOfAnotherTransactionAreFoundOut() {
    byte[] bytes = recorded();
    assertThatThrownBy(() -> new TronTransaction(null, null, bytes, 0).checkHash("00".repeat(32)))
        .hasMessageContaining("does not hash");
    String hash = HexFormat.of().formatHex(Sha256.of(bytes));
    assertThatThrownBy(() -> new TronTransaction("11".repeat(32), null, bytes, 0).checkHash(hash))
        .hasMessageContaining("the answer is for another transaction");
    assertThatThrownBy(() -> new TronTransaction(hash, null, null, 0).checkHash(hash)).hasMessageContaining("does not hash");
    assertThatThrownBy(() -> new TronTransaction(hash, null, null, 0).decode()).hasMessage("raw_data_hex is missing");
  }

  private static byte[] recorded() {
    return HexFormat.of().parseHex(Fixtures.tree("transaction-usdt-nomemo.gem.json").get("raw_data_hex").textValue());
  }

  private static TronAddress address(byte[] bytes) {
    return TronAddress.parse(HexFormat.of().formatHex(bytes));
  }

  private static byte[] native1(byte[] from, byte[] to, long amount) {
    return raw(RawTransactionBytes.TRANSFER, "TransferContract", RawTransactionBytes.transfer(from, to, amount));
  }

  private static byte[] call(byte[] contract, String selector, byte[]... words) {
    return raw(
        RawTransactionBytes.TRIGGER,
        "TriggerSmartContract",
        RawTransactionBytes.trigger(PAYER, contract, 0, RawTransactionBytes.callData(selector, words)));
  }

  private static byte[] raw(int type, String message, byte[] value) {
    return RawTransactionBytes.transaction(
        new RawTransactionBytes.Frame(new byte[2], new byte[8], 1, new byte[0], 1, 0), type, message, value);
  }

  private static void assertMalformed(byte[] bytes, String problem) {
    assertThatThrownBy(() -> RawTransaction.decode(bytes))
        .isInstanceOf(MalformedTransactionException.class)
        .hasMessageContaining(problem);
  }
}
