package io.x0tta6bl4.payment.internal.ledger.jdbc;

import io.x0tta6bl4.payment.ledger.OrderUpdate;
import java.util.List;

/** Writes changes of orders in one transaction. */
interface UpdateWriter {

  /**
   * Writes all or nothing.
   *
   * @param updates at least one, sorted by order; no transfer is claimed in two of them
   * @return {@code false} if nothing was written, since an order has changed or a transfer is another order's
   */
  boolean write(List<OrderUpdate> updates);
}
