package io.x0tta6bl4.payment.ledger;

/**
 * An order recognised by its amount or its address cannot be opened, since another order of the wallet has it.
 *
 * @since 0.1.0
 */
public final class AmountTakenException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * Makes the exception.
   *
   * @param message which wallet and amounts
   */
  public AmountTakenException(String message) {
    super(message);
  }
}
