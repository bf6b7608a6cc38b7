package io.x0tta6bl4.payment.ledger;

import io.x0tta6bl4.payment.TransferId;

/**
 * What became of an {@link OrderUpdate}.
 *
 * @since 0.1.0
 */
public sealed interface Recording {

  /**
   * It is durable, all of it.
   *
   * @param order the order after the change
   */
  record Recorded(Order order) implements Recording {}

  /** The order was changed by somebody else in between: read it again and decide again. Nothing was written. */
  record Outdated() implements Recording {}

  /**
   * A transfer belongs to another order. Nothing was written.
   *
   * @param transfer which
   * @param orderId whose it is
   */
  record AlreadyUsed(TransferId transfer, String orderId) implements Recording {}
}
