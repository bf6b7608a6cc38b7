package io.x0tta6bl4.example.web;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A request that was read whole.
 *
 * @param method in upper case
 * @param path as sent, without query
 * @param parameters of the route's pattern, decoded
 * @param query decoded; of a name that comes twice the first
 * @param headers by lower-case name; of a name that comes twice the first
 * @param body empty if there was none; not copied, and never compared
 * @param client the address of the peer, or what a trusted proxy says of it
 */
@SuppressWarnings("ArrayRecordComponent")
public record Request(
    String method,
    String path,
    Map<String, String> parameters,
    Map<String, String> query,
    Map<String, String> headers,
    byte[] body,
    String client) {

  /**
   * A part of the path.
   *
   * @param name as in the route's pattern
   * @return its value
   */
  public String parameter(String name) {
    return Optional.ofNullable(parameters.get(name)).orElseThrow();
  }

  /**
   * A header.
   *
   * @param name in any case
   * @return its value
   */
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
  }
}
