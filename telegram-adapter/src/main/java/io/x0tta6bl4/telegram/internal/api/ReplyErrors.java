package io.x0tta6bl4.telegram.internal.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.x0tta6bl4.payment.PaymentException;
import io.x0tta6bl4.payment.http.ApiResponse;
import io.x0tta6bl4.payment.http.ErrorClassifier;
import io.x0tta6bl4.payment.http.Secret;
import io.x0tta6bl4.telegram.BotApiException;
import io.x0tta6bl4.telegram.BotApiException.Failure;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Tells from an answer of the Bot API what went wrong. The texts are those of the server's source ({@code Client.cpp}); they are
 * the only thing that tells the reasons of one status apart.
 */
public final class ReplyErrors implements ErrorClassifier {

  /** For a 429 that does not say for how long, as a proxy in between gives it. */
  private static final Duration UNSAID_WAIT = Duration.ofSeconds(5);

  private static final int SHOWN = 200;

  private final Secret token;

  /**
   * Makes a classifier.
   *
   * @param token to be kept out of messages
   */
  public ReplyErrors(Secret token) {
    this.token = token;
  }

  @Override
  public @Nullable PaymentException classify(int status, String errorText, boolean withKey) {
    return status == 200 ? null : error(status, errorText, null, status);
  }

  @Override
  public @Nullable PaymentException classify(ApiResponse response, String errorText, boolean withKey) {
    JsonNode root = Trees.readOrNull(response.body());
    boolean ok = root != null && root.path("ok").asBoolean(false);
    if (response.status() == 200 && (ok || root == null)) {
      return null;
    }
    if (root == null) {
      // Telegram says in JSON that it does not know a token; a proxy's page for that status says that the call went nowhere.
      boolean nowhere = response.status() == 401 || response.status() == 404;
      return nowhere
          ? exception(Failure.NOT_SENT, errorText, null, response.status())
          : error(response.status(), errorText, headerWait(response), response.status());
    }
    int code = root.path("error_code").isInt() ? root.path("error_code").intValue() : response.status();
    JsonNode wait = root.path("parameters").path("retry_after");
    Duration retryAfter = wait.canConvertToInt() && wait.intValue() >= 0 ? Duration.ofSeconds(wait.intValue()) : headerWait(response);
    return error(code, root.path("description").asText("no description"), retryAfter, response.status());
  }

  private BotApiException error(int code, String description, @Nullable Duration retryAfter, int status) {
    Failure failure = failure(code, description.toLowerCase(Locale.ROOT));
    boolean waits = failure == Failure.TOO_MANY_REQUESTS;
    Duration wait = waits && retryAfter == null ? UNSAID_WAIT : retryAfter;
    return exception(failure, description, waits ? wait : null, status);
  }

  private BotApiException exception(Failure failure, String description, @Nullable Duration wait, int status) {
    String shown = token.redact(description);
    return new BotApiException(failure, shown.length() <= SHOWN ? shown : shown.substring(0, SHOWN), wait, status);
  }

  private static Failure failure(int code, String text) {
    return switch (code) {
      case 400 -> badRequest(text);
      case 401, 404 -> Failure.UNAUTHORIZED;
      case 403 -> forbidden(text);
      case 409 -> Failure.CONFLICT;
      case 429 -> Failure.TOO_MANY_REQUESTS;
      default -> code >= 400 && code < 500 ? Failure.BAD_REQUEST : Failure.UNKNOWN_OUTCOME;
    };
  }

  private static Failure badRequest(String text) {
    if (text.contains("message is not modified")) {
      return Failure.NOT_MODIFIED;
    }
    if (text.contains("query is too old")) {
      return Failure.QUERY_TOO_OLD;
    }
    if (text.contains("chat not found")) {
      return Failure.CHAT_NOT_FOUND;
    }
    boolean gone =
        text.contains("message to edit not found")
            || text.contains("message to delete not found")
            || text.contains("message can't be edited")
            || text.contains("message can't be deleted")
            || text.contains("message_id_invalid");
    return gone ? Failure.MESSAGE_GONE : Failure.BAD_REQUEST;
  }

  private static Failure forbidden(String text) {
    if (text.contains("blocked by the user")) {
      return Failure.BLOCKED;
    }
    if (text.contains("user is deactivated")) {
      return Failure.DEACTIVATED;
    }
    return text.contains("kicked") || text.contains("not a member") ? Failure.NOT_A_MEMBER : Failure.FORBIDDEN;
  }

  private static @Nullable Duration headerWait(ApiResponse response) {
    String seconds = response.header("Retry-After").orElse("");
    return seconds.matches("[0-9]{1,5}") ? Duration.ofSeconds(Long.parseLong(seconds)) : null;
  }
}
