package io.x0tta6bl4.telegram.internal.store;

import java.time.Instant;

/** What one of several processes does for all, and what the operator was told. Thread-safe. */
public interface Duties {

  /**
   * Takes or renews a duty.
   *
   * @param duty its name
   * @param owner who asks
   * @param now the present
   * @param until how long it is the owner's
   * @return {@code false} if it is another's
   */
  boolean lease(String duty, String owner, Instant now, Instant until);

  /**
   * Gives a duty back.
   *
   * @param duty its name
   * @param owner whose it was
   */
  void release(String duty, String owner);

  /**
   * Notes that an episode of trouble has begun.
   *
   * @param topic what the trouble is
   * @param now the present
   * @return {@code false} if it had begun before
   */
  boolean begin(String topic, Instant now);

  /**
   * Notes that an episode of trouble is over.
   *
   * @param topic what the trouble was
   * @return {@code false} if there was none
   */
  boolean end(String topic);
}
