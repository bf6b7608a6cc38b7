package io.x0tta6bl4.payment.ledger;

import io.x0tta6bl4.payment.PaymentRequest;
import java.time.Instant;

/**
 * An order as the ledger knows it. Immutable and thread-safe.
 *
 * @param request what is expected; its {@link PaymentRequest#notBefore()} is always there
 * @param state where it stands
 * @param version number of changes so far, 0 for a new order; each change has exactly one {@link OrderEvent}
 * @param openedAt when it was opened
 * @param expiresAt a payment in a later block is late
 * @param watchedUntil until when transfers for it are looked for, whatever its state; not before {@code expiresAt}
 * @since 0.1.0
 */
public record Order(
    PaymentRequest request,
    OrderState state,
    long version,
    Instant openedAt,
    Instant expiresAt,
    Instant watchedUntil) {

  /**
   * Gives the order's id.
   *
   * @return {@link PaymentRequest#orderId()}
   */
  public String id() {
    return request.orderId();
  }

  /**
   * Gives the wallet that it is paid to.
   *
   * @return recipient and asset
   */
  public Wallet wallet() {
    return Wallet.of(request);
  }

  /**
   * Gives the order as it is after one more change.
   *
   * @param next the state after the change
   * @return the same order with that state and the next version
   */
  public Order changedTo(OrderState next) {
    return new Order(request, next, version + 1, openedAt, expiresAt, watchedUntil);
  }
}
