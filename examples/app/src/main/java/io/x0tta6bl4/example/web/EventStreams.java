package io.x0tta6bl4.example.web;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** The streams of server-sent events that are open, so many in all and for each client. Thread-safe. */
final class EventStreams {

  private static final int MOST_OF_A_CLIENT = 20;
  private static final Duration KEEP_ALIVE = Duration.ofSeconds(15);

  private final int most;
  private final Map<String, Integer> ofClient = new HashMap<>();
  private final Set<Thread> threads = new HashSet<>();
  private boolean closed;

  /**
   * Without any.
   *
   * @param most how many at once
   */
  EventStreams(int most) {
    this.most = most;
  }

  /**
   * Serves one that may enter until it ends, the client goes or the server closes.
   *
   * @param exchange of the request
   * @param client whose it is
   * @param events what to send
   * @throws IOException if the client goes before it began
   */
  void serve(HttpExchange exchange, String client, Response.Events events) throws IOException {
    SecurityHeaders.addTo(exchange.getResponseHeaders());
    try {
      events.headers().forEach(exchange.getResponseHeaders()::set);
      // A proxy that gathers the answer first would make it no stream.
      exchange.getResponseHeaders().set("X-Accel-Buffering", "no");
      exchange.sendResponseHeaders(events.status(), exchange.getRequestMethod().equals("HEAD") ? -1 : 0);
      if (!exchange.getRequestMethod().equals("HEAD")) {
        Sink sink = new Sink(exchange.getResponseBody());
        Thread heart = Thread.ofVirtual().start(sink::beat);
        try {
          events.stream().writeTo(sink);
        } finally {
          heart.interrupt();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      leave(client);
    }
  }

  /**
   * Lets one in, if there is room.
   *
   * @param client whose it is
   * @return whether it has to be served now
   */
  synchronized boolean enter(String client) {
    int before = ofClient.getOrDefault(client, 0);
    if (closed || threads.size() >= most || before >= MOST_OF_A_CLIENT) {
      return false;
    }
    ofClient.put(client, before + 1);
    threads.add(Thread.currentThread());
    return true;
  }

  private synchronized void leave(String client) {
    threads.remove(Thread.currentThread());
    ofClient.computeIfPresent(client, (name, count) -> count == 1 ? null : count - 1);
  }

  /** Ends all of them and lets no other begin. */
  synchronized void close() {
    closed = true;
    threads.forEach(Thread::interrupt);
  }

  private static final class Sink implements Response.EventSink {

    private final OutputStream out;
    private boolean open = true;

    Sink(OutputStream out) {
      this.out = out;
    }

    @Override
    public boolean send(String id, String name, String data) {
      StringBuilder event = new StringBuilder();
      if (!id.isEmpty()) {
        event.append("id: ").append(id).append('\n');
      }
      event.append("event: ").append(name).append('\n');
      data.lines().forEach(line -> event.append("data: ").append(line).append('\n'));
      return write(event.append('\n').toString());
    }

    @Override
    public synchronized boolean isOpen() {
      return open;
    }

    private synchronized boolean write(String text) {
      if (open) {
        try {
          out.write(text.getBytes(StandardCharsets.UTF_8));
          out.flush();
        } catch (IOException e) {
          open = false;
        }
      }
      return open;
    }

    private void beat() {
      try {
        do {
          Thread.sleep(KEEP_ALIVE);
        } while (write(": keep alive\n\n"));
      } catch (InterruptedException e) {
        // The stream has ended.
      }
    }
  }
}
