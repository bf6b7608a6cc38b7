package io.x0tta6bl4.payment.ton.internal;

import io.x0tta6bl4.payment.Amount;
import io.x0tta6bl4.payment.Asset;
import io.x0tta6bl4.payment.PaymentRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;

/**
 * A page of 100 transactions of one account, the newest first, each in the fields and the order of an answer of tonapi, as
 * compact JSON. Every one has another hash, logical time and comment; one pays the order.
 */
final class RecordedPage {

  static final int ROWS = 100;

  private static final Instant NOW = Instant.ofEpochSecond(1767229200);
  private static final String TEMPLATE_HASH = "333a0d76717f4d967c8f61f29ca492e57be0ca1788eb22478324a44556275eea";
  private static final String TEMPLATE_PREVIOUS = "90a90c2ec31ab2c08bbd38cd4e63d3e46f306ad47966bb8db02ae4f7b56d3bb8";
  private static final long NEWEST_LT = 65001062000001L;

  private final byte[] body;

  RecordedPage() throws IOException {
    String template = resource("transaction.json");
    StringBuilder page = new StringBuilder("{\"transactions\":[");
    for (int i = 0; i < ROWS; i++) {
      String order = "ORD-" + (1000 + i);
      boolean isFirst = i == ROWS - 1;
      page.append(i == 0 ? "" : ",")
          .append(
              template
                  .replace(TEMPLATE_HASH, hash(i))
                  .replace("\"lt\":" + NEWEST_LT, "\"lt\":" + lt(i))
                  .replace(TEMPLATE_PREVIOUS, hash(i + 1))
                  .replace("\"prev_trans_lt\":65001044000001", "\"prev_trans_lt\":" + (isFirst ? 0 : lt(i + 1)))
                  .replace("\"utime\":1767229140", "\"utime\":" + (1767229140 - 60L * i))
                  .replace(hex("ORD-1001"), hex(order))
                  .replace("\"text\":\"ORD-1001\"", "\"text\":\"" + order + "\""));
    }
    body = page.append("]}").toString().getBytes(StandardCharsets.UTF_8);
  }

  byte[] body() {
    return body;
  }

  byte[] head() {
    try {
      return resource("head.json").getBytes(StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Instant now() {
    return NOW;
  }

  PaymentRequest request() {
    Amount fiveTon = Amount.ofUnits(Asset.TON, 5_000_000_000L);
    return PaymentRequest.builder(
            "ORD-1042", "0:d32f22cae56a370c865495bb6c3516d800415504a190e86919806742d7a8636c", fiveTon)
        .build();
  }

  private static String hash(int row) {
    return TEMPLATE_HASH.substring(0, 60) + String.format("%04x", row);
  }

  private static long lt(int row) {
    return NEWEST_LT - 18_000_000L * row;
  }

  private static String hex(String text) {
    return HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String resource(String name) throws IOException {
    try (InputStream stream = RecordedPage.class.getResourceAsStream("/" + name)) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
