package io.x0tta6bl4.payment.ledger;

import io.x0tta6bl4.payment.Transfer;

/**
 * A transfer that belongs to an order, for ever, and to no other. Immutable and thread-safe.
 *
 * @param orderId the order
 * @param role what the transfer is to it; a {@link ClaimRole#PART} may become a {@link ClaimRole#PAYMENT}
 * @param transfer the transfer, as it was when it was claimed
 * @since 0.1.0
 */
public record Claim(String orderId, ClaimRole role, Transfer transfer) {

  /**
   * Checks the transfer.
   *
   * @throws IllegalArgumentException if it is not settled
   */
  public Claim {
    if (!transfer.isSettled()) {
      throw new IllegalArgumentException(
          "transfer " + transfer.id() + " is " + transfer.finality() + ", " + transfer.execution()
              + ": expected a settled one, since a claim is for ever");
    }
  }
}
