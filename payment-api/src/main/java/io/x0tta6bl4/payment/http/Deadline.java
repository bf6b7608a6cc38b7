package io.x0tta6bl4.payment.http;

import java.time.Duration;

/**
 * The instant at which a call must be over. Immutable and thread-safe.
 *
 * @since 0.1.0
 */
public final class Deadline {

  private final Ticker ticker;
  private final long endNanos;

  private Deadline(Ticker ticker, long endNanos) {
    this.ticker = ticker;
    this.endNanos = endNanos;
  }

  /**
   * Sets a deadline.
   *
   * @param timeout from now on
   * @param ticker the time that it is measured by
   * @return the deadline
   */
  public static Deadline after(Duration timeout, Ticker ticker) {
    return new Deadline(ticker, ticker.nanoTime() + timeout.toNanos());
  }

  /**
   * Gives the time that is left.
   *
   * @return more than zero, or zero once it is over
   */
  public Duration remaining() {
    return Duration.ofNanos(Math.max(0, endNanos - ticker.nanoTime()));
  }

  /**
   * Tells whether no time is left.
   *
   * @return {@code true} once it is over
   */
  public boolean isOver() {
    return endNanos - ticker.nanoTime() <= 0;
  }

  /**
   * Waits, if there is time for it.
   *
   * @param wait how long
   * @return {@code false} at once, without waiting, if the wait would not end before the deadline
   * @throws InterruptedException if the thread is interrupted before or while it waits
   */
  public boolean sleep(Duration wait) throws InterruptedException {
    if (wait.compareTo(remaining()) >= 0) {
      return false;
    }
    ticker.sleep(wait);
    return true;
  }
}
