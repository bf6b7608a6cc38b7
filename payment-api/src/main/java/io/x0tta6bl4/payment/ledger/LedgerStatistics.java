package io.x0tta6bl4.payment.ledger;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Figures of a ledger, for metrics and a status page. Immutable and thread-safe.
 *
 * @param openOrders number of open orders by chain
 * @param undelivered number of events still to be told, over all listeners
 * @param oldestUndelivered when the oldest of them was recorded; {@code null} if there is none
 * @since 0.1.0
 */
public record LedgerStatistics(
    Map<String, Long> openOrders, long undelivered, @Nullable Instant oldestUndelivered) {

  /** Copies the map. */
  public LedgerStatistics {
    openOrders = Map.copyOf(openOrders);
  }

  /**
   * Gives when the oldest event was recorded that is still to be told.
   *
   * @return the instant; empty if all was told
   */
  public Optional<Instant> waitingSince() {
    return Optional.ofNullable(oldestUndelivered);
  }
}
