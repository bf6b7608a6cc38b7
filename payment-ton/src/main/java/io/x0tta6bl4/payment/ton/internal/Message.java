package io.x0tta6bl4.payment.ton.internal;

import io.x0tta6bl4.payment.http.JsonSpan;
import org.jspecify.annotations.Nullable;

/**
 * An incoming message as tonapi gives it, schema {@code Message} of its OpenAPI description.
 *
 * @param type {@code int_msg}, {@code ext_in_msg} or {@code ext_out_msg}
 * @param bounced whether it is a message of the account that came back
 * @param source who sent it, raw; {@code null} for external messages
 * @param createdAt time of the block in which it was sent, in seconds; 0 if the answer does not tell
 * @param opCode {@code 0x} and eight digits; {@code null} if there is no body
 * @param rawBody the body as a bag of cells; {@code null} if the answer leaves it out
 * @param decodedName what tonapi calls the body
 * @param decoded where tonapi's own reading of the body stands; {@code null} if there is none
 */
@SuppressWarnings("ArrayRecordComponent")
record Message(
    String type,
    boolean bounced,
    @Nullable String source,
    long createdAt,
    @Nullable String opCode,
    byte @Nullable [] rawBody,
    @Nullable String decodedName,
    @Nullable JsonSpan decoded) {

  boolean isInternal() {
    return type.equals("int_msg");
  }
}
