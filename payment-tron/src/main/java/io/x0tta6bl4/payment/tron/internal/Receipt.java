package io.x0tta6bl4.payment.tron.internal;

import io.x0tta6bl4.payment.http.JsonValue;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a transaction did: the answer of {@code gettransactioninfobyid}
 * (<a href="https://developers.tron.network/reference/gettransactioninfobyid">reference</a>).
 *
 * @param txId its transaction
 * @param blockTime {@code blockTimeStamp} in milliseconds
 * @param failed whether {@code result} or {@code receipt.result} says so; a native transfer has neither
 * @param transfers the Transfer logs, each with its place among all logs
 */
record Receipt(String txId, long blockTime, boolean failed, List<Log> transfers) {

  /** keccak256 of {@code Transfer(address,address,uint256)}. */
  private static final String TRANSFER_TOPIC = "ddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef";

  private static final int WORD = 32;

  /** One TRC20 transfer. */
  record Log(int index, TronAddress contract, TronAddress from, TronAddress to, BigInteger amount) {}

  /** Reads the answer; {@code null} for <code>{}</code>, by which the node says that it does not know. */
  static @Nullable Receipt read(JsonValue root) {
    if (root.isEmptyObject()) {
      return null;
    }
    boolean failed = root.find("result").map(JsonValue::text).filter(text -> text.equals("FAILED")).isPresent();
    Optional<String> ofCall = root.find("receipt").flatMap(receipt -> receipt.find("result")).map(JsonValue::text);
    failed |= ofCall.isPresent() && !ofCall.get().equals(TronTransaction.SUCCESS);
    long blockTime = root.at("blockTimeStamp").longNumber();
    if (!BlockTimes.isPlausible(blockTime)) {
      throw root.at("blockTimeStamp").unexpected("the time of a block in milliseconds");
    }
    List<Log> transfers = new ArrayList<>();
    List<JsonValue> logs = root.find("log").map(JsonValue::elements).orElse(List.of());
    for (int i = 0; i < logs.size(); i++) {
      Log transfer = transfer(logs.get(i), i);
      if (transfer != null) {
        transfers.add(transfer);
      }
    }
    return new Receipt(root.at("id").text(), blockTime, failed, List.copyOf(transfers));
  }

  /** Logs of other events, and of tokens that log otherwise (NFTs have four topics), are none of ours. */
  private static @Nullable Log transfer(JsonValue log, int index) {
    List<JsonValue> topics = log.find("topics").map(JsonValue::elements).orElse(List.of());
    if (topics.size() != 3 || !topics.get(0).text().equals(TRANSFER_TOPIC)) {
      return null;
    }
    TronAddress contract = TronAddress.ofBareHex(log.at("address").text());
    if (contract == null) {
      throw log.at("address").unexpected("20 bytes of hex");
    }
    byte[] data = word(log.at("data"));
    return new Log(
        index,
        contract,
        TronAddress.ofWord(word(topics.get(1)), 0),
        TronAddress.ofWord(word(topics.get(2)), 0),
        new BigInteger(1, data));
  }

  private static byte[] word(JsonValue value) {
    String text = value.text();
    if (text.length() == 2 * WORD) {
      try {
        return HexFormat.of().parseHex(text);
      } catch (IllegalArgumentException e) {
        // Told below, with the path.
      }
    }
    throw value.unexpected("32 bytes of hex");
  }
}
