package io.x0tta6bl4.payment.http;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * A GET request below a provider's base URL. Immutable and thread-safe.
 *
 * @since 0.1.0
 */
public final class ApiRequest {

  private final String template;
  private final String path;
  private final String query;

  private ApiRequest(String template, String path, String query) {
    this.template = template;
    this.path = path;
    this.query = query;
  }

  /**
   * Starts a request.
   *
   * @param template the path, with {@code {}} for each value
   * @param values what stands for them; each is encoded, so that it can be nothing but one segment
   * @return the request
   * @throws IllegalArgumentException if a value is empty, {@code .} or {@code ..}, or their number does not fit
   */
  public static ApiRequest get(String template, String... values) {
    String[] parts = template.split("\\{}", -1);
    if (parts.length != values.length + 1) {
      throw new IllegalArgumentException(values.length + " values for the path " + template);
    }
    StringBuilder path = new StringBuilder(parts[0]);
    for (int i = 0; i < values.length; i++) {
      if (values[i].isEmpty() || values[i].equals(".") || values[i].equals("..")) {
        throw new IllegalArgumentException("'" + values[i] + "' cannot be a path segment of " + template);
      }
      path.append(encoded(values[i])).append(parts[i + 1]);
    }
    return new ApiRequest(template, path.toString(), "");
  }

  /**
   * Adds a query parameter.
   *
   * @param name its name
   * @param value its value, encoded by this
   * @return a new request
   */
  public ApiRequest query(String name, String value) {
    return new ApiRequest(template, path, query + (query.isEmpty() ? "?" : "&") + encoded(name) + "=" + encoded(value));
  }

  /**
   * Adds a query parameter.
   *
   * @param name its name
   * @param value its value
   * @return a new request
   */
  public ApiRequest query(String name, long value) {
    return query(name, Long.toString(value));
  }

  /**
   * Gives the path as it was before values stood in it: a name for the endpoint.
   *
   * @return the template
   */
  public String endpoint() {
    return template;
  }

  /**
   * Gives the path without the query.
   *
   * @return the encoded path
   */
  public String path() {
    return path;
  }

  /**
   * Gives path and query.
   *
   * @return what stands behind the base URL
   */
  public String pathAndQuery() {
    return path + query;
  }

  @Override
  public String toString() {
    return "GET " + pathAndQuery();
  }

  private static String encoded(String value) {
    // A colon needs no escape in a segment or a query, and TON's raw addresses have one.
    return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20").replace("%3A", ":");
  }
}
