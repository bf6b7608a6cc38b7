package io.x0tta6bl4.payment;

/**
 * Why a payment was rejected.
 *
 * <p>A minor version may add reasons: a {@code switch} over them needs a {@code default} branch.
 *
 * @since 0.1.0
 */
public enum Reason {
  /** The transfer has no memo. */
  MEMO_MISSING,
  /** The transfer has another memo. */
  MEMO_MISMATCH,
  /** The memo is encrypted, or not UTF-8. */
  MEMO_UNREADABLE,
  /** Less than the amount, beyond the tolerance. */
  UNDERPAID,
  /** More than the amount, beyond the tolerance, and the request does not accept it. */
  OVERPAID,
  /** The money went to somebody else. */
  WRONG_RECIPIENT,
  /** Another token, whatever it calls itself. */
  WRONG_TOKEN,
  /** The block is older than the request's maximum age. */
  TOO_OLD,
  /** The block's time is more than two minutes ahead of the clock. */
  FUTURE_TIMESTAMP,
  /** The block is older than the order. */
  TOO_EARLY,
  /** The transaction failed: nothing moved. */
  FAILED,
  /** The money is there though the transaction says that it failed (TON), and the request does not accept that. */
  CREDITED_BUT_FAILED,
  /** The money went back to its sender (TON). */
  BOUNCED,
  /** Sender and recipient are the same. */
  SELF_TRANSFER,
  /** The transfer was claimed for another order. */
  ALREADY_USED,
  /** An approval, a mint, an outgoing transfer, our own message back, a forged notice: no money for the recipient. */
  NOT_A_PAYMENT,
  /** What the provider told of the transaction contradicts itself. */
  MALFORMED
}
