package io.x0tta6bl4.payment.http;

import java.io.IOException;

/**
 * Reads an answer into the caller's own words.
 *
 * @param <T> what it reads
 * @since 0.1.0
 */
@FunctionalInterface
public interface ReplyReader<T> {

  /**
   * Reads.
   *
   * @param body the bytes of a successful answer
   * @return what was read
   * @throws IOException if it is no JSON
   * @throws io.x0tta6bl4.payment.MalformedReplyException if it is not of the documented shape
   */
  T read(byte[] body) throws IOException;
}
