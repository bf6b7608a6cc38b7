package io.x0tta6bl4.payment.tron.internal;

import io.x0tta6bl4.payment.http.JsonValue;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
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

  /**
   * Logs of other events, and such as are not of the standard's shape, are none of ours: any contract can log anything, so
   * that an odd log must not make the transaction unreadable.
   */
  private static @Nullable Log transfer(JsonValue log, int index) {
    List<String> topics = log.texts("topics");
    byte[] from = topics.size() == 3 ? word(topics.get(1)) : null;
    byte[] to = topics.size() == 3 ? word(topics.get(2)) : null;
    byte[] amount = word(log.textOr("data", ""));
    TronAddress contract = TronAddress.ofBareHex(bare(log.textOr("address", "")));
    if (from == null || to == null || amount == null || contract == null || !bare(topics.get(0)).equals(TRANSFER_TOPIC)) {
      return null;
    }
    return new Log(index, contract, TronAddress.ofWord(from, 0), TronAddress.ofWord(to, 0), new BigInteger(1, amount));
  }

  private static byte @Nullable [] word(String hex) {
    String digits = bare(hex);
    if (digits.length() != 2 * WORD) {
      return null;
    }
    try {
      return HexFormat.of().parseHex(digits);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static String bare(String hex) {
    String lower = hex.toLowerCase(Locale.ROOT);
    return lower.startsWith("0x") ? lower.substring(2) : lower;
  }
}
