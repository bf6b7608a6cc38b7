package io.x0tta6bl4.simulator.http;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A request as it came.
 *
 * @param method in upper case
 * @param url path and query as sent
 * @param headers by lower-case name
 * @param body as text, each byte one character
 */
public record SeenRequest(String method, String url, Map<String, List<String>> headers, String body) {

  /**
   * Gives the path.
   *
   * @return without the query
   */
  public String path() {
    return URI.create(url).getPath();
  }

  /**
   * Gives a header.
   *
   * @param name in any case
   * @return its first value, empty if it did not come
   */
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT))).map(values -> values.get(0));
  }

  /**
   * Gives a parameter of the query.
   *
   * @param name its name
   * @return its first value, decoded; empty if it did not come
   */
  public Optional<String> query(String name) {
    return Optional.ofNullable(parameters().get(name));
  }

  /**
   * Gives the parameters of the query.
   *
   * @return by name, decoded; of one that comes twice the first
   */
  public Map<String, String> parameters() {
    Map<String, String> parameters = new LinkedHashMap<>();
    String query = URI.create(url).getRawQuery();
    if (query != null) {
      for (String pair : query.split("&", -1)) {
        int equals = pair.indexOf('=');
        String name = equals < 0 ? pair : pair.substring(0, equals);
        String value = equals < 0 ? "" : pair.substring(equals + 1);
        parameters.putIfAbsent(decoded(name), decoded(value));
      }
    }
    return parameters;
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
