package io.x0tta6bl4.payment.ledger;

/**
 * What a claimed transfer is to its order.
 *
 * @since 0.1.0
 */
public enum ClaimRole {
  /** Belongs to an order that is not paid yet: too little so far, or more than the order accepts. */
  PART,
  /** Made the order {@link OrderState#PAID}. */
  PAYMENT,
  /** Came for an order that was paid already. */
  SURPLUS,
  /** Came for an order that had expired or was cancelled. */
  LATE
}
