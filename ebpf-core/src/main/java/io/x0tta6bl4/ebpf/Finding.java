package io.x0tta6bl4.ebpf;

/**
 * One thing that {@link Preflight} looked at.
 *
 * @param level whether it stands in the way
 * @param subject what was looked at, for instance {@code libbpf}
 * @param message what was found
 * @param remedy what to do about it; empty if there is nothing to do
 * @since 0.1.0
 */
public record Finding(Level level, String subject, String message, String remedy) {

  /** How much a finding matters. */
  public enum Level {
    /** As it should be. */
    OK,
    /** Works, but something does not, or not as well. */
    WARNING,
    /** Nothing will work before this is mended. */
    ERROR
  }

  @Override
  public String toString() {
    return level + " " + subject + ": " + message + (remedy.isEmpty() ? "" : "; " + remedy);
  }
}
