package io.x0tta6bl4.payment.http;

import java.time.Duration;

/**
 * Time that only moves forward, and waiting for it. Tests put one in its place that does not wait. Thread-safe.
 *
 * @since 0.1.0
 */
public interface Ticker {

  /**
   * Reads the time.
   *
   * @return nanoseconds since an arbitrary instant
   */
  long nanoTime();

  /**
   * Waits.
   *
   * @param duration how long; nothing happens if it is not positive
   * @throws InterruptedException if the thread is interrupted before or while it waits
   */
  void sleep(Duration duration) throws InterruptedException;

  /**
   * Gives the system's time.
   *
   * @return the shared instance
   */
  static Ticker system() {
    return SystemTicker.INSTANCE;
  }
}
