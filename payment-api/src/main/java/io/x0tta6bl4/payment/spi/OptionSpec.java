package io.x0tta6bl4.payment.spi;

/**
 * An option that a provider knows.
 *
 * @param name as in {@link io.x0tta6bl4.payment.VerifierOptions}
 * @param description one line for a person: meaning, format, default
 * @param secret whether the value must not be shown
 * @since 0.1.0
 */
public record OptionSpec(String name, String description, boolean secret) {

  /**
   * Describes an option whose value may be shown.
   *
   * @param name its name
   * @param description one line
   * @return the description
   */
  public static OptionSpec of(String name, String description) {
    return new OptionSpec(name, description, false);
  }
}
