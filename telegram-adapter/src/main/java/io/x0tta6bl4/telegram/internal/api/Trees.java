package io.x0tta6bl4.telegram.internal.api;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** JSON as trees, without data binding. Thread-safe. */
public final class Trees {

  private static final int MAX_DEPTH = 64;

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).maxNumberLength(100).build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .build();

  private Trees() {}

  /**
   * Makes an empty object.
   *
   * @return the object
   */
  public static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  /**
   * Reads what may be JSON.
   *
   * @param bytes anything
   * @return its root, or {@code null} if it is no JSON or nested too deeply
   */
  public static @Nullable JsonNode readOrNull(byte[] bytes) {
    try {
      JsonNode root = MAPPER.readTree(bytes);
      return root == null || root.isMissingNode() ? null : root;
    } catch (IOException e) {
      return null;
    }
  }

  /**
   * Reads what may be JSON.
   *
   * @param text anything
   * @return its root, or {@code null} if it is no JSON or nested too deeply
   */
  public static @Nullable JsonNode readOrNull(String text) {
    return readOrNull(text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Writes a tree.
   *
   * @param node its root
   * @return UTF-8
   */
  public static byte[] write(JsonNode node) {
    try {
      return MAPPER.writeValueAsBytes(node);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree could not be written", e);
    }
  }
}
