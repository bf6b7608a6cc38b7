package io.x0tta6bl4.payment.http;

import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** {@link HttpTransport} by the JDK's client, which is made at the first request: before it there is no thread. */
final class JdkHttpTransport implements HttpTransport {

  /** Since Java 21 the client can be shut down without waiting for what hangs; on 17 it ends with its last reference. */
  private static final @Nullable Method SHUTDOWN_NOW = shutdownNow();

  private final int maxBodyBytes;
  private @Nullable HttpClient client;
  private boolean closed;

  JdkHttpTransport(int maxBodyBytes) {
    this.maxBodyBytes = maxBodyBytes;
  }

  @Override
  public ApiResponse get(URI uri, Map<String, String> headers, Duration timeout)
      throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(uri), uri, headers, timeout);
  }

  @Override
  public ApiResponse post(URI uri, Map<String, String> headers, ApiRequest.Body body, Duration timeout)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri)
            .header("Content-Type", body.contentType())
            .POST(HttpRequest.BodyPublishers.ofByteArray(body.bytes()));
    return send(request, uri, headers, timeout);
  }

  private ApiResponse send(HttpRequest.Builder request, URI uri, Map<String, String> headers, Duration timeout)
      throws IOException, InterruptedException {
    request.timeout(timeout);
    headers.forEach(request::header);
    if ("http".equals(uri.getScheme())) {
      // No upgrade attempt to HTTP/2 in clear text: small servers take it for a protocol error.
      request.version(HttpClient.Version.HTTP_1_1);
    }
    CompletableFuture<HttpResponse<byte[]>> exchange =
        client().sendAsync(request.build(), info -> new BoundedBody(maxBodyBytes));
    try {
      // The client's own timeout ends with the headers; a body that drips would go on for ever.
      HttpResponse<byte[]> response = exchange.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
      return new ApiResponse(response.statusCode(), firstValues(response), response.body());
    } catch (TimeoutException e) {
      throw new HttpTimeoutException("no whole answer within " + timeout.toMillis() + " ms");
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      throw cause instanceof IOException io ? io : new IOException(String.valueOf(cause), cause);
    } finally {
      exchange.cancel(true);
    }
  }

  @Override
  public void close() {
    HttpClient last = released();
    if (last != null && SHUTDOWN_NOW != null) {
      try {
        SHUTDOWN_NOW.invoke(last);
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException("the HTTP client could not be closed", e);
      }
    }
  }

  private synchronized @Nullable HttpClient released() {
    HttpClient last = client;
    closed = true;
    client = null;
    return last;
  }

  private synchronized HttpClient client() throws IOException {
    if (closed) {
      throw new FinalIoException("the HTTP client is closed");
    }
    if (client == null) {
      client =
          HttpClient.newBuilder()
              .followRedirects(HttpClient.Redirect.NEVER)
              .connectTimeout(Duration.ofSeconds(10))
              .build();
    }
    return client;
  }

  private static @Nullable Method shutdownNow() {
    try {
      return HttpClient.class.getMethod("shutdownNow");
    } catch (NoSuchMethodException e) {
      return null;
    }
  }

  private static Map<String, String> firstValues(HttpResponse<?> response) {
    Map<String, String> first = new HashMap<>();
    for (Map.Entry<String, List<String>> header : response.headers().map().entrySet()) {
      first.put(header.getKey(), header.getValue().get(0));
    }
    return first;
  }
}
