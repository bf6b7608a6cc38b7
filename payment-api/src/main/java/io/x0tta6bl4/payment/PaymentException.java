package io.x0tta6bl4.payment;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Thrown inside, between a provider's client and the verifier, for what a provider did; a verifier turns it into
 * {@link Verification.Unavailable} or {@link Verification.Incomplete}. Only those who call a client or a
 * {@link io.x0tta6bl4.payment.spi.TransferSource} themselves meet it.
 *
 * @since 0.1.0
 */
public class PaymentException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Whose fault it is. */
  private final String providerId;

  /** Whether asking again may help. */
  private final boolean retryable;

  /** How long the provider wants to be left alone. */
  private final @Nullable Duration retryAfter;

  /** The HTTP status, 0 without an answer. */
  private final int httpStatus;

  /**
   * Makes the exception.
   *
   * @param providerId whose fault it is
   * @param message what happened; never a key or a header
   * @param retryable whether asking again may help
   * @param retryAfter how long the provider wants to be left alone; {@code null} if it did not say
   * @param httpStatus the HTTP status, 0 if there was none
   * @param cause what is behind it, or {@code null}
   */
  protected PaymentException(
      String providerId,
      String message,
      boolean retryable,
      @Nullable Duration retryAfter,
      int httpStatus,
      @Nullable Throwable cause) {
    super(
        providerId
            + ": "
            + message
            + (httpStatus == 0 ? "" : " (HTTP " + httpStatus + ")")
            + (retryAfter == null ? "" : ", retry after " + retryAfter),
        cause);
    this.providerId = providerId;
    this.retryable = retryable;
    this.retryAfter = retryAfter;
    this.httpStatus = httpStatus;
  }

  /**
   * Gives the provider.
   *
   * @return its id, for instance {@code tron}
   */
  public final String providerId() {
    return providerId;
  }

  /**
   * Tells whether asking again may help.
   *
   * @return {@code false} if somebody has to change something first
   */
  public final boolean retryable() {
    return retryable;
  }

  /**
   * Gives how long the provider wants to be left alone.
   *
   * @return the wait, if it is known
   */
  public final Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }

  /**
   * Gives the HTTP status.
   *
   * @return the status, if there was an answer
   */
  public final OptionalInt httpStatus() {
    return httpStatus == 0 ? OptionalInt.empty() : OptionalInt.of(httpStatus);
  }
}
