package io.x0tta6bl4.payment;

import org.jspecify.annotations.Nullable;

/**
 * An option is missing, unknown or out of range.
 *
 * @since 0.1.0
 */
public final class ConfigurationException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  /** Which option. */
  private final String option;

  /**
   * Makes the exception.
   *
   * @param option which option
   * @param value what was given; {@code null} if nothing was, or if it is secret
   * @param expected what would have been right
   */
  public ConfigurationException(String option, @Nullable String value, String expected) {
    super("option '" + option + "'" + (value == null ? "" : " = '" + value + "'") + ": expected " + expected);
    this.option = option;
  }

  /**
   * Gives the option.
   *
   * @return its name
   */
  public String option() {
    return option;
  }
}
