package io.x0tta6bl4.payment.ton.internal;

import io.x0tta6bl4.payment.http.Deadline;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Asks how far the provider is. What a masterchain block covers is final, and one comes every few seconds
 * (<a href="https://docs.ton.org/foundations/limits">block rate</a>).
 */
final class Freshness {

  /** Beyond this the provider is behind the chain, or our clock ahead of it. */
  static final Duration MAX_LAG = Duration.ofMinutes(2);

  private final TonApi api;
  private final Clock clock;

  Freshness(TonApi api, Clock clock) {
    this.api = api;
    this.clock = clock;
  }

  /**
   * How far the provider is.
   *
   * @param utime up to which block time transfers are final and known, in seconds
   * @param stale how far the provider is behind; {@code null} if it is not
   */
  record Head(long utime, @Nullable String stale) {}

  Head ask(Deadline deadline) {
    long utime = api.headTime(deadline);
    Duration lag = Duration.ofMillis(clock.millis()).minusSeconds(utime);
    return new Head(utime, lag.compareTo(MAX_LAG) <= 0 ? null : tooFar("newest block", lag));
  }

  /** Asks for the indexer's own word, which may be behind though the head is not; {@code null} if it is up with the chain. */
  @Nullable String staleIndexer(Deadline deadline) {
    Duration latency = Duration.ofSeconds(Math.min(api.indexingLatency(deadline), Integer.MAX_VALUE));
    return latency.compareTo(MAX_LAG) <= 0 ? null : tooFar("index", latency);
  }

  private static String tooFar(String what, Duration lag) {
    return "the provider's " + what + " is " + lag.toSeconds() + " s behind, expected at most " + MAX_LAG.toSeconds() + " s";
  }
}
