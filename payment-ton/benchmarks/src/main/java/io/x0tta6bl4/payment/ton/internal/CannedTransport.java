package io.x0tta6bl4.payment.ton.internal;

import io.x0tta6bl4.payment.http.ApiResponse;
import io.x0tta6bl4.payment.http.HttpTransport;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/** Answers at once with the page, or with the head. */
final class CannedTransport implements HttpTransport {

  private static final byte[] STATUS = "{\"indexing_latency\":3}".getBytes(StandardCharsets.UTF_8);

  private final byte[] page;
  private final byte[] head;

  CannedTransport(RecordedPage page) {
    this.page = page.body();
    this.head = page.head();
  }

  @Override
  public ApiResponse get(URI uri, Map<String, String> headers, Duration timeout) {
    byte[] body =
        switch (uri.getPath()) {
          case "/v2/blockchain/masterchain-head" -> head;
          case "/v2/status" -> STATUS;
          default -> page;
        };
    return new ApiResponse(200, Map.of("Content-Type", "application/json"), body);
  }

  @Override
  public void close() {}
}
