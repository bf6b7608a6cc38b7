package io.x0tta6bl4.ebpf.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The effective capabilities of a thread. Source of the numbers: linux/capability.h.
 *
 * @param effective a bit for each capability, as in {@code CapEff} of {@code /proc/thread-self/status}
 */
public record Capabilities(long effective) {

  private static final int CAP_NET_ADMIN = 12;
  private static final int CAP_SYS_ADMIN = 21;
  private static final int CAP_PERFMON = 38;
  private static final int CAP_BPF = 39;

  /**
   * Reads those of the calling thread.
   *
   * @return what it may; nothing if {@code /proc} does not tell
   */
  public static Capabilities ofThisThread() {
    return read(Path.of("/proc/thread-self/status"));
  }

  /**
   * Reads a status file.
   *
   * @param status as {@code /proc/PID/status}
   * @return what it tells; nothing if it does not
   */
  public static Capabilities read(Path status) {
    try {
      for (String line : Files.readAllLines(status)) {
        if (line.startsWith("CapEff:")) {
          return new Capabilities(Long.parseUnsignedLong(line.substring("CapEff:".length()).strip(), 16));
        }
      }
    } catch (IOException | NumberFormatException e) {
      // Without a readable /proc nothing is known; the kernel has the last word anyway.
      return new Capabilities(0);
    }
    return new Capabilities(0);
  }

  /**
   * Whether programs and maps may be loaded.
   *
   * @return whether there is {@code CAP_BPF}, or {@code CAP_SYS_ADMIN}, which includes it
   */
  public boolean bpf() {
    return has(CAP_BPF) || has(CAP_SYS_ADMIN);
  }

  /**
   * Whether programs may be attached to interfaces.
   *
   * @return whether there is {@code CAP_NET_ADMIN}
   */
  public boolean netAdmin() {
    return has(CAP_NET_ADMIN);
  }

  /**
   * Whether programs may do arithmetic with packet pointers.
   *
   * @return whether there is {@code CAP_PERFMON}, or {@code CAP_SYS_ADMIN}, which includes it
   */
  public boolean perfmon() {
    return has(CAP_PERFMON) || has(CAP_SYS_ADMIN);
  }

  /**
   * Names what is missing of the two that everything here needs.
   *
   * @return a subset of {@code CAP_BPF} and {@code CAP_NET_ADMIN}
   */
  public List<String> missing() {
    List<String> missing = new ArrayList<>();
    if (!bpf()) {
      missing.add("CAP_BPF");
    }
    if (!netAdmin()) {
      missing.add("CAP_NET_ADMIN");
    }
    return missing;
  }

  private boolean has(int capability) {
    return (effective >>> capability & 1) != 0;
  }
}
