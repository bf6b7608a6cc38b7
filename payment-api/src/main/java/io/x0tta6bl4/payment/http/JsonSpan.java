package io.x0tta6bl4.payment.http;

import java.util.Arrays;

/**
 * A part of a long answer that is only read if it matters. Keeps the whole answer in memory. Immutable and thread-safe.
 *
 * @since 0.1.0
 */
public final class JsonSpan {

  private final byte[] body;
  private final int start;
  private final int end;

  JsonSpan(byte[] body, int start, int end) {
    this.body = body;
    this.start = start;
    this.end = end;
  }

  /**
   * Reads the part.
   *
   * @param providerId whose answer it is
   * @return its root
   * @throws io.x0tta6bl4.payment.MalformedReplyException if it is no object and no array, or nested too deeply, or a name
   *     stands twice in one object of it
   */
  public JsonValue tree(String providerId) {
    return Json.tree(providerId, Arrays.copyOfRange(body, start, end));
  }
}
