package io.x0tta6bl4.ebpf;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** What hangs on an object or a pinned map: links, mappings, readers. Thread-safe. */
final class Attachments {

  private final Deque<AutoCloseable> newestFirst = new ArrayDeque<>();

  synchronized void add(AutoCloseable part) {
    newestFirst.push(part);
  }

  synchronized void remove(AutoCloseable part) {
    newestFirst.remove(part);
  }

  private synchronized @Nullable AutoCloseable poll() {
    return newestFirst.poll();
  }

  /**
   * Closes all, newest first. What fails does not keep the rest from being closed, and is tried again the next time.
   *
   * @param earlier a failure that came before, or {@code null}
   * @return the first failure, which has the others suppressed, or {@code null}
   */
  @Nullable RuntimeException closeAll(@Nullable RuntimeException earlier) {
    RuntimeException failure = earlier;
    Deque<AutoCloseable> failed = new ArrayDeque<>();
    for (AutoCloseable next = poll(); next != null; next = poll()) {
      try {
        next.close();
      } catch (RuntimeException e) {
        failed.push(next);
        if (failure == null) {
          failure = e;
        } else {
          failure.addSuppressed(e);
        }
      } catch (Exception e) {
        throw new AssertionError("none of ours throws a checked exception", e);
      }
    }
    failed.forEach(this::add);
    return failure;
  }
}
