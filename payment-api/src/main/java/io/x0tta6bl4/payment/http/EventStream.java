package io.x0tta6bl4.payment.http;

import io.x0tta6bl4.payment.internal.Texts;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens to <a href="https://html.spec.whatwg.org/multipage/server-sent-events.html">server-sent events</a> and connects
 * again, with back-off, whenever the stream ends, fails or is silent for longer than its heart-beat. One daemon thread; close
 * it at the end.
 *
 * @since 0.1.0
 */
public final class EventStream implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(EventStream.class);
  private static final int MOST_DOUBLINGS = 10;
  private static final int SHOWN = 200;

  private final Settings settings;
  private final Listener listener;
  private final Thread thread;
  private volatile boolean closed;
  private volatile boolean live;

  private EventStream(Settings settings, Listener listener) {
    this.settings = settings;
    this.listener = listener;
    this.thread = new Thread(this::run, "event-stream-" + settings.providerId());
    thread.setDaemon(true);
  }

  /** Hears of the stream, on the stream's thread. An exception is logged and otherwise ignored. */
  public interface Listener {

    /** The provider answered: events come from now on. What happened before is not told. */
    void opened();

    /**
     * An event came.
     *
     * @param data its text, hostile until parsed, at most a mebibyte
     */
    void event(String data);

    /** The stream was lost, or could not be opened; told for each attempt. */
    void lost();
  }

  /**
   * Where and how to listen.
   *
   * @param providerId the provider, for logs
   * @param uri where it answers
   * @param keyHeader the header that carries the key
   * @param keyPrefix what stands before the key in it
   * @param key the key
   * @param body what is posted to subscribe, JSON
   * @param silence how long nothing may come, not even a heart-beat, before the stream is taken for lost
   * @param firstBackOff how long to wait before the second attempt; doubled for each further one
   * @param longestBackOff how long to wait at the most
   */
  public record Settings(
      String providerId,
      URI uri,
      String keyHeader,
      String keyPrefix,
      Secret key,
      String body,
      Duration silence,
      Duration firstBackOff,
      Duration longestBackOff) {}

  /**
   * Starts to listen.
   *
   * @param settings where and how
   * @param listener hears of the stream
   * @return the stream
   */
  public static EventStream open(Settings settings, Listener listener) {
    EventStream stream = new EventStream(settings, listener);
    stream.thread.start();
    return stream;
  }

  /**
   * Tells whether the connection stands.
   *
   * @return {@code true} from the provider's answer until the stream is lost
   */
  public boolean isLive() {
    return live;
  }

  /** Stops to listen. Idempotent; does not wait. */
  @Override
  public void close() {
    closed = true;
    thread.interrupt();
  }

  private void run() {
    HttpClient client =
        HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(settings.silence())
            .build();
    int failures = 0;
    while (!closed) {
      boolean heard = false;
      try {
        heard = listen(client);
        LOG.debug("{}: the event stream ended", settings.providerId());
      } catch (InterruptedException e) {
        // Only close() interrupts this thread.
        closed = true;
      } catch (IOException e) {
        String why = settings.key().redact(String.valueOf(e.getMessage()));
        LOG.debug("{}: the event stream was lost: {}", settings.providerId(), Texts.printable(why, SHOWN));
      }
      live = false;
      failures = heard ? 1 : failures + 1;
      if (!closed) {
        tell(listener::lost);
        pause(failures);
      }
    }
  }

  /** Listens until the stream ends; tells whether anything was heard, so that the provider was in good health. */
  private boolean listen(HttpClient client) throws IOException, InterruptedException {
    EventLines lines = new EventLines();
    HttpRequest.Builder request =
        HttpRequest.newBuilder(settings.uri())
            .header(settings.keyHeader(), settings.keyPrefix() + settings.key().reveal())
            .header("Content-Type", "application/json")
            .header("Accept", "text/event-stream")
            .POST(HttpRequest.BodyPublishers.ofString(settings.body()));
    if ("http".equals(settings.uri().getScheme())) {
      request.version(HttpClient.Version.HTTP_1_1);
    }
    CompletableFuture<HttpResponse<Void>> exchange = client.sendAsync(request.build(), info -> lines);
    try {
      int status = exchange.get(settings.silence().toNanos(), TimeUnit.NANOSECONDS).statusCode();
      if (status != 200) {
        throw new IOException("HTTP " + status);
      }
      live = true;
      tell(listener::opened);
      return hear(lines);
    } catch (TimeoutException e) {
      throw new IOException("no answer in " + settings.silence());
    } catch (ExecutionException e) {
      throw new IOException(String.valueOf(e.getCause()));
    } finally {
      lines.cancel();
      exchange.cancel(true);
    }
  }

  private boolean hear(EventLines lines) throws InterruptedException {
    StringBuilder data = new StringBuilder();
    boolean heard = false;
    while (true) {
      @Nullable String line = lines.next(settings.silence());
      if (line == null) {
        return heard;
      }
      heard = true;
      if (line.isEmpty() && data.length() > 0) {
        String event = data.toString();
        data.setLength(0);
        tell(() -> listener.event(event));
      } else if (line.startsWith("data:") && data.length() + line.length() <= EventLines.MAX_LENGTH) {
        data.append(data.length() > 0 ? "\n" : "").append(line.substring("data:".length()).strip());
      }
    }
  }

  private void tell(Runnable call) {
    try {
      call.run();
    } catch (RuntimeException e) {
      LOG.warn("{}: the listener of the event stream failed", settings.providerId(), e);
    }
  }

  private void pause(int failures) {
    long first = settings.firstBackOff().toMillis();
    long wait = Math.min(first << Math.min(failures - 1, MOST_DOUBLINGS), settings.longestBackOff().toMillis());
    try {
      // Jitter, so that many listeners do not come back in the same instant; never above the longest wait.
      Ticker.system().sleep(Duration.ofMillis(wait - ThreadLocalRandom.current().nextLong(wait / 4 + 1)));
    } catch (InterruptedException e) {
      closed = true;
    }
  }
}
