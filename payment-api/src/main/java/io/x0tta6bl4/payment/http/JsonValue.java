package io.x0tta6bl4.payment.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.x0tta6bl4.payment.MalformedReplyException;
import io.x0tta6bl4.payment.internal.Texts;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A place in a JSON answer, read by explicit steps: what is missing or of another type is a
 * {@link MalformedReplyException} that names the path. Immutable and thread-safe.
 *
 * @since 0.1.0
 */
public final class JsonValue {

  private static final Pattern WHOLE_NUMBER = Pattern.compile("0|[1-9][0-9]{0,77}");
  private static final int SHOWN = 200;
  private static final int LONGEST_QUOTED = 100;

  private final String providerId;
  private final String path;
  private final JsonNode node;

  private JsonValue(String providerId, String path, JsonNode node) {
    this.providerId = providerId;
    this.path = path;
    this.node = node;
  }

  static JsonValue root(String providerId, JsonNode node) {
    return new JsonValue(providerId, "$", node);
  }

  /**
   * Goes to a field that must be there.
   *
   * @param name the field
   * @return its value
   * @throws MalformedReplyException if this is no object, or has no such field, or it is {@code null}
   */
  public JsonValue at(String name) {
    return find(name).orElseThrow(() -> unexpected("an object with a field '" + name + "'"));
  }

  /**
   * Goes to a field that may be there.
   *
   * @param name the field
   * @return its value; empty if there is none, or it is {@code null}
   */
  public Optional<JsonValue> find(String name) {
    JsonNode child = node.get(name);
    return child == null || child.isNull() ? Optional.empty() : Optional.of(new JsonValue(providerId, path + "." + name, child));
  }

  /**
   * Tells whether this is an object without fields.
   *
   * @return {@code true} for <code>{}</code>
   */
  public boolean isEmptyObject() {
    return node.isObject() && node.isEmpty();
  }

  /**
   * Tells whether this is an object.
   *
   * @return {@code true} for an object
   */
  public boolean isObject() {
    return node.isObject();
  }

  /**
   * Reads an array.
   *
   * @return its elements
   * @throws MalformedReplyException if this is no array
   */
  public List<JsonValue> elements() {
    if (!node.isArray()) {
      throw unexpected("an array");
    }
    List<JsonValue> elements = new ArrayList<>(node.size());
    for (int i = 0; i < node.size(); i++) {
      elements.add(new JsonValue(providerId, path + "[" + i + "]", node.get(i)));
    }
    return elements;
  }

  /**
   * Reads a text.
   *
   * @return the text
   * @throws MalformedReplyException if this is no string
   */
  public String text() {
    if (!node.isTextual()) {
      throw unexpected("a string");
    }
    return node.textValue();
  }

  /**
   * Reads a text field of an object whose shape nobody promises.
   *
   * @param name the field
   * @param otherwise the value where there is no such field, or it is no string
   * @return the text
   */
  public String textOr(String name, String otherwise) {
    JsonNode child = node.get(name);
    return child != null && child.isTextual() ? child.textValue() : otherwise;
  }

  /**
   * Reads an array of texts from an object whose shape nobody promises.
   *
   * @param name the field
   * @return the texts; empty if there is no such field, or it is no array of strings only
   */
  public List<String> texts(String name) {
    JsonNode child = node.get(name);
    List<String> texts = new ArrayList<>();
    if (child == null || !child.isArray()) {
      return texts;
    }
    for (JsonNode element : child) {
      if (!element.isTextual()) {
        return List.of();
      }
      texts.add(element.textValue());
    }
    return texts;
  }

  /**
   * Reads a whole number of at most 78 digits, written as a number or as a string of digits.
   *
   * @return 0 or more
   * @throws MalformedReplyException if this is anything else
   */
  public BigInteger wholeNumber() {
    if (node.isIntegralNumber() && WHOLE_NUMBER.matcher(node.asText()).matches()) {
      return node.bigIntegerValue();
    }
    if (node.isTextual() && WHOLE_NUMBER.matcher(node.textValue()).matches()) {
      return new BigInteger(node.textValue());
    }
    throw unexpected("a whole number");
  }

  /**
   * Reads a whole number that fits into 63 bits.
   *
   * @return 0 or more
   * @throws MalformedReplyException if this is anything else
   */
  public long longNumber() {
    BigInteger number = wholeNumber();
    if (number.bitLength() > Long.SIZE - 1) {
      throw unexpected("a whole number below 2^63");
    }
    return number.longValue();
  }

  /**
   * Reads a whole number that fits into 64 bits and may be negative, written as a number.
   *
   * @return the number
   * @throws MalformedReplyException if this is anything else
   */
  public long signedNumber() {
    if (!node.isIntegralNumber() || !node.canConvertToLong()) {
      throw unexpected("a whole number of 64 bits");
    }
    return node.longValue();
  }

  /**
   * Reads a truth value.
   *
   * @return the value
   * @throws MalformedReplyException if this is anything else
   */
  public boolean truth() {
    if (!node.isBoolean()) {
      throw unexpected("true or false");
    }
    return node.booleanValue();
  }

  /**
   * Makes the exception for a value that is not what it should be.
   *
   * @param expected what it should be
   * @return an exception that names the path and shows the value
   */
  public MalformedReplyException unexpected(String expected) {
    return new MalformedReplyException(
        providerId, path + " is " + Texts.printable(shown(), SHOWN) + ": expected " + expected, null);
  }

  /** A long text is not quoted: if it held our key, a cut could leave a part of it that nobody recognises. */
  private String shown() {
    if (node.isContainerNode()) {
      return node.isArray() ? "an array" : "an object";
    }
    boolean isLong = node.isTextual() && node.textValue().length() > LONGEST_QUOTED;
    return isLong ? "a string of " + node.textValue().length() + " characters" : node.toString();
  }

  @Override
  public String toString() {
    return path;
  }
}
