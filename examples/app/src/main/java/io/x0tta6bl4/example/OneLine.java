package io.x0tta6bl4.example;

import org.jspecify.annotations.Nullable;

/** Makes one line of a text, so that a log or a script reads one error as one. */
final class OneLine {

  private OneLine() {}

  static String of(@Nullable String text) {
    return text == null ? "unknown" : text.replaceAll("\\R", " ").replaceAll("[\\p{Cc}\\p{Cf}\\p{Co}\\p{Cs}]", "?");
  }
}
