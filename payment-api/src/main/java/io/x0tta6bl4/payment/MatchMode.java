package io.x0tta6bl4.payment;

/**
 * How a transfer is recognised as the payment of an order.
 *
 * @since 0.1.0
 */
public enum MatchMode {
  /** The transfer's memo is the order id, byte for byte after trimming ASCII white space and NUL at both ends. */
  MEMO,
  /** The amount is unique to the order: it must be met exactly, and the memo does not matter. */
  AMOUNT,
  /** The address is unique to the order: every transfer to it counts, whatever its memo. */
  ADDRESS
}
