package io.x0tta6bl4.telegram.internal;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A thread that does a step, waits as long as the step says or until it is woken, and does the next. Thread-safe. */
public final class Loop implements AutoCloseable {

  private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);
  private static final Duration LONGEST_END = Duration.ofSeconds(15);

  private static final Logger LOG = LoggerFactory.getLogger(Loop.class);

  private final String name;
  private final Step step;
  private final Semaphore wakes = new Semaphore(0);
  private final AtomicBoolean closed = new AtomicBoolean();
  private volatile boolean ended;
  private @Nullable Thread thread;

  /** What is done again and again. */
  public interface Step {
    /**
     * Does it once.
     *
     * @return how long to wait; negative to end
     */
    Duration run();
  }

  /** What a step gives to end its loop. */
  public static final Duration END = Duration.ofNanos(-1);

  /**
   * Makes a loop that does not run yet.
   *
   * @param name of the thread
   * @param step what is done
   */
  public Loop(String name, Step step) {
    this.name = name;
    this.step = step;
  }

  /** Begins. The first call counts. */
  public synchronized void start() {
    if (thread == null && !closed.get()) {
      thread = new Thread(this::run, name);
      thread.setDaemon(true);
      thread.start();
    }
  }

  /** Ends a wait. */
  public void wake() {
    if (wakes.availablePermits() == 0) {
      wakes.release();
    }
  }

  /**
   * Tells whether steps are done.
   *
   * @return {@code false} before the start, after the end, and after a step that ended the loop
   */
  public synchronized boolean isRunning() {
    return thread != null && !ended && !closed.get();
  }

  private void run() {
    while (!closed.get()) {
      Duration wait = guarded();
      if (wait.isNegative()) {
        break;
      }
      try {
        if (!closed.get()) {
          boolean unused = wakes.tryAcquire(wait.toNanos(), TimeUnit.NANOSECONDS);
        }
      } catch (InterruptedException e) {
        if (closed.get()) {
          break;
        }
      }
    }
    ended = true;
  }

  /** Whatever a step throws, the next one must run. */
  private Duration guarded() {
    try {
      return step.run();
    } catch (RuntimeException e) {
      if (!closed.get()) {
        LOG.warn("{}: a step failed; the next one comes in {}", name, AFTER_FAILURE, e);
      }
      return AFTER_FAILURE;
    }
  }

  /**
   * Lets the step that is under way end, which it does by itself: an interrupt could close a database's file. Waits for it for
   * at most 15 seconds; an interrupt ends the wait, with the flag set. Idempotent.
   */
  @Override
  public void close() {
    Thread running;
    synchronized (this) {
      closed.set(true);
      running = thread;
    }
    wake();
    if (running == null || running.equals(Thread.currentThread())) {
      return;
    }
    try {
      running.join(LONGEST_END.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
