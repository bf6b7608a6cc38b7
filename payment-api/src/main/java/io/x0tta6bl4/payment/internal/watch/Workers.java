package io.x0tta6bl4.payment.internal.watch;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread that keeps time and never blocks, and an executor for what does. Thread-safe. Threads are made when they are
 * needed.
 */
public final class Workers implements AutoCloseable {

  private static final int MOST_THREADS = 16;
  private static final long IDLE_SECONDS = 30;

  /** No task should take longer than this when it is told to end: a scan has its own deadline. */
  private static final long LONGEST_WAIT_SECONDS = 60;

  private static final Logger LOG = LoggerFactory.getLogger(Workers.class);

  private final String name;
  private final @Nullable Executor given;
  private final int mostThreads;
  private final AtomicInteger threads = new AtomicInteger();
  private final Lock counting = new ReentrantLock();
  private final Condition ended = counting.newCondition();
  private long running;
  private @Nullable ScheduledExecutorService timer;
  private @Nullable ScheduledFuture<?> beats;
  private @Nullable ExecutorService own;
  private boolean closed;

  /**
   * Makes workers.
   *
   * @param name how threads are called
   * @param given the user's executor; {@code null} for an own pool of at most 16 threads
   */
  public Workers(String name, @Nullable Executor given) {
    this(name, given, MOST_THREADS);
  }

  /**
   * Makes workers.
   *
   * @param name how threads are called
   * @param given the user's executor; {@code null} for an own pool
   * @param mostThreads how many threads an own pool has at most
   */
  public Workers(String name, @Nullable Executor given, int mostThreads) {
    this.name = name;
    this.given = given;
    this.mostThreads = mostThreads;
  }

  /**
   * Runs a task that does not block again and again, until the end. Only the first call counts.
   *
   * @param pause between two runs
   * @param beat the task
   */
  public synchronized void every(Duration pause, Runnable beat) {
    checkOpen();
    if (timer == null) {
      timer = Executors.newSingleThreadScheduledExecutor(factory("-timer"));
      beats = timer.scheduleWithFixedDelay(() -> guarded(beat), 0, pause.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  /**
   * Runs a task that may block.
   *
   * @param task the task
   * @return {@code false} if it will not run, since all is ending or the executor does not take it
   */
  public boolean run(Runnable task) {
    Executor executor = enter();
    if (executor == null) {
      return false;
    }
    try {
      executor.execute(
          () -> {
            try {
              guarded(task);
            } finally {
              count(-1);
            }
          });
      return true;
    } catch (RuntimeException | Error e) {
      // An error too, such as that there are no more threads: the next beat asks again.
      count(-1);
      LOG.warn("{}: the executor takes no more tasks: {}", name, e.getMessage());
      return false;
    }
  }

  /**
   * Tells whether all is ending.
   *
   * @return {@code true} after {@link #close()}
   */
  public synchronized boolean isClosed() {
    return closed;
  }

  /** Lets no task begin any more and waits for those that have begun. An interrupt ends the wait, with the flag set. */
  @Override
  public void close() {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
      if (timer != null && beats != null) {
        beats.cancel(false);
        timer.shutdown();
      }
    }
    try {
      awaitEnd();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    synchronized (this) {
      if (own != null) {
        own.shutdown();
      }
    }
  }

  /** Counts one more task, so that the end waits for it, and gives where it runs; null if all is ending. */
  private synchronized @Nullable Executor enter() {
    if (closed) {
      return null;
    }
    count(1);
    if (given != null) {
      return given;
    }
    if (own == null) {
      ThreadPoolExecutor pool =
          new ThreadPoolExecutor(
              mostThreads, mostThreads, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), factory("-"));
      pool.allowCoreThreadTimeOut(true);
      own = pool;
    }
    return own;
  }

  private void count(int change) {
    counting.lock();
    try {
      running += change;
      if (running == 0) {
        ended.signalAll();
      }
    } finally {
      counting.unlock();
    }
  }

  private void awaitEnd() throws InterruptedException {
    counting.lockInterruptibly();
    try {
      long left = TimeUnit.SECONDS.toNanos(LONGEST_WAIT_SECONDS);
      while (running > 0 && left > 0) {
        left = ended.awaitNanos(left);
      }
      if (running > 0) {
        LOG.warn("{}: {} tasks have not ended within {} s", name, running, LONGEST_WAIT_SECONDS);
      }
    } finally {
      counting.unlock();
    }
  }

  private void checkOpen() {
    if (closed) {
      throw new IllegalStateException(name + " is closed");
    }
  }

  private ThreadFactory factory(String suffix) {
    return task -> {
      Thread thread = new Thread(task, name + suffix + (suffix.equals("-") ? threads.incrementAndGet() : ""));
      thread.setDaemon(true);
      return thread;
    };
  }

  /** Whatever a task throws, the next one must run. */
  private void guarded(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException | Error e) {
      LOG.error("{}: a task failed; it is tried again at its next time", name, e);
    }
  }
}
