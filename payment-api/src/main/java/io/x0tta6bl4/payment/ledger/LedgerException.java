package io.x0tta6bl4.payment.ledger;

/**
 * The ledger's store failed. Unless the method says otherwise nothing was written; asking again may help.
 *
 * @since 0.1.0
 */
public final class LedgerException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * Makes the exception.
   *
   * @param message what was to be done
   * @param cause what failed
   */
  public LedgerException(String message, Throwable cause) {
    super(message, cause);
  }
}
