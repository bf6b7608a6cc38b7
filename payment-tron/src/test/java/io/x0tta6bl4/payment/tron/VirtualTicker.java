package io.x0tta6bl4.payment.tron;

import io.x0tta6bl4.payment.http.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A ticker that does not wait: a sleep is over at once and moves the time on by its length. */
public final class VirtualTicker implements Ticker {

  private final List<Duration> sleeps = new ArrayList<>();
  private long nanos;

  /** Makes a ticker at zero. */
  public VirtualTicker() {}

  @Override
  public synchronized long nanoTime() {
    return nanos;
  }

  @Override
  public synchronized void sleep(Duration duration) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException("interrupted before a sleep");
    }
    if (!duration.isNegative() && !duration.isZero()) {
      sleeps.add(duration);
      nanos += duration.toNanos();
    }
  }

  /** Gives the sleeps so far. */
  public synchronized List<Duration> sleeps() {
    return List.copyOf(sleeps);
  }
}
