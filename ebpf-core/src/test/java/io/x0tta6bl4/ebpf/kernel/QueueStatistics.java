package io.x0tta6bl4.ebpf.kernel;

import io.x0tta6bl4.ebpf.net.Counts;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the kernel counts of an interface in a queue behind the TC programs. Unlike the statistics of the interface it counts a
 * packet that will be cut as what it will be cut into.
 */
final class QueueStatistics {

  private static final Pattern SENT = Pattern.compile("qdisc pfifo .*?Sent (\\d+) bytes (\\d+) pkt", Pattern.DOTALL);

  private QueueStatistics() {}

  /** Puts the queue there, long enough that it never drops one. */
  static void add(String device) {
    Command.run("tc", "qdisc", "add", "dev", device, "root", "pfifo", "limit", "1000000");
  }

  static Counts read(String device) {
    String said = Command.run("tc", "-s", "qdisc", "show", "dev", device);
    Matcher sent = SENT.matcher(said);
    if (!sent.find()) {
      throw new IllegalStateException("no queue: " + said);
    }
    return new Counts(Long.parseLong(sent.group(2)), Long.parseLong(sent.group(1)));
  }
}
