package io.x0tta6bl4.payment.http;

import com.fasterxml.jackson.core.JacksonException;
import dev.failsafe.CircuitBreaker;
import dev.failsafe.CircuitBreakerOpenException;
import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.RetryPolicy;
import io.x0tta6bl4.payment.ConfigurationException;
import io.x0tta6bl4.payment.MalformedReplyException;
import io.x0tta6bl4.payment.PaymentException;
import io.x0tta6bl4.payment.ProviderUnavailableException;
import io.x0tta6bl4.payment.RateLimitedException;
import io.x0tta6bl4.payment.UnauthorizedException;
import io.x0tta6bl4.payment.VerifierOptions;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpConnectTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks a provider, again where that may help, and never beyond the caller's deadline.
 *
 * <p>Retries have back-off with jitter; a circuit breaker keeps a provider that fails ten times in a row alone for five
 * seconds; a limiter is shared by all that use the same key and learns for how long the provider suspends it. Redirects are
 * errors. The key is sent in its header, or where the provider wants that in its place in the path, and nowhere else.
 * Thread-safe; close it at the end.
 *
 * @since 0.1.0
 */
public final class ApiClient implements AutoCloseable {

  /** Most bytes of an answer: 200 large transactions stay well below it. */
  public static final int MAX_BODY_BYTES = 16 * 1024 * 1024;

  /** How long one request may take where nothing else is set. */
  public static final Duration DEFAULT_REQUEST_TIMEOUT = Duration.ofSeconds(10);

  /** How often a failed request is sent again where nothing else is set. */
  public static final int DEFAULT_MAX_RETRIES = 5;

  private static final Duration FIRST_BACK_OFF = Duration.ofMillis(200);
  private static final Duration LONGEST_BACK_OFF = Duration.ofSeconds(3);
  private static final Duration JITTER = Duration.ofMillis(100);
  private static final int FAILURES_THAT_OPEN = 10;
  private static final Duration OPEN_FOR = Duration.ofSeconds(5);
  private static final int MAX_PORT = 65_535;
  private static final Pattern PATH_KEY = Pattern.compile("[A-Za-z0-9._~:-]+");
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]", "::1");

  private static final Logger LOG = LoggerFactory.getLogger(ApiClient.class);

  private final String providerId;
  private final String baseUrl;
  private final String keyPath;
  private final Map<String, String> headers;
  private final ReplyClassifier classifier;
  private final HttpTransport transport;
  private final RateLimiter limiter;
  private final Duration requestTimeout;
  private final int maxRetries;
  private final CircuitBreaker<Object> breaker;
  private final RequestObserver observer;
  private final Ticker ticker;

  private ApiClient(Builder builder, RateLimiter limiter) {
    this.providerId = builder.providerId;
    this.baseUrl = builder.baseUrl.toString().replaceAll("/+$", "");
    this.keyPath = builder.keyPath();
    this.headers = builder.headers();
    this.classifier = new ReplyClassifier(builder.providerId, builder.classifier, builder.key);
    this.transport = builder.transport != null ? builder.transport : new JdkHttpTransport(MAX_BODY_BYTES);
    this.limiter = limiter;
    this.requestTimeout = builder.requestTimeout;
    this.maxRetries = builder.maxRetries;
    this.observer = builder.observer;
    this.ticker = builder.ticker;
    this.breaker =
        CircuitBreaker.builder()
            .handleIf(failure -> failure instanceof PaymentException e && isProvidersFault(e))
            .withFailureThreshold(FAILURES_THAT_OPEN)
            .withDelay(OPEN_FOR)
            .onOpen(event -> LOG.warn("{}: {} failures in a row, no requests for {}", providerId, FAILURES_THAT_OPEN, OPEN_FOR))
            .build();
  }

  /**
   * Starts a client.
   *
   * @param providerId the provider, for errors and logs
   * @param baseUrl where it answers
   * @return a builder
   */
  public static Builder builder(String providerId, URI baseUrl) {
    return new Builder(providerId, baseUrl);
  }

  /**
   * Asks and reads the answer.
   *
   * @param request what to ask
   * @param deadline when to give up
   * @param reader reads the answer; it may be called again for another attempt
   * @param <T> what the reader gives
   * @return what it gave
   * @throws PaymentException for what the provider did, or on an interrupt, with the flag set; earlier failures of the same
   *     call are suppressed exceptions of it
   */
  public <T> T get(ApiRequest request, Deadline deadline, ReplyReader<T> reader) {
    List<PaymentException> earlier = new ArrayList<>();
    try {
      return Failsafe.with(retries(request, deadline, earlier)).get(() -> attempt(request, deadline, reader));
    } catch (CircuitBreakerOpenException e) {
      throw withEarlier(
          earlier,
          ProviderUnavailableException.notSent(
              providerId, "failed too often, left alone for a while", breaker.getRemainingDelay()));
    } catch (FailsafeException e) {
      if (e.getCause() instanceof InterruptedException) {
        throw withEarlier(earlier, interrupted(e));
      }
      throw e;
    } catch (PaymentException e) {
      throw withEarlier(earlier, told(e, earlier));
    }
  }

  /** Where the deadline ended the last attempt, what went wrong before says more. */
  private PaymentException told(PaymentException last, List<PaymentException> earlier) {
    List<PaymentException> before = earlier.stream().filter(failure -> !failure.equals(last)).toList();
    if (before.isEmpty() || last.httpStatus().isPresent() || !(last instanceof ProviderUnavailableException)) {
      return last;
    }
    PaymentException cause = before.get(before.size() - 1);
    return new ProviderUnavailableException(
        providerId,
        withoutProvider(last) + "; before that: " + withoutProvider(cause),
        last.retryable(),
        last.getCause());
  }

  private String withoutProvider(PaymentException e) {
    return String.valueOf(e.getMessage()).replaceFirst("^" + Pattern.quote(providerId + ": "), "");
  }

  /** Releases connections. Idempotent. */
  @Override
  public void close() {
    transport.close();
  }

  private RetryPolicy<Object> retries(ApiRequest request, Deadline deadline, List<PaymentException> earlier) {
    Duration remaining = deadline.remaining();
    if (remaining.compareTo(FIRST_BACK_OFF) <= 0) {
      return RetryPolicy.builder().withMaxRetries(0).build();
    }
    return RetryPolicy.builder()
            .handleIf(failure -> failure instanceof PaymentException e && e.retryable())
            .abortIf((result, failure) -> failure instanceof PaymentException e && cannotWait(e, deadline))
            .withBackoff(FIRST_BACK_OFF, LONGEST_BACK_OFF)
            .withJitter(JITTER)
            .withMaxRetries(maxRetries)
            .withMaxDuration(remaining)
            .onRetry(event -> observer.retried(providerId, request.endpoint()))
            .onFailedAttempt(
                event -> {
                  if (event.getLastException() instanceof PaymentException e) {
                    earlier.add(e);
                    LOG.debug("{}: {}", providerId, e.getMessage());
                  }
                })
            .build();
  }

  private static boolean cannotWait(PaymentException e, Deadline deadline) {
    Duration wait = e.retryAfter().orElse(FIRST_BACK_OFF);
    return wait.compareTo(deadline.remaining()) >= 0;
  }

  private <T> T attempt(ApiRequest request, Deadline deadline, ReplyReader<T> reader) {
    try {
      // Outside the breaker: a turn that does not come says nothing of the provider's health.
      Duration waited = limiter.acquire(providerId, deadline);
      if (!waited.isZero()) {
        observer.limiterWaited(providerId, waited);
      }
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
    return Failsafe.with(breaker).get(() -> observed(request, deadline, reader));
  }

  private <T> T observed(ApiRequest request, Deadline deadline, ReplyReader<T> reader) {
    long sent = ticker.nanoTime();
    String outcome = "failed";
    try {
      T read = exchange(request, deadline, reader);
      outcome = "ok";
      return read;
    } catch (PaymentException e) {
      outcome = outcome(e);
      throw e;
    } finally {
      observer.requestDone(providerId, request.endpoint(), outcome, Duration.ofNanos(ticker.nanoTime() - sent));
    }
  }

  private static String outcome(PaymentException e) {
    if (e instanceof RateLimitedException) {
      return "rate_limited";
    }
    if (e instanceof UnauthorizedException) {
      return "unauthorized";
    }
    return e instanceof MalformedReplyException ? "malformed" : "failed";
  }

  private <T> T exchange(ApiRequest request, Deadline deadline, ReplyReader<T> reader) {
    try {
      Duration remaining = deadline.remaining();
      if (remaining.isZero()) {
        throw new ProviderUnavailableException(providerId, "no answer before the deadline", false, null);
      }
      Duration timeout = remaining.compareTo(requestTimeout) < 0 ? remaining : requestTimeout;
      ApiResponse response = send(request, timeout);
      PaymentException error = classifier.classify(response);
      if (error != null) {
        throw error;
      }
      return reader.read(response.body());
    } catch (RateLimitedException e) {
      e.retryAfter().ifPresent(limiter::suspend);
      throw e;
    } catch (MalformedReplyException e) {
      throw classifier.withoutKey(e);
    } catch (JacksonException e) {
      throw new MalformedReplyException(providerId, "the answer is no readable JSON: " + Json.place(e), null);
    } catch (FinalIoException e) {
      throw new ProviderUnavailableException(providerId, String.valueOf(e.getMessage()), false, null);
    } catch (ConnectException | HttpConnectTimeoutException e) {
      throw ProviderUnavailableException.notSent(providerId, "no connection: " + classifier.shown(e), null);
    } catch (IOException e) {
      // Without the cause: the JDK quotes what the server sent, which may be our key.
      throw new ProviderUnavailableException(providerId, "no whole answer: " + classifier.shown(e), true, null);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private ApiResponse send(ApiRequest request, Duration timeout) throws IOException, InterruptedException {
    URI uri = URI.create(baseUrl + keyPath + request.pathAndQuery());
    Optional<ApiRequest.Body> body = request.body();
    return body.isPresent() ? transport.post(uri, headers, body.get(), timeout) : transport.get(uri, headers, timeout);
  }

  private ProviderUnavailableException interrupted(Exception cause) {
    Thread.currentThread().interrupt();
    return new ProviderUnavailableException(providerId, "interrupted", false, cause);
  }

  private static boolean isProvidersFault(PaymentException e) {
    return e.retryable() && !(e instanceof RateLimitedException);
  }

  @SuppressWarnings("ReferenceEquality") // The last failure is in the list too, and must not suppress itself.
  private static <E extends PaymentException> E withEarlier(List<PaymentException> earlier, E last) {
    earlier.stream().filter(failure -> failure != last).forEach(last::addSuppressed);
    return last;
  }

  /** Collects the parts of an {@link ApiClient}. Not thread-safe. */
  public static final class Builder {
    private final String providerId;
    private final URI baseUrl;
    private boolean allowHttp;
    private @Nullable String keyHeader;
    private String keyPrefix = "";
    private @Nullable String keyPathPrefix;
    private @Nullable Secret key;
    private ErrorClassifier classifier = (status, text, withKey) -> null;
    private @Nullable HttpTransport transport;
    private Duration requestTimeout = DEFAULT_REQUEST_TIMEOUT;
    private int maxRetries = DEFAULT_MAX_RETRIES;
    private int permits = 10;
    private Duration window = Duration.ofSeconds(1);
    private Ticker ticker = Ticker.system();
    private RequestObserver observer = RequestObserver.NONE;

    private Builder(String providerId, URI baseUrl) {
      this.providerId = providerId;
      this.baseUrl = baseUrl;
    }

    /**
     * Takes what every provider's options have in common: plain HTTP, request timeout and retries.
     *
     * @param options the settings
     * @return this
     * @throws ConfigurationException if one is out of range
     */
    public Builder options(VerifierOptions options) {
      allowHttp = options.bool(VerifierOptions.ALLOW_HTTP, false);
      requestTimeout = options.duration(VerifierOptions.REQUEST_TIMEOUT, DEFAULT_REQUEST_TIMEOUT);
      maxRetries = options.integer(VerifierOptions.MAX_RETRIES, 0, 100, DEFAULT_MAX_RETRIES);
      return this;
    }

    /**
     * Sets the key.
     *
     * @param header the header that carries it
     * @param prefix what stands before it, for instance {@code "Bearer "}
     * @param newKey the key, or {@code null} to send none
     * @return this
     */
    public Builder key(String header, String prefix, @Nullable Secret newKey) {
      keyHeader = header;
      keyPrefix = prefix;
      key = newKey;
      return this;
    }

    /**
     * Sets a key that is a part of every path, between the base URL and the request.
     *
     * @param prefix what stands before it, for instance {@code "/bot"}
     * @param newKey the key, of characters that a path may hold unescaped
     * @return this
     */
    public Builder keyInPath(String prefix, Secret newKey) {
      keyPathPrefix = prefix;
      key = newKey;
      return this;
    }

    /**
     * Sets how answers are classified.
     *
     * @param newClassifier the provider's own classifier
     * @return this
     */
    public Builder classifier(ErrorClassifier newClassifier) {
      classifier = newClassifier;
      return this;
    }

    /**
     * Sets what the provider lets through with one key.
     *
     * @param newPermits how many requests
     * @param newWindow in any window of this length
     * @return this
     */
    public Builder limit(int newPermits, Duration newWindow) {
      permits = newPermits;
      window = newWindow;
      return this;
    }

    /**
     * Sets the time that waits are measured by.
     *
     * @param newTicker the ticker
     * @return this
     */
    public Builder ticker(Ticker newTicker) {
      ticker = newTicker;
      return this;
    }

    /**
     * Sets who is told of requests, for metrics.
     *
     * @param newObserver nobody if not called; it must not throw
     * @return this
     */
    public Builder observer(RequestObserver newObserver) {
      observer = newObserver;
      return this;
    }

    /**
     * Sends requests another way than by the JDK's HTTP client.
     *
     * @param newTransport the transport; closed with the client
     * @return this
     */
    public Builder transport(HttpTransport newTransport) {
      transport = newTransport;
      return this;
    }

    /**
     * Checks the parts and makes the client. Does no I/O and starts no thread.
     *
     * @return the client
     * @throws ConfigurationException if the base URL is not https, unless it is a loopback host and http is allowed; if no
     *     header may carry the key
     */
    public ApiClient build() {
      checkedBaseUrl();
      if (key != null && !key.isVisibleAscii()) {
        throw new ConfigurationException(VerifierOptions.API_KEY, null, Secret.EXPECTED);
      }
      if (key != null && keyPathPrefix != null && !PATH_KEY.matcher(key.reveal()).matches()) {
        throw new ConfigurationException(
            VerifierOptions.API_KEY, null, "characters of [A-Za-z0-9._~:-] only, since it is a part of the path");
      }
      return new ApiClient(this, RateLimiter.shared(baseUrl, key, permits, window, ticker));
    }

    /**
     * Checks the base URL and makes no client, for what asks the same provider by other means than requests. It leaves the
     * limiter to the client that is made: its first user sets its limits.
     *
     * @return the base URL
     * @throws ConfigurationException if it is not https, unless it is a loopback host and http is allowed
     */
    public URI checkedBaseUrl() {
      String scheme = String.valueOf(baseUrl.getScheme());
      boolean plainLoopback =
          allowHttp && scheme.equals("http") && baseUrl.getHost() != null && LOOPBACK.contains(baseUrl.getHost());
      boolean bare =
          baseUrl.getHost() != null
              && baseUrl.getRawQuery() == null
              && baseUrl.getRawFragment() == null
              && baseUrl.getRawUserInfo() == null
              && baseUrl.getPort() <= MAX_PORT;
      if (!bare || !(scheme.equals("https") || plainLoopback)) {
        // User information and queries may hold a secret, so the value is shown only where there are none.
        throw new ConfigurationException(
            VerifierOptions.BASE_URL,
            baseUrl.toString().matches(".*[@?].*") ? null : baseUrl.toString(),
            "https://host[:port][/path], or http:// to a loopback host where '" + VerifierOptions.ALLOW_HTTP + "' is set");
      }
      return baseUrl;
    }

    private String keyPath() {
      return key == null || keyPathPrefix == null ? "" : keyPathPrefix + key.reveal();
    }

    private Map<String, String> headers() {
      return key == null || keyHeader == null
          ? Map.of("Accept", "application/json")
          : Map.of("Accept", "application/json", keyHeader, keyPrefix + key.reveal());
    }
  }
}
