package io.x0tta6bl4.ebpf.kernel;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/** Waits for what the kernel or another process does in its own time. */
public final class Await {

  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final Duration PAUSE = Duration.ofMillis(1);

  private Await() {}

  /**
   * Looks until what it sees is as wanted.
   *
   * @return what was seen last, wanted or not: the limit of 20 seconds may have come first
   */
  public static <T> T until(Callable<T> look, Predicate<? super T> wanted) {
    long end = System.nanoTime() + LIMIT.toNanos();
    try {
      T seen = look.call();
      while (!wanted.test(seen) && System.nanoTime() < end) {
        LockSupport.parkNanos(PAUSE.toNanos());
        seen = look.call();
      }
      return seen;
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
