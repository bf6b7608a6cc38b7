package io.x0tta6bl4.telegram.internal.intake;

import com.fasterxml.jackson.databind.JsonNode;
import io.x0tta6bl4.telegram.TelegramObserver;
import io.x0tta6bl4.telegram.internal.api.Trees;
import io.x0tta6bl4.telegram.internal.store.Updates;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Works on stored updates: those of one chat one after another, those of different chats at once. One that fails is tried again
 * after a growing pause and set aside after {@value #TRIES} tries, so that it does not hold up its chat for ever.
 */
public final class Processor {

  /** How often an update is tried. */
  public static final int TRIES = 5;

  private static final Duration BEAT = Duration.ofMillis(250);

  /** What is not given back within this belongs to a process that died. */
  private static final Duration LEASE = Duration.ofMinutes(1);

  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final int MOST_AT_ONCE = 16;

  private static final Logger LOG = LoggerFactory.getLogger(Processor.class);

  private final Updates updates;
  private final Handler handler;
  private final Executor executor;
  private final Clock clock;
  private final TelegramObserver observer;
  private final Runnable wake;
  private final AtomicInteger running = new AtomicInteger();

  /** Does what an update asks for. It may be asked again for the same update. */
  public interface Handler {
    /**
     * Works on an update.
     *
     * @param update what happened
     */
    void handle(Update update);

    /**
     * Is told of an update that was tried too often.
     *
     * @param updateId which
     * @param failure what went wrong last
     */
    void setAside(long updateId, Throwable failure);
  }

  /**
   * Makes a processor.
   *
   * @param updates what to work on
   * @param handler does the work
   * @param executor runs it
   * @param clock what is due by
   * @param observer for metrics
   * @param wake ends the wait between two steps
   */
  public Processor(
      Updates updates, Handler handler, Executor executor, Clock clock, TelegramObserver observer, Runnable wake) {
    this.updates = updates;
    this.handler = handler;
    this.executor = executor;
    this.clock = clock;
    this.observer = observer;
    this.wake = wake;
  }

  /**
   * Starts to work on what is due.
   *
   * @return how long to wait before the next step
   */
  public Duration step() {
    int free = MOST_AT_ONCE - running.get();
    if (free <= 0) {
      return BEAT;
    }
    Instant now = now();
    List<Updates.Taken> taken = updates.take(now, now.plus(LEASE), free);
    for (Updates.Taken next : taken) {
      running.incrementAndGet();
      try {
        executor.execute(() -> work(next));
      } catch (RejectedExecutionException e) {
        running.decrementAndGet();
        LOG.debug("update {} is left for the next start", next.id());
      }
    }
    return taken.isEmpty() ? BEAT : Duration.ZERO;
  }

  private void work(Updates.Taken taken) {
    try {
      handle(taken);
    } finally {
      running.decrementAndGet();
      wake.run();
    }
  }

  private void handle(Updates.Taken taken) {
    Duration lag = Duration.between(taken.storedAt(), now());
    try {
      JsonNode root = Trees.readOrNull(taken.json());
      if (root == null) {
        throw new IllegalStateException("update " + taken.id() + " is no JSON in the store");
      }
      handler.handle(Update.of(root));
      updates.done(taken.id());
      observer.handled("handled", lag);
    } catch (Exception | Error e) {
      failed(taken, lag, e);
    }
  }

  /** Errors too, such as a class that is missing: an update that nobody gave back would hold up its chat for ever. */
  private void failed(Updates.Taken taken, Duration lag, Throwable failure) {
    if (taken.attempts() + 1 >= TRIES) {
      LOG.error("update {} failed {} times and is set aside", taken.id(), TRIES, failure);
      updates.setAside(taken.id());
      observer.handled("set_aside", lag);
      handler.setAside(taken.id(), failure);
      return;
    }
    Duration pause = FIRST_PAUSE.multipliedBy(1L << taken.attempts());
    LOG.warn("update {} failed, again in {}", taken.id(), pause, failure);
    updates.failed(taken.id(), now().plus(pause));
    observer.handled("failed", lag);
  }

  private Instant now() {
    return Instant.ofEpochMilli(clock.millis());
  }
}
