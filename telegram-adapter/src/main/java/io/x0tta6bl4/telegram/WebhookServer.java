package io.x0tta6bl4.telegram;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A small server for a {@link WebhookHandler}, on the JDK's own, with a virtual thread for each request where there are some
 * (Java 21), else with 16 threads. It speaks HTTP: what ends TLS stands before it, for Telegram posts to https only.
 * Thread-safe.
 *
 * @since 0.1.0
 */
public final class WebhookServer implements AutoCloseable {

  private static final int THREADS = 16;
  private static final int GRACE_SECONDS = 2;

  private final HttpServer server;
  private final ExecutorService threads;

  private WebhookServer(HttpServer server, ExecutorService threads) {
    this.server = server;
    this.threads = threads;
  }

  /**
   * Starts a server.
   *
   * @param address where it listens; port 0 for any that is free
   * @param path of the webhook, for instance {@code /telegram}; everything else is 404
   * @param handler takes the requests
   * @return the running server
   * @throws UncheckedIOException if the address cannot be listened on
   * @throws IllegalArgumentException if the path does not begin with a slash
   */
  public static WebhookServer start(InetSocketAddress address, String path, WebhookHandler handler) {
    HttpServer server;
    try {
      server = HttpServer.create(address, 0);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot listen on " + address, e);
    }
    ExecutorService threads = threads();
    server.setExecutor(threads);
    server.createContext(path, exchange -> handle(path, handler, exchange));
    server.start();
    return new WebhookServer(server, threads);
  }

  private static void handle(String path, WebhookHandler handler, HttpExchange exchange) throws IOException {
    try (exchange) {
      if (!exchange.getRequestURI().getPath().equals(path)) {
        exchange.sendResponseHeaders(404, -1);
        return;
      }
      WebhookHandler.Answer answer =
          handler.handle(
              exchange.getRequestMethod(),
              exchange.getRequestHeaders().getFirst("Content-Type"),
              exchange.getRequestHeaders().getFirst(WebhookHandler.SECRET_HEADER),
              exchange.getRequestBody());
      Duration retryAfter = answer.retryAfter();
      if (retryAfter != null) {
        exchange.getResponseHeaders().set("Retry-After", Long.toString(retryAfter.toSeconds()));
      }
      exchange.sendResponseHeaders(answer.status(), -1);
    }
  }

  /** Virtual threads by reflection, since this library is compiled for Java 17. */
  private static ExecutorService threads() {
    try {
      return (ExecutorService) Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
    } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException e) {
      AtomicInteger number = new AtomicInteger();
      return Executors.newFixedThreadPool(
          THREADS,
          task -> {
            Thread thread = new Thread(task, "x0tta6bl4-telegram-webhook-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
          });
    }
  }

  /**
   * Gives where the server listens.
   *
   * @return host and port
   */
  public InetSocketAddress address() {
    return server.getAddress();
  }

  /** Takes no requests any more, and lets those end that are under way, for at most two seconds. Idempotent. */
  @Override
  public void close() {
    server.stop(GRACE_SECONDS);
    threads.shutdown();
  }
}
