package io.x0tta6bl4.ebpf.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The numbers that CPUs of this machine can have. There may be gaps, so that the highest is more than their count says. */
public final class PossibleCpus {

  private static final Path POSSIBLE = Path.of("/sys/devices/system/cpu/possible");
  private static final Pattern LAST_NUMBER = Pattern.compile("(\\d{1,6})\\s*$");

  private PossibleCpus() {}

  /**
   * How many rows a table needs that goes by the CPU's number.
   *
   * @param count how many CPUs there can be
   * @return the highest number plus 1; the count where the kernel does not tell
   */
  public static int rows(int count) {
    try {
      return rows(Files.readString(POSSIBLE), count);
    } catch (IOException e) {
      return count;
    }
  }

  /** From a list of ranges in rising order, for instance {@code 0-3,8-11}. */
  static int rows(String ranges, int count) {
    Matcher last = LAST_NUMBER.matcher(ranges);
    return last.find() ? Math.max(count, Integer.parseInt(last.group(1)) + 1) : count;
  }
}
