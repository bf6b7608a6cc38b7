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

  /**
   * Sends a POST request. Redirects are not followed, and nothing is sent twice.
   *
   * @param uri where to
   * @param headers what to send along; may hold a secret
   * @param body what to send
   * @param timeout when to give up, counted to the last byte of the answer
   * @return the answer, whatever its status
   * @throws java.net.ConnectException if no connection was made, so that nothing was sent
   * @throws java.net.http.HttpConnectTimeoutException likewise
   * @throws IOException if there was no whole answer in time, or it was too large; the request may have arrived
   * @throws InterruptedException if the thread is interrupted; the exchange is then aborted
   * @throws UnsupportedOperationException if this transport only gets, as it does where nothing else is written
   */
  default ApiResponse post(URI uri, Map<String, String> headers, ApiRequest.Body body, Duration timeout)
      throws IOException, InterruptedException {
    throw new UnsupportedOperationException(getClass().getName() + " sends GET requests only");
  }

  /**
   * Gives the transport by the JDK's client, which is made at the first request.
   *
   * @param maxBodyBytes most bytes of an answer
   * @return a new transport
   */
  static HttpTransport jdk(int maxBodyBytes) {
    return new JdkHttpTransport(maxBodyBytes);
  }

  /** Releases connections. Idempotent. */
  @Override
  void close();
}
