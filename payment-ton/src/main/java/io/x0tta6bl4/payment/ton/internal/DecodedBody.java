package io.x0tta6bl4.payment.ton.internal;

import io.x0tta6bl4.payment.Memo;
import io.x0tta6bl4.payment.http.JsonValue;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads tonapi's own reading of a body. Keys are in snake_case in {@code decoded_body}, and in PascalCase in the
 * {@code payload} of a jetton operation.
 */
final class DecodedBody {

  private DecodedBody() {}

  /**
   * Reads {@code decoded_op_name} and {@code decoded_body}.
   *
   * @return the body; {@code null} if tonapi did not decode it, or as something that is none of ours
   */
  static @Nullable Body of(@Nullable String name, @Nullable JsonValue body) {
    if (name == null || body == null) {
      return null;
    }
    return switch (name) {
      case "text_comment" -> new Body.Comment(Memo.ofText(body.at("text").text()));
      case "encrypted_text_comment" -> new Body.Comment(Memo.UNREADABLE);
      case "jetton_notify" ->
          new Body.JettonNotification(
              body.at("query_id").wholeNumber(), body.at("amount").wholeNumber(), sender(body), forwardPayload(body));
      default -> null;
    };
  }

  /** Reads the {@code payload} of a jetton operation. */
  static Memo operationPayload(JsonValue operation) {
    return operation.find("payload").map(DecodedBody::sum).orElse(Memo.ABSENT);
  }

  private static Memo forwardPayload(JsonValue body) {
    return body.find("forward_payload").flatMap(payload -> payload.find("value")).map(DecodedBody::sum).orElse(Memo.ABSENT);
  }

  /** {@code {"sum_type": "TextComment", "value": {"text": "..."}}}; {@code {}} if there is no payload. */
  private static Memo sum(JsonValue payload) {
    if (!payload.isObject() || payload.isEmptyObject()) {
      return Memo.ABSENT;
    }
    String type = either(payload, "sum_type", "SumType").map(JsonValue::text).orElse("");
    if (type.equals("EncryptedTextComment")) {
      return Memo.UNREADABLE;
    }
    if (!type.equals("TextComment")) {
      return Memo.ABSENT;
    }
    return either(payload, "value", "Value")
        .flatMap(value -> either(value, "text", "Text"))
        .map(text -> Memo.ofText(text.text()))
        .orElseThrow(() -> payload.unexpected("a text comment with its text"));
  }

  private static Optional<JsonValue> either(JsonValue value, String one, String other) {
    Optional<JsonValue> found = value.find(one);
    return found.isPresent() ? found : value.find(other);
  }

  private static @Nullable TonAddress sender(JsonValue body) {
    Optional<String> sender = body.find("sender").map(JsonValue::text).filter(text -> !text.isEmpty());
    if (sender.isEmpty()) {
      return null;
    }
    try {
      return TonAddress.parse(sender.get(), true);
    } catch (IllegalArgumentException e) {
      throw body.at("sender").unexpected("an address");
    }
  }
}
