package io.x0tta6bl4.payment.http;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads the fields of one JSON object from a stream, and remembers the first thing that is wrong with it in place of
 * throwing: the rest of the object must be read all the same, to get to the next one. Not thread-safe.
 *
 * @since 0.1.0
 */
public final class JsonFields {

  private static final char[] HEX = "0123456789abcdef".toCharArray();
  private static final byte[] NIBBLES = new byte[128];

  static {
    Arrays.fill(NIBBLES, (byte) -1);
    for (int i = 0; i < HEX.length; i++) {
      NIBBLES[HEX[i]] = (byte) i;
      NIBBLES[Character.toUpperCase(HEX[i])] = (byte) i;
    }
  }

  private final JsonParser parser;
  private @Nullable String problem;

  /**
   * Starts to read an object.
   *
   * @param parser at the start of the object, or just before it is known to be one ({@link #isObject})
   */
  public JsonFields(JsonParser parser) {
    this.parser = parser;
  }

  /**
   * Gives what is wrong with the object.
   *
   * @return a short text, or {@code null}
   */
  public @Nullable String problem() {
    return problem;
  }

  /**
   * Notes what is wrong; the first note stays.
   *
   * @param what a short text
   */
  public void complain(String what) {
    if (problem == null) {
      problem = what;
    }
  }

  /**
   * Goes to the value of the next field.
   *
   * @return its name, or {@code null} at the end of the object
   * @throws IOException if the rest is no JSON
   */
  public @Nullable String next() throws IOException {
    // nextFieldName() would do the same, but is a second large method for the JIT beside the one that skipping uses.
    if (parser.nextToken() != JsonToken.FIELD_NAME) {
      return null;
    }
    String name = parser.currentName();
    parser.nextToken();
    return name;
  }

  /**
   * Notes a field that stands twice: which of the two would count is anybody's guess.
   *
   * @param before what was read of it before, or {@code null}
   * @param name the field
   * @param <T> what is read
   */
  public <T> void once(@Nullable T before, String name) {
    if (before != null) {
      complain(name + " stands twice");
    }
  }

  /**
   * Reads a string; anything else is skipped and noted.
   *
   * @param name the field, for the note
   * @return the string, or {@code null}
   * @throws IOException if the rest is no JSON
   */
  public @Nullable String text(String name) throws IOException {
    if (parser.currentToken() == JsonToken.VALUE_STRING) {
      return parser.getText();
    }
    unexpected(name, "a string");
    return null;
  }

  /**
   * Reads a string that may be null; anything else is skipped and noted.
   *
   * @param name the field, for the note
   * @return the string, or {@code null}
   * @throws IOException if the rest is no JSON
   */
  public @Nullable String textOrNull(String name) throws IOException {
    return parser.currentToken() == JsonToken.VALUE_NULL ? null : text(name);
  }

  /**
   * Reads a string that is most often an expected one, without making it again then.
   *
   * @param name the field, for the note
   * @param expected what it most often is
   * @return the string, or {@code null} if it is none
   * @throws IOException if the rest is no JSON
   */
  public @Nullable String text(String name, String expected) throws IOException {
    if (parser.currentToken() != JsonToken.VALUE_STRING) {
      unexpected(name, "a string");
      return null;
    }
    int length = parser.getTextLength();
    if (length == expected.length()) {
      char[] chars = parser.getTextCharacters();
      int offset = parser.getTextOffset();
      int i = 0;
      while (i < length && chars[offset + i] == expected.charAt(i)) {
        i++;
      }
      if (i == length) {
        return expected;
      }
    }
    return parser.getText();
  }

  /**
   * Reads hex into bytes, straight from the parser's buffer; anything else is skipped and noted.
   *
   * @param name the field, for the note
   * @return the bytes, or {@code null} if it is no hex
   * @throws IOException if the rest is no JSON
   */
  public byte @Nullable [] hex(String name) throws IOException {
    if (parser.currentToken() != JsonToken.VALUE_STRING) {
      unexpected(name, "a string");
      return null;
    }
    int length = parser.getTextLength();
    char[] chars = parser.getTextCharacters();
    int offset = parser.getTextOffset();
    if (length % 2 != 0) {
      complain(name + " is no hex");
      return null;
    }
    byte[] bytes = new byte[length / 2];
    for (int i = 0; i < bytes.length; i++) {
      char high = chars[offset + 2 * i];
      char low = chars[offset + 2 * i + 1];
      int value = high < 128 && low < 128 ? (NIBBLES[high] << 4) | NIBBLES[low] : -1;
      if (value < 0) {
        complain(name + " is no hex");
        return null;
      }
      bytes[i] = (byte) value;
    }
    return bytes;
  }

  /**
   * Reads a whole number of at most 63 bits; anything else is skipped and noted.
   *
   * @param name the field, for the note
   * @return the number, or {@code null}
   * @throws IOException if the rest is no JSON
   */
  public @Nullable Long number(String name) throws IOException {
    if (parser.currentToken() == JsonToken.VALUE_NUMBER_INT
        && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
      return parser.getLongValue();
    }
    unexpected(name, "a whole number below 2^63");
    return null;
  }

  /**
   * Reads a truth value; anything else is skipped and noted.
   *
   * @param name the field, for the note
   * @return the value, or {@code null}
   * @throws IOException if the rest is no JSON
   */
  public @Nullable Boolean truth(String name) throws IOException {
    JsonToken token = parser.currentToken();
    if (token == JsonToken.VALUE_TRUE || token == JsonToken.VALUE_FALSE) {
      return token == JsonToken.VALUE_TRUE;
    }
    unexpected(name, "true or false");
    return null;
  }

  /**
   * Tells whether an object begins here; anything else is skipped and noted.
   *
   * @param name the field, for the note
   * @return {@code true} if the parser is at the start of an object
   * @throws IOException if the rest is no JSON
   */
  public boolean isObject(String name) throws IOException {
    if (parser.currentToken() == JsonToken.START_OBJECT) {
      return true;
    }
    unexpected(name, "an object");
    return false;
  }

  /**
   * Leaves a value out, and keeps where it stands, to be read later if it matters.
   *
   * @param body the bytes that the parser reads
   * @return where the value stands
   * @throws IOException if the rest is no JSON
   */
  public JsonSpan span(byte[] body) throws IOException {
    long start = parser.currentTokenLocation().getByteOffset();
    boolean isContainer = parser.currentToken().isStructStart();
    parser.skipChildren();
    // A scalar ends before the next token, whose start is not known yet; containers end with the token just read.
    long end = isContainer ? parser.currentLocation().getByteOffset() : start;
    return new JsonSpan(body, (int) start, (int) end);
  }

  /**
   * Leaves a value out.
   *
   * @throws IOException if the rest is no JSON
   */
  public void skip() throws IOException {
    parser.skipChildren();
  }

  private void unexpected(String name, String expected) throws IOException {
    complain(name + " is " + parser.currentToken() + ", expected " + expected);
    parser.skipChildren();
  }
}
