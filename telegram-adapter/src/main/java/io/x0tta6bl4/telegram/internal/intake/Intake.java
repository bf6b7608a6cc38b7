package io.x0tta6bl4.telegram.internal.intake;

import com.fasterxml.jackson.databind.JsonNode;
import io.x0tta6bl4.telegram.TelegramObserver;
import io.x0tta6bl4.telegram.internal.api.Trees;
import io.x0tta6bl4.telegram.internal.store.Updates;
import java.time.Clock;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where updates are stored, each once, whichever way they came. Thread-safe. */
public final class Intake {

  private static final Logger LOG = LoggerFactory.getLogger(Intake.class);

  private final Updates updates;
  private final Clock clock;
  private final TelegramObserver observer;
  private final Runnable wake;

  /**
   * Makes an intake.
   *
   * @param updates where they are stored
   * @param clock what they are dated by
   * @param observer for metrics
   * @param wake called when there is something new to work on
   */
  public Intake(Updates updates, Clock clock, TelegramObserver observer, Runnable wake) {
    this.updates = updates;
    this.clock = clock;
    this.observer = observer;
    this.wake = wake;
  }

  /**
   * Stores an update, if it is one and is not known. Durable when it returns.
   *
   * @param way how it came, for metrics
   * @param body what came
   * @return {@code false} if it is no update
   * @throws io.x0tta6bl4.telegram.StoreException if the store failed
   */
  public boolean store(String way, byte[] body) {
    JsonNode root = Trees.readOrNull(body);
    if (root == null || !Update.isOne(root)) {
      observer.received(way, "refused");
      return false;
    }
    Update update = Update.of(root);
    boolean fresh;
    try {
      fresh = updates.add(update.id(), root.toString(), update.queue(), Instant.ofEpochMilli(clock.millis()));
    } catch (RuntimeException e) {
      observer.received(way, "failed");
      throw e;
    }
    observer.received(way, fresh ? "stored" : "duplicate");
    if (fresh) {
      wake.run();
    } else {
      LOG.debug("update {} came again", update.id());
    }
    return true;
  }
}
