package io.x0tta6bl4.payment.tron.internal;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads the fields of one JSON object from a stream, and remembers the first thing that is wrong with it in place of
 * throwing: the rest of the object must be read all the same, to get to the next one.
 */
final class Fields {

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

  Fields(JsonParser parser) {
    this.parser = parser;
  }

  /** What is wrong with the object, or {@code null}. */
  @Nullable String problem() {
    return problem;
  }

  void complain(String what) {
    if (problem == null) {
      problem = what;
    }
  }

  /** Goes to the value of the next field and gives its name, or {@code null} at the end of the object. */
  @Nullable String next() throws IOException {
    String name = parser.nextFieldName();
    if (name != null) {
      parser.nextToken();
    }
    return name;
  }

  /** Notes a field that stands twice: which of the two would count is anybody's guess. */
  <T> void once(@Nullable T before, String name) {
    if (before != null) {
      complain(name + " stands twice");
    }
  }

  /** Reads a string; anything else is skipped and noted. */
  @Nullable String text(String name) throws IOException {
    if (parser.currentToken() == JsonToken.VALUE_STRING) {
      return parser.getText();
    }
    unexpected(name, "a string");
    return null;
  }

  /** Reads a string that is most often an expected one, without making it again then. */
  @Nullable String text(String name, String expected) throws IOException {
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

  /** Reads hex into bytes, straight from the parser's buffer; {@code null} if it is none. */
  byte @Nullable [] hex(String name) throws IOException {
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

  /** Reads a whole number of at most 63 bits; anything else is skipped and noted. */
  @Nullable Long number(String name) throws IOException {
    if (parser.currentToken() == JsonToken.VALUE_NUMBER_INT
        && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
      return parser.getLongValue();
    }
    unexpected(name, "a whole number below 2^63");
    return null;
  }

  /** Reads a truth value; anything else is skipped and noted. */
  @Nullable Boolean truth(String name) throws IOException {
    JsonToken token = parser.currentToken();
    if (token == JsonToken.VALUE_TRUE || token == JsonToken.VALUE_FALSE) {
      return token == JsonToken.VALUE_TRUE;
    }
    unexpected(name, "true or false");
    return null;
  }

  /** Whether an object begins here; anything else is skipped and noted. */
  boolean isObject(String name) throws IOException {
    if (parser.currentToken() == JsonToken.START_OBJECT) {
      return true;
    }
    unexpected(name, "an object");
    return false;
  }

  /** Leaves a value out. */
  void skip() throws IOException {
    parser.skipChildren();
  }

  private void unexpected(String name, String expected) throws IOException {
    complain(name + " is " + parser.currentToken() + ", expected " + expected);
    parser.skipChildren();
  }
}
