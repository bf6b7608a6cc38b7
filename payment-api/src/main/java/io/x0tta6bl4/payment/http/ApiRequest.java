package io.x0tta6bl4.payment.http;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A request below a provider's base URL: a GET, or a POST with a body. Immutable and thread-safe.
 *
 * @since 0.1.0
 */
public final class ApiRequest {

  private final String template;
  private final String path;
  private final String query;
  private final @Nullable Body body;

  private ApiRequest(String template, String path, String query, @Nullable Body body) {
    this.template = template;
    this.path = path;
    this.query = query;
    this.body = body;
  }

  /**
   * What a POST carries. The bytes are not copied.
   *
   * @param contentType the value of the header
   * @param bytes the content
   */
  @SuppressWarnings("ArrayRecordComponent")
  public record Body(String contentType, byte[] bytes) {}

  /**
   * Starts a GET request.
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
    return new ApiRequest(template, path.toString(), "", null);
  }

  /**
   * Starts a POST request.
   *
   * @param path the path, without values
   * @param body what it carries
   * @return the request
   */
  public static ApiRequest post(String path, Body body) {
    return new ApiRequest(path, path, "", body);
  }

  /**
   * Adds a query parameter.
   *
   * @param name its name
   * @param value its value, encoded by this
   * @return a new request
   */
  public ApiRequest query(String name, String value) {
    return new ApiRequest(
        template, path, query + (query.isEmpty() ? "?" : "&") + encoded(name) + "=" + encoded(value), body);
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

  /**
   * Gives what a POST carries.
   *
   * @return the body; empty for a GET
   */
  public Optional<Body> body() {
    return Optional.ofNullable(body);
  }

  @Override
  public String toString() {
    return (body == null ? "GET " : "POST ") + pathAndQuery();
  }

  private static String encoded(String value) {
    // A colon needs no escape in a segment or a query, and TON's raw addresses have one.
    return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20").replace("%3A", ":");
  }
}
