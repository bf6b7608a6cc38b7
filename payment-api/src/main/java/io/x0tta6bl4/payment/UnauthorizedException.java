package io.x0tta6bl4.payment;

/**
 * The provider refuses the key.
 *
 * @since 0.1.0
 */
public final class UnauthorizedException extends PaymentException {
  private static final long serialVersionUID = 1L;

  /**
   * Makes the exception.
   *
   * @param providerId who refuses
   * @param message what was said
   * @param httpStatus the HTTP status
   */
  public UnauthorizedException(String providerId, String message, int httpStatus) {
    super(providerId, message, false, null, httpStatus, null);
  }
}
