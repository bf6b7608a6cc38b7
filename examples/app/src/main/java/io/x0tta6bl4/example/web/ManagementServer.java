package io.x0tta6bl4.example.web;

import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * What operators and their tools ask: {@code /metrics}, {@code /healthz/live} (it answers) and {@code /healthz/ready} (it does
 * its work). Thread-safe.
 */
public final class ManagementServer implements AutoCloseable {

  private static final String TEXT = "text/plain; charset=utf-8";

  private final WebServer server;

  private ManagementServer(WebServer server) {
    this.server = server;
  }

  /**
   * Starts to serve.
   *
   * @param address where, port 0 for any that is free
   * @param registry what {@code /metrics} shows
   * @param ready what {@code /healthz/ready} tells
   * @param more adds what else is served
   * @return the server
   * @throws IOException if the port is taken
   */
  public static ManagementServer start(
      InetSocketAddress address, PrometheusRegistry registry, BooleanSupplier ready, Consumer<Router> more)
      throws IOException {
    WebServer server = WebServer.bind(address, Admission.ALL, 0);
    server.route("GET", "/metrics", request -> metrics(registry, request));
    server.route("GET", "/healthz/live", request -> Response.text(200, TEXT, "live\n"));
    server.route(
        "GET",
        "/healthz/ready",
        request -> {
          boolean good = ready.getAsBoolean();
          return Response.text(good ? 200 : 503, TEXT, good ? "ready\n" : "not ready\n");
        });
    more.accept(server);
    server.start();
    return new ManagementServer(server);
  }

  private static Response metrics(PrometheusRegistry registry, Request request) {
    ExpositionFormats formats = ExpositionFormats.init();
    String accept = request.header("Accept").orElse("");
    // Protobuf, the third format, is for histograms that no metric here has.
    ExpositionFormatWriter writer =
        formats.getOpenMetricsTextFormatWriter().accepts(accept)
            ? formats.getOpenMetricsTextFormatWriter()
            : formats.getPrometheusTextFormatWriter();
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    try {
      writer.write(text, registry.scrape());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Response.text(200, writer.getContentType(), text.toString(StandardCharsets.UTF_8));
  }

  /**
   * Where it listens.
   *
   * @return the port
   */
  public int port() {
    return server.port();
  }

  @Override
  public void close() {
    server.close();
  }
}
