package io.x0tta6bl4.example.web;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Splits paths and decodes their segments. Strict: what two readers might understand in two ways (a slash or a dot that is
 * encoded, an empty segment, bytes that are not UTF-8) is refused, so that no proxy in front can be led past.
 */
final class PathSegments {

  private static final int MOST_SEGMENTS = 16;

  private PathSegments() {}

  /**
   * Splits.
   *
   * @param path as sent, without query
   * @return the decoded segments, none for {@code /}; empty where the path is refused
   */
  static Optional<List<String>> of(String path) {
    if (!path.startsWith("/")) {
      return Optional.empty();
    }
    if (path.equals("/")) {
      return Optional.of(List.of());
    }
    List<String> segments = new ArrayList<>();
    for (String part : path.substring(1).split("/", -1)) {
      Optional<String> segment = decode(part).filter(PathSegments::isPlain);
      if (segment.isEmpty() || segments.size() == MOST_SEGMENTS) {
        return Optional.empty();
      }
      segments.add(segment.get());
    }
    return Optional.of(List.copyOf(segments));
  }

  private static boolean isPlain(String segment) {
    return !segment.isEmpty()
        && !segment.equals(".")
        && !segment.equals("..")
        && segment.chars().noneMatch(c -> c == '/' || c == '\\' || c == ';' || Character.isISOControl(c));
  }

  /**
   * Decodes {@code %xx}.
   *
   * @param text encoded
   * @return decoded, or empty where it is malformed
   */
  static Optional<String> decode(String text) {
    if (text.indexOf('%') < 0) {
      return Optional.of(text);
    }
    byte[] bytes = new byte[text.length()];
    int length = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c > 0x7f) {
        return Optional.empty();
      }
      if (c == '%') {
        int high = i + 2 < text.length() ? Character.digit(text.charAt(i + 1), 16) : -1;
        int low = i + 2 < text.length() ? Character.digit(text.charAt(i + 2), 16) : -1;
        if (high < 0 || low < 0) {
          return Optional.empty();
        }
        bytes[length++] = (byte) (high << 4 | low);
        i += 2;
      } else {
        bytes[length++] = (byte) c;
      }
    }
    try {
      return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, 0, length)).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }
}
