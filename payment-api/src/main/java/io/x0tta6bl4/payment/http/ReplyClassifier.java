package io.x0tta6bl4.payment.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.x0tta6bl4.payment.MalformedReplyException;
import io.x0tta6bl4.payment.PaymentException;
import io.x0tta6bl4.payment.ProviderUnavailableException;
import io.x0tta6bl4.payment.RateLimitedException;
import io.x0tta6bl4.payment.UnauthorizedException;
import io.x0tta6bl4.payment.internal.Texts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Tells success from failure: first by what the provider's own classifier says, then by the status. */
final class ReplyClassifier {

  /** A body that holds an error instead of data is short; longer ones are not parsed twice. */
  private static final int LONGEST_ERROR = 8 * 1024;

  private static final int SHOWN = 200;
  private static final Duration DEFAULT_SUSPENSION = Duration.ofSeconds(30);
  private static final Pattern SECONDS = Pattern.compile("[0-9]{1,5}");

  private final String providerId;
  private final ErrorClassifier own;
  private final @Nullable Secret key;

  ReplyClassifier(String providerId, ErrorClassifier own, @Nullable Secret key) {
    this.providerId = providerId;
    this.own = own;
    this.key = key;
  }

  @Nullable PaymentException classify(ApiResponse response) {
    int status = response.status();
    boolean json = looksLikeJson(response.body());
    String text = json ? errorField(response.body()) : "";
    String shown = shown(json ? text : beginning(response.body()));
    PaymentException ofProvider = own.classify(response, shown, key != null);
    if (ofProvider != null) {
      return ofProvider;
    }
    if (status == 200) {
      if (!json) {
        return new MalformedReplyException(providerId, "the answer is no JSON: '" + shown + "'", null);
      }
      return text.isEmpty() ? null : new ProviderUnavailableException(providerId, shown, true, status);
    }
    String message = shown.isEmpty() ? "an error without a text" : shown;
    return switch (status) {
      case 401, 403 -> new UnauthorizedException(providerId, message, status);
      case 429 -> new RateLimitedException(providerId, message, retryAfter(response), status);
      default -> new ProviderUnavailableException(providerId, message, status == 408 || status >= 500, status);
    };
  }

  /** Takes the key out of what a reader quotes of an answer. */
  MalformedReplyException withoutKey(MalformedReplyException e) {
    String message = String.valueOf(e.getMessage());
    String redacted = key == null ? message : key.redact(message);
    return redacted.equals(message)
        ? e
        : new MalformedReplyException(providerId, redacted.replaceFirst("^" + Pattern.quote(providerId + ": "), ""), null);
  }

  /** Gives the text of a failure below HTTP, which is the client's own and short. */
  String shown(IOException e) {
    return shown(String.valueOf(e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage()));
  }

  private String shown(String text) {
    String redacted = key == null ? text : key.redact(text);
    return Texts.printable(redacted, SHOWN);
  }

  private static Duration retryAfter(ApiResponse response) {
    Matcher seconds = SECONDS.matcher(response.header("Retry-After").orElse(""));
    return seconds.matches() ? Duration.ofSeconds(Long.parseLong(seconds.group())) : DEFAULT_SUSPENSION;
  }

  private static boolean looksLikeJson(byte[] body) {
    for (byte b : body) {
      if (b != ' ' && b != '\n' && b != '\r' && b != '\t') {
        return b == '{' || b == '[';
      }
    }
    return false;
  }

  private static String beginning(byte[] body) {
    return new String(body, 0, Math.min(body.length, 4 * SHOWN), StandardCharsets.UTF_8).strip();
  }

  /** Finds {@code Error} or {@code error}, or says so where {@code success} is false without a text. */
  private String errorField(byte[] body) {
    if (body.length > LONGEST_ERROR) {
      return "";
    }
    JsonNode root = Json.errorTree(body);
    if (root == null) {
      return "";
    }
    for (String name : List.of("Error", "error")) {
      JsonNode value = root.get(name);
      if (value != null && !value.isNull() && !(value.isBoolean() && !value.booleanValue())) {
        return value.isTextual() && !value.textValue().isBlank() ? value.textValue() : "error " + value;
      }
    }
    JsonNode success = own.takesUnsuccessForAnError() ? root.get("success") : null;
    return success != null && success.isBoolean() && !success.booleanValue() ? "success is false" : "";
  }
}
