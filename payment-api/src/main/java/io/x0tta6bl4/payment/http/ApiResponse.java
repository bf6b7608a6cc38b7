package io.x0tta6bl4.payment.http;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * An answer, whole and within its size limit, but otherwise unchecked.
 *
 * @param status the HTTP status
 * @param headers the first value of each header; names compare without case
 * @param body the bytes
 * @since 0.1.0
 */
@SuppressWarnings("ArrayRecordComponent")
public record ApiResponse(int status, Map<String, String> headers, byte[] body) {

  /** Copies the headers. */
  public ApiResponse {
    Map<String, String> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    copy.putAll(headers);
    headers = Collections.unmodifiableMap(copy);
  }

  /**
   * Reads a header.
   *
   * @param name in any case
   * @return its first value, if it is there
   */
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }
}
