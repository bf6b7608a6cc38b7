package io.x0tta6bl4.payment.tron.internal;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.x0tta6bl4.payment.http.JsonFields;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Reads one transaction, which has the same shape as the answer of {@code gettransactionbyid}, as a row of
 * {@code /v1/accounts/{address}/transactions} and as the {@code detail} of a TRC20 row. The decoded {@code raw_data} is left
 * alone: only the bytes count.
 */
final class TransactionReader {

  private TransactionReader() {}

  /**
   * Reads.
   *
   * @param parser at the start of the object; afterwards at its end
   * @param fields where problems are noted
   * @param expectedId the id that it should have, or an empty text
   */
  static TronTransaction read(JsonParser parser, JsonFields fields, String expectedId) throws IOException {
    String txId = null;
    String result = null;
    byte[] raw = null;
    Long blockTime = null;
    boolean returned = false;
    for (String name = fields.next(); name != null; name = fields.next()) {
      switch (name) {
        case "txID" -> {
          fields.once(txId, name);
          txId = fields.text(name, expectedId);
        }
        case "ret" -> {
          if (returned) {
            fields.complain("ret stands twice");
          }
          returned = true;
          result = result(parser, fields);
        }
        case "raw_data_hex" -> {
          fields.once(raw, name);
          raw = fields.hex(name);
        }
        case "block_timestamp" -> {
          fields.once(blockTime, name);
          blockTime = fields.number(name);
        }
        default -> fields.skip();
      }
    }
    return new TronTransaction(txId, result, raw, blockTime == null ? 0 : blockTime);
  }

  /** Reads {@code [{"contractRet": "SUCCESS", ...}]}; a result that is not told is {@code null}. */
  private static @Nullable String result(JsonParser parser, JsonFields fields) throws IOException {
    if (parser.currentToken() == JsonToken.VALUE_NULL) {
      return null;
    }
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      fields.complain("ret is " + parser.currentToken() + ", expected an array");
      fields.skip();
      return null;
    }
    String result = null;
    int entries = 0;
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      entries++;
      if (!fields.isObject("ret[]")) {
        continue;
      }
      for (String name = fields.next(); name != null; name = fields.next()) {
        if (name.equals("contractRet")) {
          fields.once(result, name);
          result = fields.text(name);
        } else {
          fields.skip();
        }
      }
    }
    if (entries > 1) {
      fields.complain("ret has " + entries + " entries");
    }
    return result;
  }
}
