package io.x0tta6bl4.payment.ton.internal;

import io.x0tta6bl4.payment.MalformedReplyException;
import io.x0tta6bl4.payment.Memo;
import io.x0tta6bl4.payment.http.JsonValue;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads the body of a message: from its cells where they are in the answer, else from tonapi's reading of them.
 */
final class BodyReader {

  private BodyReader() {}

  /** Reads the body without comparing both forms; enough to see whether it matters to anybody. */
  static Body read(Message message) throws MalformedMessageException {
    if (message.rawBody() != null) {
      try {
        return Body.of(message.rawBody());
      } catch (MalformedCellException e) {
        // Cells that we cannot read are no text; if tonapi read one in them, that is a contradiction, found below.
        return new Body.Comment(Memo.UNREADABLE);
      }
    }
    Body decoded = decoded(message);
    if (decoded != null) {
      return decoded;
    }
    String op = message.opCode();
    if (op == null) {
      return new Body.Comment(Memo.ABSENT);
    }
    long code = code(op);
    if (code == Body.COMMENT || code == Body.ENCRYPTED_COMMENT) {
      return new Body.Comment(Memo.UNREADABLE);
    }
    return code == Body.EXCESSES || code == Body.BOUNCED ? new Body.Returned() : new Body.Other(code);
  }

  /**
   * Compares both forms of a body that matters.
   *
   * @throws MalformedMessageException if they contradict each other
   */
  static void check(Message message, Body body) throws MalformedMessageException {
    Body decoded = message.rawBody() == null ? null : decoded(message);
    if (decoded != null && !agrees(body, decoded)) {
      throw new MalformedMessageException("its cells and their decoded form contradict each other");
    }
  }

  private static boolean agrees(Body cells, Body decoded) {
    if (decoded instanceof Body.Comment comment) {
      return cells instanceof Body.Comment own && agrees(own.memo(), comment.memo());
    }
    if (decoded instanceof Body.JettonNotification notice) {
      return cells instanceof Body.JettonNotification own
          && own.amount().equals(notice.amount())
          && own.queryId().equals(notice.queryId())
          && agrees(own.memo(), notice.memo());
    }
    return true;
  }

  /** What is no text in the cells may be shown as one with replacement characters. */
  private static boolean agrees(Memo cells, Memo decoded) {
    return cells instanceof Memo.Unreadable || cells.equals(decoded);
  }

  private static @Nullable Body decoded(Message message) throws MalformedMessageException {
    try {
      JsonValue body = message.decoded() == null ? null : message.decoded().tree(TonApi.ID);
      return DecodedBody.of(message.decodedName(), body);
    } catch (MalformedReplyException e) {
      throw new MalformedMessageException(String.valueOf(e.getMessage()));
    }
  }

  private static long code(String op) throws MalformedMessageException {
    try {
      return Long.parseLong(op.toLowerCase(Locale.ROOT).replaceFirst("^0x", ""), 16);
    } catch (NumberFormatException e) {
      throw new MalformedMessageException("op_code is no number of hex");
    }
  }
}
