package io.x0tta6bl4.payment.http;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The JVM's own time. */
enum SystemTicker implements Ticker {
  INSTANCE;

  @Override
  public long nanoTime() {
    return System.nanoTime();
  }

  @Override
  public void sleep(Duration duration) throws InterruptedException {
    if (Thread.interrupted()) {
      // A sleep of no time would not look.
      throw new InterruptedException("interrupted before a wait");
    }
    TimeUnit.NANOSECONDS.sleep(duration.toNanos());
  }
}
