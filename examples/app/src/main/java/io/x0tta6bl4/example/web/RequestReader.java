package io.x0tta6bl4.example.web;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads what the JDK's server received. */
final class RequestReader {

  private static final int LONGEST_QUERY = 2048;

  private RequestReader() {}

  /**
   * Reads all but the body.
   *
   * @param exchange the exchange
   * @param client whose it is
   * @return the request, its body and its parameters empty
   */
  static Request head(HttpExchange exchange, String client) {
    Map<String, String> headers = new HashMap<>();
    exchange.getRequestHeaders().forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
    String path = exchange.getRequestURI().getRawPath();
    if (exchange.getRequestURI().isAbsolute() || path == null) {
      throw new ProblemException(400, "the request's target is not a path");
    }
    return new Request(
        exchange.getRequestMethod(),
        path,
        Map.of(),
        query(exchange.getRequestURI().getRawQuery()),
        Map.copyOf(headers),
        new byte[0],
        client);
  }

  /**
   * Reads the body.
   *
   * @param exchange the exchange
   * @param head what was read before
   * @param parameters of the path
   * @param maxBody in bytes
   * @return the whole request
   * @throws IOException if the client goes
   */
  static Request whole(HttpExchange exchange, Request head, Map<String, String> parameters, int maxBody) throws IOException {
    byte[] body = exchange.getRequestBody().readNBytes(maxBody + 1);
    if (body.length > maxBody) {
      exchange.getResponseHeaders().set("Connection", "close");
      throw new ProblemException(413, "the body has more than " + maxBody + " bytes");
    }
    return new Request(head.method(), head.path(), parameters, head.query(), head.headers(), body, head.client());
  }

  private static Map<String, String> query(@Nullable String raw) {
    if (raw == null || raw.isEmpty()) {
      return Map.of();
    }
    if (raw.length() > LONGEST_QUERY) {
      throw new ProblemException(400, "the query has more than " + LONGEST_QUERY + " characters");
    }
    Map<String, String> query = new HashMap<>();
    for (String pair : raw.split("&", -1)) {
      int equals = pair.indexOf('=');
      String name = equals < 0 ? pair : pair.substring(0, equals);
      String value = equals < 0 ? "" : pair.substring(equals + 1);
      query.putIfAbsent(decoded(name), decoded(value));
    }
    return Map.copyOf(query);
  }

  private static String decoded(String text) {
    return PathSegments.decode(text.replace('+', ' '))
        .orElseThrow(() -> new ProblemException(400, "the query is malformed"));
  }
}
