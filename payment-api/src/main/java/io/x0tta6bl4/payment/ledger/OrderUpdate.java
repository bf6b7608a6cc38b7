package io.x0tta6bl4.payment.ledger;

import java.util.List;

/**
 * One change of one order: its next state, the transfers that it claims and the event that tells of it, all or nothing.
 *
 * @param before the order as it was read; the change fails if it is not so any more
 * @param next its state after the change
 * @param claims transfers that become the order's, or change their role; possibly none
 * @param event what listeners are told; its number is the version before plus one
 * @since 0.1.0
 */
public record OrderUpdate(Order before, OrderState next, List<Claim> claims, OrderEvent event) {

  /**
   * Checks that the parts belong together.
   *
   * @throws IllegalArgumentException if a claim or the event is another order's, the event has another number, a state that is
   *     final would change, or an order would be paid without a payment
   */
  public OrderUpdate {
    claims = List.copyOf(claims);
    for (Claim claim : claims) {
      if (!claim.orderId().equals(before.id())) {
        throw new IllegalArgumentException("claim of order " + claim.orderId() + ": expected one of " + before.id());
      }
    }
    if (!event.request().orderId().equals(before.id()) || event.number() != before.version() + 1) {
      throw new IllegalArgumentException(
          "event " + event.id() + ": expected " + before.id() + "#" + (before.version() + 1));
    }
    if (before.state() != next && before.state() != OrderState.OPEN) {
      throw new IllegalArgumentException("order " + before.id() + " is " + before.state() + " and cannot become " + next);
    }
    if (before.state() != next && next == OrderState.PAID
        && claims.stream().noneMatch(claim -> claim.role() == ClaimRole.PAYMENT)) {
      throw new IllegalArgumentException("order " + before.id() + " cannot become PAID without a claim that is its payment");
    }
  }

  /**
   * Gives the order as it is after the change.
   *
   * @return the next version
   */
  public Order after() {
    return before.changedTo(next);
  }
}
