package io.x0tta6bl4.telegram.internal.intake;

import io.x0tta6bl4.telegram.BotApi;
import io.x0tta6bl4.telegram.BotApiException;
import io.x0tta6bl4.telegram.BotApiException.Failure;
import io.x0tta6bl4.telegram.RawUpdate;
import io.x0tta6bl4.telegram.internal.Loop;
import io.x0tta6bl4.telegram.internal.store.Duties;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks for updates. They are confirmed by the next call, after all of them are stored. Of several processes one asks, by a
 * lease. {@link #step} is called by one thread, {@link #end} by any.
 */
public final class Poller {

  private static final Duration SHORTEST_WAIT = Duration.ofSeconds(1);
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration FIRST_PAUSE_OF_CONFLICT = Duration.ofSeconds(5);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
  private static final int LIMIT = 100;
  private static final String DUTY = "poller";

  private static final Logger LOG = LoggerFactory.getLogger(Poller.class);

  private final BotApi api;
  private final Intake intake;
  private final Duties duties;
  private final Clock clock;
  private final String owner;
  private final Duration lease;
  private final Trouble trouble;
  private long offset;
  private int failures;
  private boolean works;
  private String lastFailure = "";
  private @Nullable Thread asking;
  private boolean ended;

  /** Is told what somebody has to look at. */
  public interface Trouble {
    /**
     * Updates cannot be had.
     *
     * @param why the {@link Failure} in lower case
     * @param message what Telegram said
     */
    void pollingFails(String why, String message);

    /** Updates can be had again. */
    void pollingWorks();
  }

  /**
   * Makes a poller.
   *
   * @param api the calls
   * @param intake stores updates
   * @param duties where the lease is
   * @param clock what the lease is dated by
   * @param owner unique among processes
   * @param lease how long a process that died keeps the others from asking
   * @param trouble is told of failures
   */
  public Poller(BotApi api, Intake intake, Duties duties, Clock clock, String owner, Duration lease, Trouble trouble) {
    this.api = api;
    this.intake = intake;
    this.duties = duties;
    this.clock = clock;
    this.owner = owner;
    this.lease = lease;
    this.trouble = trouble;
  }

  /**
   * Asks once and stores what comes.
   *
   * @return how long to wait before the next step; {@link Loop#END} if Telegram does not know the token
   */
  public Duration step() {
    Instant now = Instant.ofEpochMilli(clock.millis());
    if (!duties.lease(DUTY, owner, now, now.plus(lease))) {
      return lease.dividedBy(2);
    }
    List<RawUpdate> updates;
    try {
      updates = ask();
    } catch (BotApiException e) {
      return failed(e);
    }
    for (RawUpdate update : updates) {
      // Where the store fails the offset stays, so that Telegram gives the rest again.
      boolean unused = intake.store("polling", update.json().getBytes(StandardCharsets.UTF_8));
      offset = update.id() + 1;
    }
    if (failures > 0) {
      LOG.info("updates can be had again");
    }
    // Also the first time: the process before may have ended in the middle of a trouble.
    if (!works) {
      trouble.pollingWorks();
    }
    works = true;
    failures = 0;
    lastFailure = "";
    return Duration.ZERO;
  }

  private List<RawUpdate> ask() {
    synchronized (this) {
      if (ended) {
        return List.of();
      }
      asking = Thread.currentThread();
    }
    try {
      return api.getUpdates(offset, LIMIT, waiting(), Update.KINDS);
    } finally {
      synchronized (this) {
        asking = null;
      }
    }
  }

  /** Ends the call that is under way, and only that: within a store an interrupt could close a database's file. */
  public synchronized void end() {
    ended = true;
    if (asking != null) {
      asking.interrupt();
    }
  }

  /** Half the lease, so that it is renewed in time while there are no updates. */
  private Duration waiting() {
    Duration half = lease.dividedBy(2);
    return half.compareTo(SHORTEST_WAIT) > 0 ? half : SHORTEST_WAIT;
  }

  /** Gives the lease back, so that another process goes on at once. */
  public void close() {
    duties.release(DUTY, owner);
  }

  private Duration failed(BotApiException e) {
    if (Thread.currentThread().isInterrupted()) {
      return Loop.END;
    }
    works = false;
    String why = e.failure().name().toLowerCase(Locale.ROOT);
    if (!why.equals(lastFailure)) {
      // Once for each kind: a log that repeats it every minute hides the rest.
      LOG.warn("no updates: {}", e.getMessage());
      trouble.pollingFails(why, String.valueOf(e.getMessage()));
      lastFailure = why;
    }
    if (e.failure() == Failure.UNAUTHORIZED) {
      LOG.error("Telegram does not know the token: no updates any more until a restart with a valid one");
      return Loop.END;
    }
    Duration first = e.failure() == Failure.CONFLICT ? FIRST_PAUSE_OF_CONFLICT : FIRST_PAUSE;
    Duration pause = first.multipliedBy(1L << Math.min(failures++, 6));
    Duration bounded = pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
    return e.retryAfter().filter(wait -> wait.compareTo(bounded) > 0).orElse(bounded);
  }
}
