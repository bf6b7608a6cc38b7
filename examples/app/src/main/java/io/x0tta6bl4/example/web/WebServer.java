package io.x0tta6bl4.example.web;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.x0tta6bl4.payment.http.Ticker;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * An HTTP server with a thread for each request. Routes are added before {@link #start}; the rest is thread-safe. It guards what
 * is behind it: paths are strict, bodies bounded, slow clients cut off, and an error of a handler tells nothing about it.
 */
public final class WebServer implements Router, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(WebServer.class);
  private static final int MOST_STREAMS = 2000;
  private static final int BACKLOG = 1024;

  static {
    HttpLimits.apply();
  }

  private final RouteTable routes = new RouteTable();
  private final Admission admission;
  private final ClientAddress clients;
  private final EventStreams streams = new EventStreams(MOST_STREAMS);
  private final Ticker ticker = Ticker.system();
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  // The server's own waiting counts connections that stay open, not the requests that are being answered.
  private final Phaser inFlight = new Phaser(1);
  private RequestObserver observer = RequestObserver.NONE;
  private volatile boolean closing;

  private WebServer(HttpServer server, Admission admission, int trustedProxies) {
    this.server = server;
    this.admission = admission;
    this.clients = new ClientAddress(trustedProxies);
  }

  /**
   * Binds to an address; nothing is served yet.
   *
   * @param address where, port 0 for any that is free
   * @param admission whom it serves
   * @param trustedProxies how many proxies stand in front, whose {@code X-Forwarded-For} is believed
   * @return a server without routes
   * @throws IOException if the port is taken
   */
  public static WebServer bind(InetSocketAddress address, Admission admission, int trustedProxies) throws IOException {
    try {
      return new WebServer(HttpServer.create(address, BACKLOG), admission, trustedProxies);
    } catch (IOException e) {
      throw new IOException("cannot listen on " + address + ": " + e.getMessage(), e);
    }
  }

  @Override
  public void route(String method, String pattern, int maxBody, Handler handler) {
    routes.add(method, pattern, maxBody, handler);
  }

  /**
   * Sets who is told of requests, before the start.
   *
   * @param told of every answer
   */
  public void observe(RequestObserver told) {
    observer = told;
  }

  /** Begins to serve. */
  public void start() {
    server.setExecutor(threads);
    server.createContext("/", this::serve);
    server.start();
  }

  /**
   * Where it listens.
   *
   * @return the port
   */
  public int port() {
    return server.getAddress().getPort();
  }

  /**
   * What it serves.
   *
   * @return method and pattern of each route, such as {@code GET /api/orders/{id}}
   */
  public List<String> routes() {
    return routes.describe();
  }

  private void serve(HttpExchange exchange) {
    inFlight.register();
    String trace = TraceId.of(Optional.ofNullable(exchange.getRequestHeaders().getFirst("traceparent")));
    MDC.put(TraceId.LOG_KEY, trace);
    try (exchange) {
      exchange.getResponseHeaders().set(TraceId.HEADER, trace);
      if (closing) {
        exchange.getResponseHeaders().set("Connection", "close");
      }
      switch (answer(exchange)) {
        case Response.Whole whole -> send(exchange, whole);
        case Response.Events events when streams.enter(clients.of(exchange)) ->
            streams.serve(exchange, clients.of(exchange), events);
        case Response.Events refused ->
            send(exchange, Problem.of(429, "too many streams of events are open").with("Retry-After", "5"));
      }
    } catch (IOException e) {
      LOG.debug("the client of {} went: {}", exchange.getRequestURI().getRawPath(), e.toString());
    } finally {
      MDC.remove(TraceId.LOG_KEY);
      inFlight.arriveAndDeregister();
    }
  }

  private Response answer(HttpExchange exchange) throws IOException {
    long begin = ticker.nanoTime();
    Visit visit = new Visit();
    Response response;
    try {
      response = route(exchange, visit);
    } catch (ProblemException e) {
      response = e.response();
    } catch (RuntimeException e) {
      LOG.error("{} {} failed", exchange.getRequestMethod(), exchange.getRequestURI().getRawPath(), e);
      response = Problem.of(500, "this is our fault; it was logged");
    }
    observer.answered(visit.method, visit.route, response.status(), Duration.ofNanos(ticker.nanoTime() - begin));
    return response;
  }

  /** What of a request is known to be one of ours: what clients make up must not become a label. */
  private static final class Visit {
    private String method = "other";
    private String route = "none";

    private void found(RouteTable.Route of) {
      method = of.method();
      route = of.path();
    }
  }

  private Response route(HttpExchange exchange, Visit visit) throws IOException {
    Request head = RequestReader.head(exchange, clients.of(exchange));
    Optional<Response.Whole> refusal = admission.refuse(head);
    if (refusal.isPresent()) {
      return refusal.get();
    }
    List<String> segments =
        PathSegments.of(head.path()).orElseThrow(() -> new ProblemException(400, "the path is malformed"));
    return switch (routes.find(head.method(), segments)) {
      case RouteTable.Match(RouteTable.Route route, Map<String, String> parameters) -> {
        visit.found(route);
        Request request = RequestReader.whole(exchange, head, parameters, route.maxBody());
        yield route.handler().handle(request);
      }
      case RouteTable.OtherMethods(List<String> methods) -> {
        String allow = String.join(", ", methods);
        yield head.method().equals("OPTIONS")
            ? new Response.Whole(204, Map.of("Allow", allow), "")
            : Problem.of(405, "method " + printable(head.method()) + ": expected one of " + allow).with("Allow", allow);
      }
      case RouteTable.Nothing nothing -> Problem.of(404, "there is nothing at this path");
    };
  }

  private static String printable(String method) {
    return method.matches("[A-Z]{1,16}") ? method : "of the request";
  }

  private static void send(HttpExchange exchange, Response.Whole response) throws IOException {
    SecurityHeaders.addTo(exchange.getResponseHeaders());
    response.headers().forEach(exchange.getResponseHeaders()::set);
    byte[] body = response.body().getBytes(StandardCharsets.UTF_8);
    boolean without = exchange.getRequestMethod().equals("HEAD") || response.status() == 204 || response.status() == 304;
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.getResponseHeaders().set("Content-Length", Integer.toString(body.length));
    }
    exchange.sendResponseHeaders(response.status(), without || body.length == 0 ? -1 : body.length);
    if (!without && body.length > 0) {
      exchange.getResponseBody().write(body);
    }
  }

  /**
   * Stops intake and lets what is being answered end. Streams of events end at once: their clients come again, elsewhere.
   *
   * @param patience how long requests may take to end
   */
  public void drain(Duration patience) {
    closing = true;
    streams.close();
    int phase = inFlight.arrive();
    try {
      inFlight.awaitAdvanceInterruptibly(phase, patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (TimeoutException e) {
      LOG.warn("requests were still being answered after {}", patience);
    }
    server.stop(0);
    threads.shutdownNow();
  }

  @Override
  public void close() {
    drain(Duration.ZERO);
  }
}
