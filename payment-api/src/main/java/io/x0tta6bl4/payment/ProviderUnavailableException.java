package io.x0tta6bl4.payment;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The provider did not answer, or answered with an error.
 *
 * @since 0.1.0
 */
public final class ProviderUnavailableException extends PaymentException {
  private static final long serialVersionUID = 1L;

  /**
   * Makes an exception without an HTTP answer.
   *
   * @param providerId whose fault it is
   * @param message what happened
   * @param retryable whether asking again may help
   * @param cause what is behind it, or {@code null}
   */
  public ProviderUnavailableException(
      String providerId, String message, boolean retryable, @Nullable Throwable cause) {
    super(providerId, message, retryable, null, 0, cause);
  }

  /**
   * Makes an exception for an HTTP answer.
   *
   * @param providerId whose fault it is
   * @param message what happened
   * @param retryable whether asking again may help
   * @param httpStatus the HTTP status
   */
  public ProviderUnavailableException(String providerId, String message, boolean retryable, int httpStatus) {
    super(providerId, message, retryable, null, httpStatus, null);
  }

  /**
   * Makes an exception that says when to ask again.
   *
   * @param providerId whose fault it is
   * @param message what happened
   * @param retryAfter how long to wait
   */
  public ProviderUnavailableException(String providerId, String message, Duration retryAfter) {
    super(providerId, message, true, retryAfter, 0, null);
  }
}
