package io.x0tta6bl4.payment;

/**
 * Whether the chain can still take a transfer back.
 *
 * @since 0.1.0
 */
public enum Finality {
  /** Irreversible by the chain's own rule. */
  FINAL,
  /** Seen, but in a block that may yet be replaced, or in no block. */
  PENDING
}
