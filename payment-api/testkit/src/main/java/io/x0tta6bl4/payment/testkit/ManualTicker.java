package io.x0tta6bl4.payment.testkit;

import io.x0tta6bl4.payment.http.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A ticker whose sleeper does not sleep: a wait is over at once, moves the time on by its length, and is recorded.
 * Thread-safe.
 *
 * @since 0.1.0
 */
public final class ManualTicker implements Ticker {

  private final List<Duration> sleeps = new ArrayList<>();
  private long nanos;

  /** Makes a ticker at zero. */
  public ManualTicker() {}

  @Override
  public synchronized long nanoTime() {
    return nanos;
  }

  @Override
  public synchronized void sleep(Duration duration) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException("interrupted before a wait of " + duration);
    }
    if (!duration.isNegative() && !duration.isZero()) {
      sleeps.add(duration);
      nanos += duration.toNanos();
    }
  }

  /**
   * Moves the time on.
   *
   * @param duration how far
   */
  public synchronized void advance(Duration duration) {
    nanos += duration.toNanos();
  }

  /**
   * Gives the waits so far.
   *
   * @return their lengths, in order
   */
  public synchronized List<Duration> sleeps() {
    return List.copyOf(sleeps);
  }
}
