package io.x0tta6bl4.payment;

import io.x0tta6bl4.payment.internal.Texts;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * The text that a payer attached to a transfer.
 *
 * <p>Immutable and thread-safe. A memo is written by a stranger: use {@link Text#display()} wherever a person reads it.
 *
 * @since 0.1.0
 */
public sealed interface Memo {

  /**
   * A memo that is text.
   *
   * @param value the text as it is on the chain, not trimmed
   */
  record Text(String value) implements Memo {

    private static final int DISPLAY_LENGTH = 120;

    /**
     * Gives the text without ASCII white space and NUL at both ends; what is between them stays.
     *
     * @return the text that is compared with an order id
     */
    public String trimmed() {
      int start = 0;
      int end = value.length();
      while (start < end && isPadding(value.charAt(start))) {
        start++;
      }
      while (end > start && isPadding(value.charAt(end - 1))) {
        end--;
      }
      return value.substring(start, end);
    }

    /**
     * Gives the text fit for a log or a person: at most 120 characters, control, format and bidirectional characters
     * replaced by {@code ?}. It is not escaped for HTML.
     *
     * @return harmless text
     */
    public String display() {
      return Texts.printable(value, DISPLAY_LENGTH);
    }

    private static boolean isPadding(char c) {
      return c == ' ' || (c >= '\t' && c <= '\r') || c == 0;
    }
  }

  /** There is no memo, or nothing but padding. */
  record Absent() implements Memo {}

  /** There is a memo that cannot be read: encrypted, or not UTF-8. */
  record Unreadable() implements Memo {}

  /** The memo that is not there. */
  Memo ABSENT = new Absent();

  /** The memo that cannot be read. */
  Memo UNREADABLE = new Unreadable();

  /**
   * Reads the bytes of a memo.
   *
   * @param bytes the memo as the chain stores it; empty if there is none
   * @return the text, {@link #ABSENT} if nothing but padding is there, {@link #UNREADABLE} if it is not UTF-8
   */
  static Memo ofUtf8(byte[] bytes) {
    if (bytes.length == 0) {
      return ABSENT;
    }
    // Most memos are ASCII, and a decoder costs more than all the rest of reading one.
    return isAscii(bytes) ? ofText(new String(bytes, StandardCharsets.US_ASCII)) : ofUtf8(ByteBuffer.wrap(bytes));
  }

  /**
   * Reads the bytes of a memo.
   *
   * @param bytes the memo as the chain stores it; read up to its limit
   * @return the text, {@link #ABSENT} if nothing but padding is there, {@link #UNREADABLE} if it is not UTF-8
   */
  static Memo ofUtf8(ByteBuffer bytes) {
    try {
      // A new decoder reports malformed input; the String constructor would hide it.
      return ofText(StandardCharsets.UTF_8.newDecoder().decode(bytes).toString());
    } catch (CharacterCodingException e) {
      return UNREADABLE;
    }
  }

  /**
   * Takes a text that the chain's own decoder gave.
   *
   * @param text the memo, possibly empty
   * @return the text, or {@link #ABSENT} if nothing but padding is there
   */
  static Memo ofText(String text) {
    Text memo = new Text(text);
    return memo.trimmed().isEmpty() ? ABSENT : memo;
  }

  private static boolean isAscii(byte[] bytes) {
    for (byte b : bytes) {
      if (b < 0) {
        return false;
      }
    }
    return true;
  }
}
