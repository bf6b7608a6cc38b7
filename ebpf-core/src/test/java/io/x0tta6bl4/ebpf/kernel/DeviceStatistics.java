package io.x0tta6bl4.ebpf.kernel;

import io.x0tta6bl4.ebpf.net.Counts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What the kernel itself counts of an interface, as in {@code /sys/class/net/NAME/statistics}.
 *
 * @param received what came in
 * @param sent what went out
 */
public record DeviceStatistics(Counts received, Counts sent) {

  private static final int RECEIVED_BYTES = 0;
  private static final int RECEIVED_PACKETS = 1;
  private static final int SENT_BYTES = 8;
  private static final int SENT_PACKETS = 9;

  /** Reads them in the network namespace of the calling thread. */
  static DeviceStatistics of(String device) {
    try {
      for (String line : Files.readAllLines(Path.of("/proc/thread-self/net/dev"))) {
        String[] parts = line.strip().split(":\\s*", 2);
        if (parts[0].equals(device)) {
          String[] numbers = parts[1].split("\\s+");
          return new DeviceStatistics(
              new Counts(Long.parseLong(numbers[RECEIVED_PACKETS]), Long.parseLong(numbers[RECEIVED_BYTES])),
              new Counts(Long.parseLong(numbers[SENT_PACKETS]), Long.parseLong(numbers[SENT_BYTES])));
        }
      }
      throw new IllegalArgumentException("interface '" + device + "' has no statistics");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
