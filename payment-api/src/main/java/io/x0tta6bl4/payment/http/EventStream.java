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

  private final Builder settings;
  private final Listener listener;
  private final Thread thread;
  private volatile boolean closed;
  private volatile boolean live;

  private EventStream(Builder settings, Listener listener) {
    this.settings = settings;
    this.listener = listener;
    this.thread = new Thread(this::run, "event-stream-" + settings.providerId);
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
   * Starts to say where and how to listen.
   *
   * @param providerId the provider, for logs
   * @param uri where it answers
   * @return a builder
   */
  public static Builder builder(String providerId, URI uri) {
    return new Builder(providerId, uri);
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
            .connectTimeout(settings.silence)
            .build();
    int failures = 0;
    while (!closed) {
      boolean heard = false;
      try {
        heard = listen(client);
        LOG.debug("{}: the event stream ended", settings.providerId);
      } catch (InterruptedException e) {
        // Only close() interrupts this thread.
        closed = true;
      } catch (IOException e) {
        Secret key = settings.key;
        String message = String.valueOf(e.getMessage());
        String why = key == null ? message : key.redact(message);
        LOG.debug("{}: the event stream was lost: {}", settings.providerId, Texts.printable(why, SHOWN));
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
        HttpRequest.newBuilder(settings.uri)
            .header("Content-Type", "application/json")
            .header("Accept", "text/event-stream")
            .POST(HttpRequest.BodyPublishers.ofString(settings.body));
    Secret key = settings.key;
    if (key != null) {
      request.header(settings.keyHeader, settings.keyPrefix + key.reveal());
    }
    if ("http".equals(settings.uri.getScheme())) {
      request.version(HttpClient.Version.HTTP_1_1);
    }
    CompletableFuture<HttpResponse<Void>> exchange = client.sendAsync(request.build(), info -> lines);
    try {
      int status = exchange.get(settings.silence.toNanos(), TimeUnit.NANOSECONDS).statusCode();
      if (status != 200) {
        throw new IOException("HTTP " + status);
      }
      live = true;
      tell(listener::opened);
      return hear(lines);
    } catch (TimeoutException e) {
      throw new IOException("no answer in " + settings.silence);
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
      @Nullable String line = lines.next(settings.silence);
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
      LOG.warn("{}: the listener of the event stream failed", settings.providerId, e);
    }
  }

  private void pause(int failures) {
    long first = settings.firstBackOff.toMillis();
    long wait = Math.min(first << Math.min(failures - 1, MOST_DOUBLINGS), settings.longestBackOff.toMillis());
    try {
      // Jitter, so that many listeners do not come back in the same instant; never above the longest wait.
      Ticker.system().sleep(Duration.ofMillis(wait - ThreadLocalRandom.current().nextLong(wait / 4 + 1)));
    } catch (InterruptedException e) {
      closed = true;
    }
  }

  /** Where and how to listen. Not thread-safe. */
  public static final class Builder {
    private final String providerId;
    private final URI uri;
    private String keyHeader = "";
    private String keyPrefix = "";
    private @Nullable Secret key;
    private String body = "{}";
    private Duration silence = Duration.ofSeconds(30);
    private Duration firstBackOff = Duration.ofSeconds(1);
    private Duration longestBackOff = Duration.ofSeconds(30);

    private Builder(String providerId, URI uri) {
      this.providerId = providerId;
      this.uri = uri;
    }

    private Builder(Builder other) {
      providerId = other.providerId;
      uri = other.uri;
      keyHeader = other.keyHeader;
      keyPrefix = other.keyPrefix;
      key = other.key;
      body = other.body;
      silence = other.silence;
      firstBackOff = other.firstBackOff;
      longestBackOff = other.longestBackOff;
    }

    /**
     * Sets the key; none if not called.
     *
     * @param header the header that carries it
     * @param prefix what stands before it there
     * @param secret the key
     * @return this
     */
    public Builder key(String header, String prefix, Secret secret) {
      keyHeader = header;
      keyPrefix = prefix;
      key = secret;
      return this;
    }

    /**
     * Sets what is posted to subscribe; an empty object if not called.
     *
     * @param json JSON
     * @return this
     */
    public Builder body(String json) {
      body = json;
      return this;
    }

    /**
     * Sets how long nothing may come, not even a heart-beat, before the stream is taken for lost; 30 seconds if not called.
     *
     * @param longest more than 0
     * @return this
     */
    public Builder silence(Duration longest) {
      silence = positive("silence", longest);
      return this;
    }

    /**
     * Sets how long to wait before a lost stream is opened again; 1 second, and 30 at the most, if not called.
     *
     * @param first before the second attempt, doubled for each further one; more than 0
     * @param longest at the most; more than 0
     * @return this
     */
    public Builder backOff(Duration first, Duration longest) {
      firstBackOff = positive("first back-off", first);
      longestBackOff = positive("longest back-off", longest);
      return this;
    }

    /**
     * Starts to listen.
     *
     * @param listener hears of the stream
     * @return the stream
     */
    public EventStream open(Listener listener) {
      EventStream stream = new EventStream(new Builder(this), listener);
      stream.thread.start();
      return stream;
    }

    private static Duration positive(String what, Duration value) {
      if (value.isNegative() || value.isZero()) {
        throw new IllegalArgumentException(what + " " + value + ": expected more than 0");
      }
      return value;
    }
  }
}
