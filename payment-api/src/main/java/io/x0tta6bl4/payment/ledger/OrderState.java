package io.x0tta6bl4.payment.ledger;

/**
 * Where an order stands. It starts as {@link #OPEN} and changes once.
 *
 * @since 0.1.0
 */
public enum OrderState {
  /** Waits for its payment; parts of it may be there. */
  OPEN,
  /** Paid, whole and final: the one state in which to deliver. */
  PAID,
  /** Not paid in its time. What arrives later is told as {@link OrderEvent.Type#LATE}. */
  EXPIRED,
  /** Called off by the shop. What arrives later is told as {@link OrderEvent.Type#LATE}. */
  CANCELLED
}
