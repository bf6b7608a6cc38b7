package io.x0tta6bl4.example.status;

import io.x0tta6bl4.ebpf.net.Counts;
import java.io.IOException;
import java.util.Map;

/** Counts traffic by class, or knows why it cannot. Thread-safe. */
@FunctionalInterface
public interface Traffic {

  /**
   * Reads the counters.
   *
   * @return what was counted since the beginning, by class
   * @throws IOException if it cannot be read; the message says why in one line
   */
  Map<String, Counts> read() throws IOException;

  /**
   * Counts nothing.
   *
   * @param why in one line
   * @return what says so
   */
  static Traffic none(String why) {
    return () -> {
      throw new IOException(why);
    };
  }
}
