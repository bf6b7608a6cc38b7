package io.x0tta6bl4.ebpf.internal;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The part of a kernel's release that says what it may have. Distributions port back, so it is for advice; whether something
 * works is found out by trying it.
 *
 * @param major first number
 * @param minor second number
 */
public record KernelVersion(int major, int minor) {

  private static final Pattern RELEASE = Pattern.compile("(\\d{1,4})\\.(\\d{1,4}).*");

  /**
   * Reads a release.
   *
   * @param release for instance {@code 6.1.0-44-amd64}
   * @return its version, 0.0 if it is not one
   */
  public static KernelVersion parse(String release) {
    Matcher matcher = RELEASE.matcher(release);
    return matcher.matches()
        ? new KernelVersion(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)))
        : new KernelVersion(0, 0);
  }

  /**
   * Compares.
   *
   * @param other another version
   * @return whether this one came before it
   */
  public boolean isBefore(KernelVersion other) {
    return major < other.major || (major == other.major && minor < other.minor);
  }
}
