package io.x0tta6bl4.payment.benchmarks;

import io.x0tta6bl4.payment.http.ApiResponse;
import io.x0tta6bl4.payment.http.HttpTransport;
import java.net.URI;
import java.time.Duration;
import java.util.Map;

/** Answers at once: some paths with what they have of their own, all others with a page. */
public final class CannedTransport implements HttpTransport {

  private final byte[] page;
  private final Map<String, byte[]> others;

  /**
   * Makes a transport.
   *
   * @param page the answer
   * @param others answers by path
   */
  public CannedTransport(byte[] page, Map<String, byte[]> others) {
    this.page = page;
    this.others = others;
  }

  @Override
  public ApiResponse get(URI uri, Map<String, String> headers, Duration timeout) {
    return new ApiResponse(200, Map.of("Content-Type", "application/json"), others.getOrDefault(uri.getPath(), page));
  }

  @Override
  public void close() {}
}
