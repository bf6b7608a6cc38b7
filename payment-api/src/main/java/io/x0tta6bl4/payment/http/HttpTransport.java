package io.x0tta6bl4.payment.http;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;

/**
 * Sends one request and waits for the whole answer. Thread-safe.
 *
 * @since 0.1.0
 */
public interface HttpTransport extends AutoCloseable {

  /**
   * Sends a GET request. Redirects are not followed.
   *
   * @param uri where to
   * @param headers what to send along; may hold a secret
   * @param timeout when to give up, counted to the last byte of the body
   * @return the answer, whatever its status
   * @throws IOException if there was no whole answer in time, or it was too large
   * @throws InterruptedException if the thread is interrupted; the exchange is then aborted
   */
  ApiResponse get(URI uri, Map<String, String> headers, Duration timeout) throws IOException, InterruptedException;

  /** Releases connections. Idempotent. */
  @Override
  void close();
}
