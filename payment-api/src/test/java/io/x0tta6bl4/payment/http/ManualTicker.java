package io.x0tta6bl4.payment.http;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Time that passes only by sleeping, which takes no time. */
public final class ManualTicker implements Ticker {

  final List<Duration> slept = new ArrayList<>();
  private long now;

  public ManualTicker() {
    this(1_000_000_000L);
  }

  ManualTicker(long start) {
    now = start;
  }

  @Override
  public synchronized long nanoTime() {
    return now;
  }

  @Override
  public synchronized void sleep(Duration duration) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    if (!duration.isNegative() && !duration.isZero()) {
      slept.add(duration);
      now += duration.toNanos();
    }
  }
}
