package io.x0tta6bl4.telegram;

import io.x0tta6bl4.payment.ledger.Order;

/**
 * Has the network asked for an order at once, since its buyer wants to know: most often
 * {@code order -> watcher.hint(order.request().recipient())}. Thread-safe; must not block for long.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface CheckNow {

  /**
   * Asks.
   *
   * @param order which
   */
  void check(Order order);
}
