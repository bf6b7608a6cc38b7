package io.x0tta6bl4.payment.http;

import io.x0tta6bl4.payment.RateLimitedException;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * Lets at most a number of requests through in any window of time, and none while the provider has us suspended.
 *
 * <p>The provider counts by key, so all that use a key share one limiter: {@link #shared}. A caller never waits beyond its
 * deadline: if its turn comes later, it is refused at once and takes no place. Thread-safe.
 *
 * @since 0.1.0
 */
public final class RateLimiter {

  private static final ConcurrentMap<Account, RateLimiter> SHARED = new ConcurrentHashMap<>();

  /** Providers suspend for half a minute; one that means more will say it again. */
  private static final Duration LONGEST_SUSPENSION = Duration.ofMinutes(5);

  private final Ticker ticker;
  private final long windowNanos;

  /** When each of the last permits is or was used, as a ring: a permit comes a window after the one that it replaces. */
  private final long[] used;

  private int next;
  private long suspendedUntil;

  /**
   * Makes a limiter.
   *
   * @param permits how many requests, 1 or more
   * @param window in any window of this length, more than zero
   * @param ticker the time that it is measured by
   */
  public RateLimiter(int permits, Duration window, Ticker ticker) {
    if (permits < 1 || window.isNegative() || window.isZero()) {
      throw new IllegalArgumentException(permits + " requests in " + window + ": expected at least 1 in more than PT0S");
    }
    this.ticker = ticker;
    this.windowNanos = window.toNanos();
    this.used = new long[permits];
    Arrays.fill(used, ticker.nanoTime() - windowNanos);
    this.suspendedUntil = ticker.nanoTime();
  }

  /**
   * Gives the limiter that all users of a key at a provider share in this JVM. The first one sets its limits.
   *
   * @param baseUrl the provider's address
   * @param key the key; {@code null} without one
   * @param permits how many requests
   * @param window in any window of this length
   * @param ticker the time that it is measured by; another ticker has another limiter
   * @return the limiter
   */
  public static RateLimiter shared(URI baseUrl, @Nullable Secret key, int permits, Duration window, Ticker ticker) {
    return SHARED.computeIfAbsent(
        new Account(baseUrl.getAuthority(), key, ticker), account -> new RateLimiter(permits, window, ticker));
  }

  /**
   * Waits for a turn.
   *
   * @param providerId for the message of an exception
   * @param deadline how long the caller can wait
   * @return how long it waited, possibly zero
   * @throws RateLimitedException at once, if the turn comes after the deadline
   * @throws InterruptedException if the thread is interrupted before or while it waits
   */
  public Duration acquire(String providerId, Deadline deadline) throws InterruptedException {
    long waited = 0;
    do {
      if (Thread.interrupted()) {
        throw new InterruptedException("interrupted before a request");
      }
      long wait = reserve(providerId, deadline);
      ticker.sleep(Duration.ofNanos(wait));
      waited += wait;
      // While we slept the provider may have told somebody else to stay away: then this turn is void.
    } while (isSuspended());
    return Duration.ofNanos(waited);
  }

  /**
   * Keeps everybody away for a while, because the provider said so.
   *
   * @param duration how long from now on; at most five minutes are kept, since a garbled answer must not switch us off
   */
  public synchronized void suspend(Duration duration) {
    Duration bounded = duration.compareTo(LONGEST_SUSPENSION) > 0 ? LONGEST_SUSPENSION : duration;
    long until = ticker.nanoTime() + bounded.toNanos();
    if (until - suspendedUntil > 0) {
      suspendedUntil = until;
    }
  }

  private synchronized long reserve(String providerId, Deadline deadline) {
    long now = ticker.nanoTime();
    long free = Math.max(used[next] + windowNanos - now, suspendedUntil - now);
    long wait = Math.max(0, free);
    if (wait > 0 && wait >= deadline.remaining().toNanos()) {
      throw tooLate(providerId, wait);
    }
    used[next] = now + wait;
    next = (next + 1) % used.length;
    return wait;
  }

  private synchronized boolean isSuspended() {
    return suspendedUntil - ticker.nanoTime() > 0;
  }

  private static RateLimitedException tooLate(String providerId, long wait) {
    return new RateLimitedException(
        providerId, "the limit of requests leaves no turn before the deadline", Duration.ofNanos(wait), 0);
  }

  private record Account(@Nullable String authority, @Nullable Secret key, Ticker ticker) {
    private Account {
      Objects.requireNonNull(ticker);
    }
  }
}
