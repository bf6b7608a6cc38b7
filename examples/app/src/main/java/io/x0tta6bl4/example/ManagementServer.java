package io.x0tta6bl4.example;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.prometheus.metrics.exporter.httpserver.MetricsHandler;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;

/**
 * What operators and their tools ask: {@code /metrics}, {@code /healthz/live} (it answers) and {@code /healthz/ready} (it does
 * its work), on all addresses. Thread-safe.
 */
final class ManagementServer implements AutoCloseable {

  private static final int OK = 200;
  private static final int NOT_FOUND = 404;
  private static final int UNAVAILABLE = 503;

  private final HttpServer server;
  private final ExecutorService executor;

  private ManagementServer(HttpServer server, ExecutorService executor) {
    this.server = server;
    this.executor = executor;
  }

  /**
   * Starts to serve.
   *
   * @param port 0 for any that is free
   * @param registry what {@code /metrics} shows
   * @param ready what {@code /healthz/ready} tells
   * @return the server
   * @throws IOException if the port is taken
   */
  static ManagementServer start(int port, PrometheusRegistry registry, BooleanSupplier ready) throws IOException {
    HttpServer http = HttpServer.create(new InetSocketAddress(port), 0);
    ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    http.setExecutor(threads);
    http.createContext("/", exchange -> answer(exchange, NOT_FOUND, "not found: try /metrics"));
    http.createContext("/metrics", new MetricsHandler(registry));
    http.createContext("/healthz/live", exchange -> answer(exchange, OK, "live"));
    http.createContext(
        "/healthz/ready",
        exchange -> {
          boolean good = ready.getAsBoolean();
          answer(exchange, good ? OK : UNAVAILABLE, good ? "ready" : "not ready");
        });
    http.start();
    return new ManagementServer(http, threads);
  }

  private static void answer(HttpExchange exchange, int status, String text) throws IOException {
    try (exchange) {
      byte[] body = (text + "\n").getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
      boolean head = exchange.getRequestMethod().equals("HEAD");
      exchange.sendResponseHeaders(status, head ? -1 : body.length);
      if (!head) {
        exchange.getResponseBody().write(body);
      }
    }
  }

  /**
   * Where it listens.
   *
   * @return the port
   */
  int port() {
    return server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
    executor.close();
  }
}
