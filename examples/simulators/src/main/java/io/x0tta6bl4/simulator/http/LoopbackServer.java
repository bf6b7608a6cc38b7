package io.x0tta6bl4.simulator.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** An HTTP server on the loopback interface of this machine, which remembers what it was asked. Thread-safe. */
public final class LoopbackServer implements AutoCloseable {

  private static final int MOST_REMEMBERED = 10_000;

  static {
    // Headers and body are two writes of the JDK's server: without this the second waits 40 ms for the first's acknowledgement.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final HttpServer server;
  private final ExecutorService threads;
  private final Function<SeenRequest, Answer> answers;
  private final Deque<SeenRequest> requests = new ArrayDeque<>();

  private LoopbackServer(HttpServer server, ExecutorService threads, Function<SeenRequest, Answer> answers) {
    this.server = server;
    this.threads = threads;
    this.answers = answers;
  }

  /**
   * Starts a server on a free port.
   *
   * @param answers makes the answer to a request, on many threads at once; it may block
   * @return the server
   */
  public static LoopbackServer start(Function<SeenRequest, Answer> answers) {
    return start(0, answers);
  }

  /**
   * Starts a server on a port.
   *
   * @param port 0 for any that is free
   * @param answers see above
   * @return the server
   * @throws UncheckedIOException if the port is taken
   */
  public static LoopbackServer start(int port, Function<SeenRequest, Answer> answers) {
    try {
      HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
      ExecutorService threads =
          Executors.newCachedThreadPool(
              task -> {
                Thread thread = new Thread(task, "simulator");
                thread.setDaemon(true);
                return thread;
              });
      http.setExecutor(threads);
      LoopbackServer server = new LoopbackServer(http, threads, answers);
      http.createContext("/", server::serve);
      http.start();
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      Map<String, List<String>> headers = new HashMap<>();
      exchange.getRequestHeaders().forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), List.copyOf(values)));
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.ISO_8859_1);
      URI uri = exchange.getRequestURI();
      String url = uri.getRawPath() + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery());
      SeenRequest request = new SeenRequest(exchange.getRequestMethod(), url, headers, body);
      synchronized (requests) {
        requests.addLast(request);
        if (requests.size() > MOST_REMEMBERED) {
          requests.removeFirst();
        }
      }
      Answer answer = answers.apply(request);
      exchange.getResponseHeaders().set("Content-Type", answer.contentType());
      exchange.sendResponseHeaders(answer.status(), answer.body().length == 0 ? -1 : answer.body().length);
      exchange.getResponseBody().write(answer.body());
    }
  }

  /**
   * Gives where it answers.
   *
   * @return without a path
   */
  public URI baseUrl() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /**
   * Gives the requests so far.
   *
   * @return the earliest first; at most the last ten thousand
   */
  public List<SeenRequest> requests() {
    synchronized (requests) {
      return List.copyOf(requests);
    }
  }

  /** Forgets the requests so far. */
  public void forgetRequests() {
    synchronized (requests) {
      requests.clear();
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
