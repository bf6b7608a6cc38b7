package io.x0tta6bl4.payment.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.x0tta6bl4.payment.MalformedReplyException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON that a stranger wrote: nesting, numbers and names are bounded, and a message about an error never quotes more
 * than its place. Thread-safe.
 *
 * @since 0.1.0
 */
public final class Json {

  /** Deepest nesting that is read; documented answers stay below 12. */
  public static final int MAX_DEPTH = 64;

  private static final int MAX_NUMBER_LENGTH = 100;
  private static final int MAX_NAME_LENGTH = 1_000;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxNumberLength(MAX_NUMBER_LENGTH)
                  .maxNameLength(MAX_NAME_LENGTH)
                  .build())
          .build();

  private static final ObjectReader TREES =
      JsonMapper.builder(FACTORY)
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build()
          .readerFor(JsonNode.class);

  private static final ObjectReader LENIENT_TREES = JsonMapper.builder(FACTORY).build().readerFor(JsonNode.class);

  private Json() {}

  /**
   * Starts to read a long answer piece by piece.
   *
   * @param body the bytes
   * @return a parser, which the caller closes
   * @throws IOException if the encoding is unknown
   */
  public static JsonParser parser(byte[] body) throws IOException {
    return FACTORY.createParser(body);
  }

  /**
   * Reads a short answer as a whole. A name that stands twice in one object is an error.
   *
   * @param providerId whose answer it is
   * @param body the bytes
   * @return its root
   * @throws MalformedReplyException if it is no JSON, or nested too deeply
   */
  public static JsonValue tree(String providerId, byte[] body) {
    try {
      JsonNode root = TREES.readValue(body);
      if (root == null) {
        throw new MalformedReplyException(providerId, "the answer is empty: expected JSON", null);
      }
      return JsonValue.root(providerId, root);
    } catch (IOException e) {
      throw new MalformedReplyException(providerId, "the answer is no readable JSON: " + place(e), null);
    }
  }

  /** Reads what may be an error, whose shape nobody promises; {@code null} if it is no JSON. */
  static @Nullable JsonNode errorTree(byte[] body) {
    try {
      return LENIENT_TREES.readValue(body);
    } catch (IOException e) {
      return null;
    }
  }

  /**
   * Describes a parsing error without quoting what was parsed.
   *
   * @param e the error
   * @return a short text
   */
  public static String place(IOException e) {
    return e instanceof JsonProcessingException json && json.getLocation() != null
        ? e.getClass().getSimpleName() + " at byte " + json.getLocation().getByteOffset()
        : e.getClass().getSimpleName();
  }
}
