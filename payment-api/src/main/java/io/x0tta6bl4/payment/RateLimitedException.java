package io.x0tta6bl4.payment;

import java.time.Duration;

/**
 * The provider, or our own limiter, does not let the request through now.
 *
 * @since 0.1.0
 */
public final class RateLimitedException extends PaymentException {
  private static final long serialVersionUID = 1L;

  /**
   * Makes the exception.
   *
   * @param providerId whose limit it is
   * @param message what was said
   * @param retryAfter how long to wait
   * @param httpStatus the HTTP status, 0 if the limiter spoke
   */
  public RateLimitedException(String providerId, String message, Duration retryAfter, int httpStatus) {
    super(providerId, message, true, retryAfter, httpStatus, null);
  }
}
