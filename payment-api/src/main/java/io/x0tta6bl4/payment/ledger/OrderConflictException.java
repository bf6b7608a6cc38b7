package io.x0tta6bl4.payment.ledger;

/**
 * An order id was used before, for something else.
 *
 * @since 0.1.0
 */
public final class OrderConflictException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * Makes the exception.
   *
   * @param message which order, and what differs
   */
  public OrderConflictException(String message) {
    super(message);
  }
}
