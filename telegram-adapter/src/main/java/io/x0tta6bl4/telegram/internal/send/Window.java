package io.x0tta6bl4.telegram.internal.send;

import java.time.Duration;
import java.util.Arrays;

/** Lets at most a number of things happen in any window of time. Not thread-safe. */
final class Window {

  private final long windowNanos;

  /** When each of the last ones happened, as a ring: the next may come a window after the one that it replaces. */
  private final long[] used;

  private int next;

  Window(int permits, Duration window, long now) {
    windowNanos = window.toNanos();
    used = new long[permits];
    Arrays.fill(used, now - windowNanos);
  }

  /** Gives how long it takes until one more may happen, 0 if it may now. */
  long waitNanos(long now) {
    return Math.max(0, used[next] + windowNanos - now);
  }

  void use(long now) {
    used[next] = now;
    next = (next + 1) % used.length;
  }

  /** Whether nothing happened within the window, so that a new one would be the same. */
  boolean isIdle(long now) {
    int last = (next + used.length - 1) % used.length;
    return used[last] + windowNanos <= now;
  }
}
