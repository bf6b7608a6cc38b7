package io.x0tta6bl4.example.stop;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * SIGTERM or Ctrl-C as an ordinary event: the program is told, puts things in order, and ends with its own exit code, where the
 * JVM would end with 143. Thread-safe.
 */
public final class StopSignal implements AutoCloseable {

  /** Kubernetes kills after 30 s; an end that hangs should be told in the log before that. */
  private static final Duration LONGEST_END = Duration.ofSeconds(20);

  /** Exit code 3 of the commands: what is needed could not be had. */
  private static final int NOT_FINISHED = 3;

  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch finished = new CountDownLatch(1);
  private final Thread hook = new Thread(this::stop, "stop");
  private volatile int code = NOT_FINISHED;

  private final Duration longestEnd;

  private StopSignal(Duration longestEnd) {
    this.longestEnd = longestEnd;
  }

  /**
   * Begins to listen.
   *
   * @return to close when the program ends by itself
   */
  public static StopSignal await() {
    return await(LONGEST_END);
  }

  /**
   * Begins to listen.
   *
   * @param longestEnd how long the program may take to end
   * @return to close when the program ends by itself
   */
  public static StopSignal await(Duration longestEnd) {
    StopSignal signal = new StopSignal(longestEnd);
    Runtime.getRuntime().addShutdownHook(signal.hook);
    return signal;
  }

  /**
   * Waits until the program is told to stop.
   *
   * @throws InterruptedException if the thread is interrupted
   */
  public void waitFor() throws InterruptedException {
    asked.await();
  }

  /**
   * Says that all is in order.
   *
   * @param exitCode with which the process ends if it was told to stop
   */
  public void finished(int exitCode) {
    code = exitCode;
    finished.countDown();
  }

  private void stop() {
    asked.countDown();
    try {
      if (!finished.await(longestEnd.toMillis(), TimeUnit.MILLISECONDS)) {
        System.err.println("error: not at its end after " + longestEnd.toSeconds() + " s, ended all the same");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().halt(code);
  }

  @Override
  public void close() {
    if (asked.getCount() > 0) {
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException e) {
        // The JVM is ending already, and the hook has its turn.
        finished.countDown();
      }
    }
  }
}
