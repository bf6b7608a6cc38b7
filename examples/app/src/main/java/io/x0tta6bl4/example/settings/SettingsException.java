package io.x0tta6bl4.example.settings;

import java.util.List;

/** Says all that is wrong with the settings. */
@SuppressWarnings("serial")
public final class SettingsException extends RuntimeException {

  private final List<String> problems;

  /**
   * Problems.
   *
   * @param problems one line for each, with the setting's name first
   */
  public SettingsException(List<String> problems) {
    super(String.join("\n", problems));
    this.problems = List.copyOf(problems);
  }

  /**
   * What is wrong.
   *
   * @return one line for each
   */
  public List<String> problems() {
    return problems;
  }
}
