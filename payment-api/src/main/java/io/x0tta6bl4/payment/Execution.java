package io.x0tta6bl4.payment;

/**
 * What the chain says of the execution of a transfer's transaction.
 *
 * @since 0.1.0
 */
public enum Execution {
  /** The transaction succeeded and the money moved. */
  SUCCEEDED,
  /** The transaction failed and nothing moved; recipient and amount are those that the call asked for. */
  FAILED,
  /** The money came and went back to its sender. */
  BOUNCED,
  /** The money is there although the transaction says that it failed (TON). */
  CREDITED_BUT_FAILED,
  /** The provider does not tell yet; never taken for a success, and the transfer's id may still change. */
  UNKNOWN
}
