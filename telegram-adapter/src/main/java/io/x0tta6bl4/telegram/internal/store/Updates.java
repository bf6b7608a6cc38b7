package io.x0tta6bl4.telegram.internal.store;

import java.time.Instant;
import java.util.List;

/** Updates of one bot, each once. Thread-safe. */
public interface Updates {

  /**
   * An update to be worked on.
   *
   * @param id its number
   * @param json what Telegram wrote
   * @param attempts how often it was tried before
   * @param storedAt when it came
   */
  record Taken(long id, String json, int attempts, Instant storedAt) {}

  /**
   * Keeps an update. Durable when it returns.
   *
   * @param id its number
   * @param json what Telegram wrote
   * @param queue updates of one queue are worked on one after another: the chat
   * @param now the present
   * @return {@code false} if it is known
   */
  boolean add(long id, String json, long queue, Instant now);

  /**
   * Lends the first update of each queue, if it is due and not lent.
   *
   * @param now the present
   * @param until when they may be lent again
   * @param limit at most how many
   * @return in the order of their storing
   */
  List<Taken> take(Instant now, Instant until, int limit);

  /**
   * Notes that an update was worked on; its number is remembered.
   *
   * @param id which
   */
  void done(long id);

  /**
   * Notes that an update could not be worked on.
   *
   * @param id which
   * @param retryAt when to lend it again; those behind it in its queue wait
   */
  void failed(long id, Instant retryAt);

  /**
   * Puts an update out of the way of those behind it, for somebody to look at.
   *
   * @param id which
   */
  void setAside(long id);

  /**
   * Forgets the numbers of updates that were worked on.
   *
   * @param before only of updates that came before this
   * @return how many were forgotten
   */
  int purge(Instant before);
}
