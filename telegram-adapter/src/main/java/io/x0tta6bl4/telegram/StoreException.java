package io.x0tta6bl4.telegram;

/**
 * The bot's store failed. What was to be done can be done again.
 *
 * @since 0.1.0
 */
public final class StoreException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Makes the exception.
   *
   * @param message what was to be done
   * @param cause what failed
   */
  public StoreException(String message, Throwable cause) {
    super(message, cause);
  }
}
