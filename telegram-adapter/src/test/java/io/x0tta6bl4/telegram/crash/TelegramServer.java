package io.x0tta6bl4.telegram.crash;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.x0tta6bl4.payment.http.ApiResponse;
import io.x0tta6bl4.simulator.telegram.FakeTelegram;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The strict Telegram behind a socket, which outlives the shop's process, and tells when that is about to be told something. */
public final class TelegramServer implements AutoCloseable {

  private static final Pattern PATH = Pattern.compile("/bot([^/]+)/(\\w+)");

  public final FakeTelegram telegram = new FakeTelegram(Clock.systemUTC());
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private volatile Trap trap;

  /** A place in which the shop's process is to be killed. */
  static final class Trap {
    private final CountDownLatch sprung = new CountDownLatch(1);
    private final boolean afterTheDeed;

    /** Springs when a message has come in, before or after it is shown, and answers nothing. */
    Trap(boolean afterTheDeed) {
      this.afterTheDeed = afterTheDeed;
    }

    CountDownLatch sprung() {
      return sprung;
    }
  }

  public TelegramServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  public URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** Sets a trap for the next message. */
  Trap trap(boolean afterTheDeed) {
    Trap next = new Trap(afterTheDeed);
    trap = next;
    return next;
  }

  void disarm() {
    trap = null;
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      Matcher path = PATH.matcher(exchange.getRequestURI().getPath());
      if (!path.matches()) {
        exchange.sendResponseHeaders(404, -1);
        return;
      }
      if (path.group(2).equals("getUpdates")) {
        pause();
      }
      Trap armed = path.group(2).equals("sendMessage") ? take() : null;
      if (armed != null && !armed.afterTheDeed) {
        armed.sprung.countDown();
        return;
      }
      ApiResponse answer =
          telegram.answer(path.group(1), path.group(2), exchange.getRequestHeaders().getFirst("Content-Type"), body);
      if (armed != null) {
        armed.sprung.countDown();
        return;
      }
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(answer.status(), answer.body().length);
      exchange.getResponseBody().write(answer.body());
    }
  }

  /** Stands for the wait for updates. */
  private static void pause() throws IOException {
    try {
      Thread.sleep(30);
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  private synchronized Trap take() {
    Trap armed = trap;
    trap = null;
    return armed;
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
