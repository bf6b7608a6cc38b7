package io.x0tta6bl4.payment.ton.internal;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.x0tta6bl4.payment.MalformedReplyException;
import io.x0tta6bl4.payment.http.Json;
import io.x0tta6bl4.payment.http.JsonFields;
import io.x0tta6bl4.payment.http.JsonSpan;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads transactions piece by piece: of the many fields few matter, and most bytes are skipped. */
final class TransactionReader {

  private static final int HASH_LENGTH = 64;

  /** 2019-11-15, the first block of the chain, and 2100-01-01; milliseconds lie far beyond. */
  private static final long FIRST_UTIME = 1_573_776_000L;

  private static final long LAST_UTIME = 4_102_444_800L;

  private final byte[] body;
  private final JsonParser parser;

  private TransactionReader(byte[] body, JsonParser parser) {
    this.body = body;
    this.parser = parser;
  }

  /** Reads {@code {"transactions": [...]}}. */
  static Page page(byte[] body) throws IOException {
    try (JsonParser parser = Json.parser(body)) {
      return new TransactionReader(body, parser).page();
    }
  }

  /** Reads a transaction that is the whole answer. */
  static TonTransaction single(byte[] body) throws IOException {
    try (JsonParser parser = Json.parser(body)) {
      JsonFields fields = new JsonFields(parser);
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw malformed("the transaction is no object");
      }
      TonTransaction transaction = new TransactionReader(body, parser).transaction(fields);
      if (transaction == null || fields.problem() != null) {
        throw malformed("the transaction cannot be read: " + fields.problem());
      }
      return transaction;
    }
  }

  /**
   * One page.
   *
   * @param rows the transactions, in the provider's order; {@code null} in place of one that cannot be read
   * @param unreadable one sentence for each of those
   */
  record Page(List<@Nullable TonTransaction> rows, List<String> unreadable) {}

  private Page page() throws IOException {
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      throw malformed("the answer is no object");
    }
    JsonFields fields = new JsonFields(parser);
    Page page = null;
    for (String name = fields.next(); name != null; name = fields.next()) {
      if (name.equals("transactions")) {
        fields.once(page, name);
        page = rows();
      } else {
        fields.skip();
      }
    }
    if (page == null || fields.problem() != null) {
      throw malformed(page == null ? "the answer has no transactions" : String.valueOf(fields.problem()));
    }
    if (parser.nextToken() != null) {
      throw malformed("the answer goes on behind its end");
    }
    return page;
  }

  private Page rows() throws IOException {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      throw malformed("transactions is no array");
    }
    List<@Nullable TonTransaction> rows = new ArrayList<>();
    List<String> unreadable = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      JsonFields fields = new JsonFields(parser);
      TonTransaction row = fields.isObject("a row") ? transaction(fields) : null;
      if (row == null || fields.problem() != null) {
        unreadable.add("row " + rows.size() + ": " + fields.problem());
        row = null;
      }
      rows.add(row);
    }
    return new Page(rows, unreadable);
  }

  private @Nullable TonTransaction transaction(JsonFields fields) throws IOException {
    String hash = null;
    Long lt = null;
    String account = null;
    Boolean success = null;
    Long utime = null;
    Long credit = null;
    String bouncePhase = null;
    Long previousLt = null;
    String previousHash = null;
    Message in = null;
    List<TonTransaction.OutMessage> out = null;
    for (String name = fields.next(); name != null; name = fields.next()) {
      switch (name) {
        case "hash" -> {
          fields.once(hash, name);
          hash = fields.text(name);
        }
        case "lt" -> {
          fields.once(lt, name);
          lt = fields.number(name);
        }
        case "account" -> {
          fields.once(account, name);
          account = address(name, fields);
        }
        case "success" -> {
          fields.once(success, name);
          success = fields.truth(name);
        }
        case "utime" -> {
          fields.once(utime, name);
          utime = fields.number(name);
        }
        case "credit_phase" -> {
          fields.once(credit, name);
          credit = credit(fields);
        }
        case "bounce_phase" -> {
          fields.once(bouncePhase, name);
          bouncePhase = fields.textOrNull(name);
        }
        case "prev_trans_lt" -> {
          fields.once(previousLt, name);
          previousLt = fields.number(name);
        }
        case "prev_trans_hash" -> {
          fields.once(previousHash, name);
          previousHash = fields.text(name);
        }
        case "in_msg" -> {
          fields.once(in, name);
          in = parser.currentToken() == JsonToken.VALUE_NULL ? null : message(fields);
        }
        case "out_msgs" -> {
          fields.once(out, name);
          out = outMessages(fields);
        }
        default -> fields.skip();
      }
    }
    if (hash == null || !isHash(hash)) {
      fields.complain("hash is no hash");
    }
    if (utime == null || utime < FIRST_UTIME || utime > LAST_UTIME) {
      fields.complain("utime " + utime + " is no time of a block in seconds");
    }
    if (lt == null || lt <= 0 || account == null || success == null || (credit != null && credit < 0)) {
      fields.complain("a field is missing or out of range");
    }
    if (fields.problem() != null || hash == null || lt == null || account == null || success == null || utime == null) {
      return null;
    }
    return new TonTransaction(
        hash.toLowerCase(Locale.ROOT),
        lt,
        account,
        success,
        utime,
        credit == null ? 0 : credit,
        bouncePhase,
        previousLt == null ? 0 : previousLt,
        previousHash == null ? null : previousHash.toLowerCase(Locale.ROOT),
        in,
        out == null ? List.of() : out);
  }

  private @Nullable Message message(JsonFields fields) throws IOException {
    String type = null;
    Boolean bounced = null;
    String source = null;
    Long createdAt = null;
    String opCode = null;
    byte[] rawBody = null;
    String decodedName = null;
    JsonSpan decoded = null;
    if (!fields.isObject("in_msg")) {
      return null;
    }
    for (String name = fields.next(); name != null; name = fields.next()) {
      switch (name) {
        case "msg_type" -> {
          fields.once(type, name);
          type = fields.text(name, "int_msg");
        }
        case "bounced" -> {
          fields.once(bounced, name);
          bounced = fields.truth(name);
        }
        case "source" -> {
          fields.once(source, name);
          source = address(name, fields);
        }
        case "created_at" -> {
          fields.once(createdAt, name);
          createdAt = fields.number(name);
        }
        case "op_code" -> {
          fields.once(opCode, name);
          opCode = fields.textOrNull(name);
        }
        case "raw_body" -> {
          fields.once(rawBody, name);
          rawBody = parser.currentToken() == JsonToken.VALUE_NULL ? null : fields.hex(name);
        }
        case "decoded_op_name" -> {
          fields.once(decodedName, name);
          decodedName = fields.textOrNull(name);
        }
        case "decoded_body" -> {
          fields.once(decoded, name);
          decoded = parser.currentToken() == JsonToken.VALUE_NULL ? null : fields.span(body);
        }
        default -> fields.skip();
      }
    }
    if (type == null || bounced == null) {
      fields.complain("in_msg lacks msg_type or bounced");
      return null;
    }
    return new Message(
        type,
        bounced,
        source,
        createdAt == null ? 0 : createdAt,
        opCode,
        rawBody == null || rawBody.length == 0 ? null : rawBody,
        decodedName,
        decoded);
  }

  private List<TonTransaction.OutMessage> outMessages(JsonFields fields) throws IOException {
    List<TonTransaction.OutMessage> messages = new ArrayList<>();
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      fields.complain("out_msgs is no array");
      fields.skip();
      return messages;
    }
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (!fields.isObject("out_msgs[]")) {
        continue;
      }
      String hash = null;
      String destination = null;
      Long value = null;
      for (String name = fields.next(); name != null; name = fields.next()) {
        switch (name) {
          case "hash" -> {
            fields.once(hash, name);
            hash = fields.text(name);
          }
          case "destination" -> {
            fields.once(destination, name);
            destination = address(name, fields);
          }
          case "value" -> {
            fields.once(value, name);
            value = fields.number(name);
          }
          default -> fields.skip();
        }
      }
      boolean isHash = hash != null && isHash(hash);
      messages.add(
          new TonTransaction.OutMessage(isHash ? hash : null, destination, value == null ? 0 : Math.max(0, value)));
    }
    return messages;
  }

  /** Reads {@code {"address": "0:...", ...}}, or nothing where it is null. */
  private @Nullable String address(String field, JsonFields fields) throws IOException {
    if (parser.currentToken() == JsonToken.VALUE_NULL) {
      return null;
    }
    String address = null;
    if (fields.isObject(field)) {
      for (String name = fields.next(); name != null; name = fields.next()) {
        if (name.equals("address")) {
          fields.once(address, name);
          address = fields.text(name);
        } else {
          fields.skip();
        }
      }
      if (address == null) {
        fields.complain(field + " has no address");
      }
    }
    return address;
  }

  private @Nullable Long credit(JsonFields fields) throws IOException {
    if (parser.currentToken() == JsonToken.VALUE_NULL) {
      return null;
    }
    Long credit = null;
    if (fields.isObject("credit_phase")) {
      for (String name = fields.next(); name != null; name = fields.next()) {
        if (name.equals("credit")) {
          fields.once(credit, name);
          credit = fields.number(name);
        } else {
          fields.skip();
        }
      }
    }
    return credit;
  }

  // A loop, since this runs for every row and every message that it sent.
  private static boolean isHash(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.digit(text.charAt(i), 16) < 0 || text.charAt(i) > 'f') {
        return false;
      }
    }
    return text.length() == HASH_LENGTH;
  }

  private static MalformedReplyException malformed(String what) {
    return new MalformedReplyException(TonApi.ID, what, null);
  }
}
