package io.x0tta6bl4.payment.tron.internal;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.x0tta6bl4.payment.http.JsonFields;
import java.io.IOException;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** Readers of the rows of both listings. */
final class RowReaders {

  private static final int HASH_LENGTH = 64;

  /** A 256-bit word has at most 78 decimal digits. */
  private static final int MAX_DIGITS = 78;

  private static final int MAX_BITS = 256;

  private RowReaders() {}

  /**
   * Makes a reader of TRC20 rows.
   *
   * @param recipient the wallet whose listing it is
   * @param contract the token that was asked for
   */
  static PageReader.RowReader<Trc20Row> trc20(String recipient, String contract) {
    return (parser, fields) -> trc20(parser, fields, recipient, contract);
  }

  /** Reads a row of {@code /v1/accounts/{address}/transactions}. */
  static @Nullable TronTransaction transaction(JsonParser parser, JsonFields fields) throws IOException {
    TronTransaction transaction = TransactionReader.read(parser, fields, "");
    checkHash(transaction.txId(), "txID", fields);
    checkTime(transaction.blockTime(), fields);
    return transaction;
  }

  private static @Nullable Trc20Row trc20(JsonParser parser, JsonFields fields, String recipient, String contract)
      throws IOException {
    String txId = null;
    String type = null;
    String to = null;
    String value = null;
    Long blockTime = null;
    Boolean unconfirmed = null;
    Token token = null;
    TronTransaction detail = null;
    for (String name = fields.next(); name != null; name = fields.next()) {
      switch (name) {
        case "transaction_id" -> {
          fields.once(txId, name);
          txId = fields.text(name);
        }
        case "type" -> {
          fields.once(type, name);
          type = fields.text(name, "Transfer");
        }
        case "to" -> {
          fields.once(to, name);
          to = fields.text(name, recipient);
        }
        case "value" -> {
          fields.once(value, name);
          value = fields.text(name);
        }
        case "block_timestamp" -> {
          fields.once(blockTime, name);
          blockTime = fields.number(name);
        }
        case "_unconfirmed" -> {
          fields.once(unconfirmed, name);
          unconfirmed = fields.truth(name);
        }
        case "token_info" -> {
          fields.once(token, name);
          token = fields.isObject(name) ? token(fields, contract) : null;
        }
        case "detail" -> {
          fields.once(detail, name);
          detail = detail(parser, txId == null ? "" : txId);
        }
        default -> fields.skip();
      }
    }
    checkHash(txId, "transaction_id", fields);
    checkTime(blockTime == null ? 0 : blockTime, fields);
    BigInteger units = value == null ? null : units(value, fields);
    if (txId == null || type == null || to == null || value == null || token == null || blockTime == null) {
      fields.complain("a field is missing");
    }
    if (fields.problem() != null || txId == null || type == null || to == null || units == null || token == null
        || blockTime == null) {
      return null;
    }
    return new Trc20Row(
        txId, token.contract(), token.decimals(), type, to, units, blockTime,
        Boolean.TRUE.equals(unconfirmed), detail);
  }

  /** A {@code detail} that is absent or cannot be read only means that the transaction must be looked up. */
  private static @Nullable TronTransaction detail(JsonParser parser, String txId) throws IOException {
    if (parser.currentToken() == JsonToken.VALUE_NULL) {
      return null;
    }
    JsonFields own = new JsonFields(parser);
    TronTransaction detail = own.isObject("detail") ? TransactionReader.read(parser, own, txId) : null;
    return own.problem() == null ? detail : null;
  }

  private static @Nullable Token token(JsonFields fields, String contract) throws IOException {
    String address = null;
    Long decimals = null;
    for (String name = fields.next(); name != null; name = fields.next()) {
      switch (name) {
        case "address" -> {
          fields.once(address, name);
          address = fields.text(name, contract);
        }
        case "decimals" -> {
          fields.once(decimals, name);
          decimals = fields.number(name);
        }
        default -> fields.skip();
      }
    }
    return address == null ? null : new Token(address, decimals == null ? -1 : decimals);
  }

  private static void checkHash(@Nullable String hash, String name, JsonFields fields) {
    if (hash == null || !isHash(hash)) {
      fields.complain(name + " is no hash");
    }
  }

  // A loop, since this runs for every row: patterns cost about 100 µs for a page of 200.
  private static boolean isHash(String text) {
    if (text.length() != HASH_LENGTH) {
      return false;
    }
    for (int i = 0; i < HASH_LENGTH; i++) {
      char c = text.charAt(i);
      if (!isDigit(c) && (c < 'a' || c > 'f')) {
        return false;
      }
    }
    return true;
  }

  /** Reads a decimal number without sign, exponent or leading zero; anything else is noted. */
  private static @Nullable BigInteger units(String text, JsonFields fields) {
    boolean plain = !text.isEmpty() && text.length() <= MAX_DIGITS && (text.charAt(0) != '0' || text.length() == 1);
    for (int i = 0; plain && i < text.length(); i++) {
      plain = isDigit(text.charAt(i));
    }
    BigInteger units = plain ? new BigInteger(text) : null;
    if (units == null || units.bitLength() > MAX_BITS) {
      fields.complain("value is no decimal number of atomic units below 2^256");
      return null;
    }
    return units;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static void checkTime(long millis, JsonFields fields) {
    if (!BlockTimes.isPlausible(millis)) {
      fields.complain("block_timestamp " + millis + " is no time of a block in milliseconds");
    }
  }

  private record Token(String contract, long decimals) {}
}
