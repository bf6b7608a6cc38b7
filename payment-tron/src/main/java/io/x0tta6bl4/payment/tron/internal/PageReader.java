package io.x0tta6bl4.payment.tron.internal;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.x0tta6bl4.payment.MalformedReplyException;
import io.x0tta6bl4.payment.http.Json;
import io.x0tta6bl4.payment.http.JsonFields;
import io.x0tta6bl4.payment.http.ReplyReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a page of a v1 listing piece by piece: {@code data} is an array of rows, {@code meta.fingerprint} says where the next
 * page begins ({@code meta.links} is never followed: it may name any host).
 *
 * @param <T> a row
 */
final class PageReader<T> implements ReplyReader<Page<T>> {

  /** Reads one row from the start of its object; {@code null} if it cannot be read, with the problem noted. */
  interface RowReader<T> {
    @Nullable T read(JsonParser parser, JsonFields fields) throws IOException;
  }

  private final RowReader<T> rowReader;

  PageReader(RowReader<T> rowReader) {
    this.rowReader = rowReader;
  }

  @Override
  public Page<T> read(byte[] body) throws IOException {
    try (JsonParser parser = Json.parser(body)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw malformed("the answer is no object");
      }
      JsonFields fields = new JsonFields(parser);
      List<T> rows = null;
      List<String> unreadable = new ArrayList<>();
      String fingerprint = null;
      boolean meta = false;
      for (String name = fields.next(); name != null; name = fields.next()) {
        switch (name) {
          case "data" -> {
            fields.once(rows, name);
            rows = rows(parser, unreadable);
          }
          case "meta" -> {
            if (meta) {
              fields.complain("meta stands twice");
            }
            meta = true;
            fingerprint = fingerprint(fields);
          }
          case "success" -> {
            if (!Boolean.TRUE.equals(fields.truth(name))) {
              fields.complain("success is not true");
            }
          }
          default -> fields.skip();
        }
      }
      if (rows == null) {
        throw malformed("the answer has no data");
      }
      if (fields.problem() != null) {
        throw malformed(fields.problem());
      }
      if (parser.nextToken() != null) {
        throw malformed("the answer goes on behind its end");
      }
      return new Page<>(rows, unreadable, fingerprint);
    }
  }

  private List<T> rows(JsonParser parser, List<String> unreadable) throws IOException {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      throw malformed("data is no array");
    }
    List<T> rows = new ArrayList<>();
    for (int index = 0; parser.nextToken() != JsonToken.END_ARRAY; index++) {
      JsonFields fields = new JsonFields(parser);
      T row = fields.isObject("a row") ? rowReader.read(parser, fields) : null;
      if (row != null && fields.problem() == null) {
        rows.add(row);
      } else {
        unreadable.add("row " + index + ": " + fields.problem());
      }
    }
    return rows;
  }

  private static @Nullable String fingerprint(JsonFields fields) throws IOException {
    String fingerprint = null;
    if (fields.isObject("meta")) {
      for (String name = fields.next(); name != null; name = fields.next()) {
        if (name.equals("fingerprint")) {
          fields.once(fingerprint, name);
          fingerprint = fields.text(name);
        } else {
          fields.skip();
        }
      }
    }
    return fingerprint == null || fingerprint.isEmpty() ? null : fingerprint;
  }

  private static MalformedReplyException malformed(@Nullable String what) {
    return new MalformedReplyException(TronGrid.ID, String.valueOf(what), null);
  }
}
