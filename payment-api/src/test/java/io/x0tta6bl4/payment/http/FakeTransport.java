package io.x0tta6bl4.payment.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/** A transport that answers what it was told, the last answer again and again. */
final class FakeTransport implements HttpTransport {

  interface Answer {
    ApiResponse give() throws IOException, InterruptedException;
  }

  final List<URI> uris = new ArrayList<>();
  final List<Map<String, String>> headers = new ArrayList<>();
  final List<ApiRequest.Body> bodies = new ArrayList<>();
  final List<Duration> timeouts = new ArrayList<>();
  int closed;
  private final Deque<Answer> answers = new ArrayDeque<>();

  FakeTransport then(Answer answer) {
    answers.add(answer);
    return this;
  }

  FakeTransport then(int status, String body) {
    return then(status, Map.of(), body);
  }

  FakeTransport then(int status, Map<String, String> headers, String body) {
    return then(() -> new ApiResponse(status, headers, body.getBytes(UTF_8)));
  }

  FakeTransport thenFails(IOException e) {
    return then(
        () -> {
          throw e;
        });
  }

  @Override
  public ApiResponse get(URI uri, Map<String, String> headersSent, Duration timeout)
      throws IOException, InterruptedException {
    uris.add(uri);
    headers.add(headersSent);
    timeouts.add(timeout);
    return (answers.size() > 1 ? answers.remove() : answers.element()).give();
  }

  @Override
  public ApiResponse post(URI uri, Map<String, String> headersSent, ApiRequest.Body body, Duration timeout)
      throws IOException, InterruptedException {
    bodies.add(body);
    return get(uri, headersSent, timeout);
  }

  @Override
  public void close() {
    closed++;
  }
}
