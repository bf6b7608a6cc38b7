package io.x0tta6bl4.payment.tron.internal;

import io.x0tta6bl4.payment.Amount;
import io.x0tta6bl4.payment.Asset;
import io.x0tta6bl4.payment.PaymentRequest;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Random;

/**
 * A full page of incoming USDT as TronGrid sends it with {@code get_detail=true}: the fields and their order are those of a
 * recorded answer, the JSON is compact, and the bytes of every transaction hash to its id. No two rows are the same.
 *
 * <p>One row pays {@link #request()}; the others have memos of other orders.
 */
final class RecordedPage {

  static final int ROWS = 200;

  private static final int PAYING_ROW = 137;
  private static final long FIRST_BLOCK = 79_001_180L;
  private static final long FIRST_TIME = 1_767_229_140_000L;
  private static final long MILLIS_PER_BLOCK = 3_000L;
  private static final int BLOCKS_BETWEEN_ROWS = 20;
  private static final long FEE_LIMIT = 100_000_000L;
  private static final HexFormat HEX = HexFormat.of();

  private static final String ROW =
      """
      {"transaction_id":"%1$s",\
      "token_info":{"symbol":"USDT","address":"%2$s","decimals":6,"name":"Tether USD"},\
      "block_timestamp":%3$d,"from":"%4$s","to":"%5$s",\
      "detail":{"ret":[{"contractRet":"SUCCESS","fee":%6$d}],"signature":["%7$s"],"txID":"%1$s","net_usage":345,\
      "raw_data_hex":"%8$s","net_fee":0,"energy_usage":0,"blockNumber":%9$d,"block_timestamp":%3$d,\
      "energy_fee":%6$d,"energy_usage_total":64285,\
      "raw_data":{"data":"%10$s","contract":[{"parameter":{"value":{"data":"%11$s",\
      "owner_address":"%12$s","contract_address":"%13$s"},\
      "type_url":"type.googleapis.com/protocol.TriggerSmartContract"},"type":"TriggerSmartContract"}],\
      "ref_block_bytes":"%14$s","ref_block_hash":"%15$s","expiration":%16$d,"fee_limit":%17$d,"timestamp":%18$d},\
      "internal_transactions":[]},"type":"Transfer","value":"%19$d"}""";

  private static final String HEAD =
      """
      {"blockID":"%1$s","block_header":{"raw_data":{"number":%2$d,"txTrieRoot":"%1$s",\
      "witness_address":"41394a8629b9e9ba141803b605c6d12cc7c615f9cd","parentHash":"%1$s","version":34,\
      "timestamp":%3$d},"witness_signature":"%1$s%1$s00"}}""";

  private final Random random = new Random(20_261_122);
  private final byte[] wallet = address();
  private final byte[] token = Base58Check.decode(Asset.USDT_TRC20.contract());
  private final byte[] body = page();

  /** Gives the page. */
  byte[] body() {
    return body;
  }

  /** Gives the answer of {@code getnowblock}, of a block shortly behind the last row. */
  byte[] head() {
    String hash = HEX.formatHex(randomBytes(32));
    return HEAD.formatted(hash, blockNumber(ROWS), blockTime(ROWS)).getBytes(StandardCharsets.UTF_8);
  }

  /** Gives the time at which the page was asked for. */
  Instant now() {
    return Instant.ofEpochMilli(blockTime(ROWS) + 60_000);
  }

  /** Gives the order that one of the rows pays. */
  PaymentRequest request() {
    Amount amount = Amount.of(Asset.USDT_TRC20, BigDecimal.valueOf(units(PAYING_ROW), Asset.USDT_TRC20.decimals()));
    return PaymentRequest.builder(memo(PAYING_ROW), Base58Check.encode(wallet), amount).build();
  }

  private byte[] page() {
    StringBuilder json = new StringBuilder("{\"data\":[");
    for (int i = 0; i < ROWS; i++) {
      json.append(i == 0 ? "" : ",").append(row(i));
    }
    json.append("],\"success\":true,\"meta\":{\"at\":").append(blockTime(ROWS)).append(",\"page_size\":200}}");
    return json.toString().getBytes(StandardCharsets.UTF_8);
  }

  private String row(int i) {
    byte[] payer = address();
    byte[] memo = memo(i).getBytes(StandardCharsets.UTF_8);
    byte[] call = transferCall(units(i));
    byte[] refBytes = randomBytes(2);
    byte[] refHash = randomBytes(8);
    long signedAt = blockTime(i) - 2_500;
    long expiration = signedAt + 60_000;
    byte[] raw =
        new ProtoWriter()
            .bytes(1, refBytes)
            .bytes(4, refHash)
            .number(8, expiration)
            .bytes(10, memo)
            .message(11, contract(payer, call))
            .number(14, signedAt)
            .number(18, FEE_LIMIT)
            .toBytes();
    return ROW.formatted(
        HEX.formatHex(Sha256.of(raw)),
        Asset.USDT_TRC20.contract(),
        blockTime(i),
        Base58Check.encode(payer),
        Base58Check.encode(wallet),
        13_000_000 + random.nextInt(1_000_000),
        HEX.formatHex(randomBytes(65)),
        HEX.formatHex(raw),
        blockNumber(i),
        HEX.formatHex(memo),
        HEX.formatHex(call),
        HEX.formatHex(payer),
        HEX.formatHex(token),
        HEX.formatHex(refBytes),
        HEX.formatHex(refHash),
        expiration,
        FEE_LIMIT,
        signedAt,
        units(i));
  }

  private ProtoWriter contract(byte[] payer, byte[] call) {
    ProtoWriter trigger = new ProtoWriter().bytes(1, payer).bytes(2, token).bytes(4, call);
    ProtoWriter any =
        new ProtoWriter().text(1, "type.googleapis.com/protocol.TriggerSmartContract").message(2, trigger);
    return new ProtoWriter().number(1, 31).message(2, any);
  }

  private byte[] transferCall(long units) {
    ByteBuffer call = ByteBuffer.allocate(4 + 2 * 32).put(HEX.parseHex("a9059cbb"));
    call.position(4 + 12);
    call.put(wallet, 1, 20);
    call.putLong(4 + 2 * 32 - Long.BYTES, units);
    return call.array();
  }

  private byte[] address() {
    byte[] bytes = randomBytes(TronAddress.LENGTH);
    bytes[0] = TronAddress.PREFIX;
    return bytes;
  }

  private byte[] randomBytes(int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }

  private static String memo(int i) {
    return String.format(Locale.ROOT, "ORD-%04d", i + 1);
  }

  private static long units(int i) {
    return 25_000_000L + 10_007L * i;
  }

  private static long blockNumber(int i) {
    return FIRST_BLOCK + (long) BLOCKS_BETWEEN_ROWS * i;
  }

  private static long blockTime(int i) {
    return FIRST_TIME + MILLIS_PER_BLOCK * BLOCKS_BETWEEN_ROWS * i;
  }
}
