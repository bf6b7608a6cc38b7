package io.x0tta6bl4.example.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.MDC;

/** What operators learn of requests. */
class RequestObserverTest {

  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final HttpClient client = HttpClient.newHttpClient();
  private WebServer server;

  @BeforeEach
  void start() throws IOException {
    server = WebServer.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), Admission.ALL, 0);
    server.observe(HttpMetrics.register(registry));
    server.route("GET", "/orders/{id}", request -> Response.text(200, "text/plain", String.valueOf(MDC.get("trace_id"))));
    server.route("GET", "/missing/{id}", request -> { throw new ProblemException(404, "not known"); });
    server.route("GET", "/broken", request -> { throw new IllegalStateException("broken"); });
    server.start();
  }

  @AfterEach
  void stop() {
    server.close();
    client.close();
  }

  private HttpResponse<String> send(String method, String path, String... headers) throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path)).method(method, BodyPublishers.noBody());
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), BodyHandlers.ofString());
  }

  private String metrics() throws IOException {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    PrometheusTextFormatWriter.create().write(text, registry.scrape());
    return text.toString(StandardCharsets.UTF_8);
  }

  @Test
  void countsRequestsByRouteAndStatus() throws Exception {
    send("GET", "/orders/1");
    send("GET", "/orders/2");
    send("GET", "/missing/1");
    send("GET", "/broken");
    assertThat(metrics())
        .contains("x0tta6bl4_http_requests_total{method=\"GET\",route=\"/orders/{id}\",status=\"200\"} 2.0")
        .contains("x0tta6bl4_http_requests_total{method=\"GET\",route=\"/missing/{id}\",status=\"404\"} 1.0")
        .contains("x0tta6bl4_http_requests_total{method=\"GET\",route=\"/broken\",status=\"500\"} 1.0")
        .contains("x0tta6bl4_http_request_seconds_count{method=\"GET\",route=\"/orders/{id}\"} 2");
  }

  @Test
  void letsNoClientMakeUpALabel() throws Exception {
    send("GET", "/made/up");
    send("BREW", "/orders/1");
    send("GET", "/orders/%zz".replace("zz", "00"));
    assertThat(metrics().lines().filter(line -> line.startsWith("x0tta6bl4_http_requests_total")))
        .allMatch(line -> line.contains("route=\"none\"") && line.contains("method=\"other\""))
        .isNotEmpty();
  }

  @Test
  void takesTheTraceOfTheCaller() throws Exception {
    HttpResponse<String> answer = send("GET", "/orders/1", "traceparent", "00-" + TRACE + "-00f067aa0ba902b7-01");
    assertThat(answer.headers().firstValue("X-Trace-Id")).contains(TRACE);
    assertThat(answer.body()).as("what the log line would have").isEqualTo(TRACE);
  }

  @ParameterizedTest
  @ValueSource(strings = {
      "", "00-" + TRACE, "ff-" + TRACE + "-00f067aa0ba902b7-01", "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
      "00-" + TRACE + "-0000000000000000-01", "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01", "<script>"})
  void makesATraceWhereTheHeaderIsNone(String header) throws Exception {
    HttpResponse<String> answer = header.isEmpty() ? send("GET", "/orders/1") : send("GET", "/orders/1", "traceparent", header);
    assertThat(answer.headers().firstValue("X-Trace-Id").orElseThrow()).matches("[0-9a-f]{32}").isNotEqualTo(TRACE);
  }
}
