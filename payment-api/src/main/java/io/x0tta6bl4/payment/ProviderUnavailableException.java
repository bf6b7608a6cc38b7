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

  /** Whether the request surely did not arrive. */
  private final boolean notSent;

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
    this(providerId, message, retryable, null, 0, cause, false);
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
    this(providerId, message, retryable, null, httpStatus, null, false);
  }

  /**
   * Makes an exception that says when to ask again.
   *
   * @param providerId whose fault it is
   * @param message what happened
   * @param retryAfter how long to wait
   */
  public ProviderUnavailableException(String providerId, String message, Duration retryAfter) {
    this(providerId, message, true, retryAfter, 0, null, false);
  }

  private ProviderUnavailableException(
      String providerId,
      String message,
      boolean retryable,
      @Nullable Duration retryAfter,
      int httpStatus,
      @Nullable Throwable cause,
      boolean notSent) {
    super(providerId, message, retryable, retryAfter, httpStatus, cause);
    this.notSent = notSent;
  }

  /**
   * Makes an exception for a request that surely did not arrive, so that sending it again does nothing twice.
   *
   * @param providerId whose fault it is
   * @param message what happened
   * @param retryAfter how long to wait; {@code null} if that is not known
   * @return the exception, retryable
   */
  public static ProviderUnavailableException notSent(
      String providerId, String message, @Nullable Duration retryAfter) {
    return new ProviderUnavailableException(providerId, message, true, retryAfter, 0, null, true);
  }

  /**
   * Tells whether the request surely did not arrive: there was no connection, or it was not tried.
   *
   * @return {@code false} if it may have arrived
   */
  public boolean isNotSent() {
    return notSent;
  }
}
