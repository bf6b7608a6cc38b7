package io.x0tta6bl4.payment.http;

import org.jspecify.annotations.Nullable;

/**
 * A text that must not be shown. Immutable and thread-safe.
 *
 * @since 0.1.0
 */
public final class Secret {

  /** What a key must be, for messages that do not show it. */
  static final String EXPECTED = "visible ASCII characters only (the value is not shown)";

  private final String value;

  private Secret(String value) {
    this.value = value;
  }

  /**
   * Takes a text.
   *
   * @param value the secret
   * @return it, wrapped
   */
  public static Secret of(String value) {
    return new Secret(value);
  }

  /**
   * Gives the text, to be sent and not to be shown.
   *
   * @return the secret
   */
  public String reveal() {
    return value;
  }

  /**
   * Tells whether a header may carry the secret.
   *
   * @return {@code true} if it is not empty and all its characters are visible ASCII
   */
  public boolean isVisibleAscii() {
    return !value.isEmpty() && value.chars().allMatch(c -> c > 0x20 && c < 0x7f);
  }

  /**
   * Takes the secret out of a text that somebody else wrote.
   *
   * @param text what may hold it
   * @return the text with {@code ***} in its place
   */
  public String redact(String text) {
    return value.isEmpty() ? text : text.replace(value, "***");
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Secret that && value.equals(that.value);
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }

  /** Gives {@code ***}. */
  @Override
  public String toString() {
    return "***";
  }
}
