package io.x0tta6bl4.payment.tron.internal;

import io.x0tta6bl4.payment.http.Deadline;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Asks how far the provider is. The solidified head is about a minute behind the chain's, and the latter a few seconds. */
final class Freshness {

  /** Beyond this the provider is behind the chain, or our clock ahead of it; blocks come every three seconds. */
  static final Duration MAX_LAG = Duration.ofMinutes(2);

  private final TronGrid grid;
  private final Clock clock;

  Freshness(TronGrid grid, Clock clock) {
    this.grid = grid;
    this.clock = clock;
  }

  /**
   * How far the provider is.
   *
   * @param solidTime up to which block time transfers are final, in milliseconds
   * @param stale how far the provider is behind; {@code null} if it is not
   */
  record Heads(long solidTime, @Nullable String stale) {}

  Heads ask(Deadline deadline) {
    long now = clock.millis();
    long solid = grid.solidHead(deadline).blockTime();
    if (now - solid <= MAX_LAG.toMillis()) {
      return new Heads(solid, null);
    }
    // An old solidified head alone only means that the chain is slow to settle.
    long head = grid.head(deadline).blockTime();
    Duration lag = Duration.ofMillis(now - head);
    return new Heads(
        solid,
        lag.compareTo(MAX_LAG) <= 0
            ? null
            : "the provider's newest block is " + lag.toSeconds() + " s behind the clock, expected at most "
                + MAX_LAG.toSeconds() + " s");
  }
}
