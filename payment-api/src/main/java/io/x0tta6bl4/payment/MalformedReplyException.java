package io.x0tta6bl4.payment;

import org.jspecify.annotations.Nullable;

/**
 * The provider's answer is not of the documented shape. Asking again may help: a cut answer looks the same.
 *
 * @since 0.1.0
 */
public final class MalformedReplyException extends PaymentException {
  private static final long serialVersionUID = 1L;

  /**
   * Makes the exception.
   *
   * @param providerId whose answer it is
   * @param message where in the answer, what stands there (at most 200 characters of it) and what was expected
   * @param cause what is behind it, or {@code null}
   */
  public MalformedReplyException(String providerId, String message, @Nullable Throwable cause) {
    super(providerId, message, true, null, 0, cause);
  }
}
