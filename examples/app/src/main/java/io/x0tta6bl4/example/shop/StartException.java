package io.x0tta6bl4.example.shop;

/** The shop could not be started; what was opened is closed again. */
@SuppressWarnings("serial")
public final class StartException extends Exception {

  private final boolean ofSettings;

  private StartException(String message, Throwable cause, boolean ofSettings) {
    super(message, cause);
    this.ofSettings = ofSettings;
  }

  static StartException settings(String setting, Throwable cause) {
    return new StartException(setting + ": " + cause.getMessage(), cause, true);
  }

  static StartException unavailable(String what, Throwable cause) {
    return new StartException(what + ": " + cause.getMessage(), cause, false);
  }

  /**
   * Whose turn it is.
   *
   * @return whether a setting is wrong; otherwise something that is needed cannot be had at the moment
   */
  public boolean isOfSettings() {
    return ofSettings;
  }
}
