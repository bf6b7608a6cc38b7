package io.x0tta6bl4.telegram;

import io.x0tta6bl4.payment.PaymentException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A call of the Bot API did not succeed. The message has what the server said, never the token.
 *
 * @since 0.1.0
 */
public final class BotApiException extends PaymentException {
  private static final long serialVersionUID = 1L;

  /** Why a call failed. A minor version may add reasons: a {@code switch} needs a {@code default} branch. */
  public enum Failure {
    /** 403: the user has blocked the bot. */
    BLOCKED,
    /** 403: the user's account is gone. */
    DEACTIVATED,
    /** 403: the bot is in the chat no more, or never was. */
    NOT_A_MEMBER,
    /** 403 for another reason, for instance a user who never wrote to the bot. */
    FORBIDDEN,
    /** 400: there is no such chat. */
    CHAT_NOT_FOUND,
    /** 400: the message looks so already. What was wanted is the case. */
    NOT_MODIFIED,
    /** 400: the message is deleted, or too old to be edited. */
    MESSAGE_GONE,
    /** 400: a button was pressed too long ago to be answered. */
    QUERY_TOO_OLD,
    /** 400 for another reason: the same call fails again. */
    BAD_REQUEST,
    /** 429: {@link #retryAfter()} says for how long to wait. */
    TOO_MANY_REQUESTS,
    /** 409: somebody else receives the bot's updates, or a webhook is set. */
    CONFLICT,
    /** 401 or 404 in Telegram's own words: the token is not valid (any more). */
    UNAUTHORIZED,
    /** The call surely did not reach the server: there was no connection, it was not tried, or a proxy knew no way (401, 404). */
    NOT_SENT,
    /** No answer, an unreadable one, or 5xx: the call may have been executed. */
    UNKNOWN_OUTCOME;

    /**
     * Tells whether the chat takes no messages of the bot until its user does something.
     *
     * @return {@code true} for the 403s and an unknown chat
     */
    public boolean isUnreachable() {
      return this == BLOCKED
          || this == DEACTIVATED
          || this == NOT_A_MEMBER
          || this == FORBIDDEN
          || this == CHAT_NOT_FOUND;
    }
  }

  /** Why. */
  private final Failure failure;

  /**
   * Makes the exception.
   *
   * @param failure why
   * @param message what the server said
   * @param retryAfter how long to wait; {@code null} if it did not say
   * @param httpStatus the HTTP status, 0 without an answer
   */
  public BotApiException(Failure failure, String message, @Nullable Duration retryAfter, int httpStatus) {
    // Only what speaks of the server's health is retryable: the HTTP client leaves a server alone that fails so too often.
    super(
        BotApi.PROVIDER,
        failure + ": " + message,
        failure == Failure.UNKNOWN_OUTCOME || failure == Failure.NOT_SENT,
        retryAfter,
        httpStatus,
        null);
    this.failure = failure;
  }

  /**
   * Gives the reason.
   *
   * @return why the call failed
   */
  public Failure failure() {
    return failure;
  }
}
