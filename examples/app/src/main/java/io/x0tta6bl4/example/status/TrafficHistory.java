package io.x0tta6bl4.example.status;

import io.x0tta6bl4.ebpf.net.Counts;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Remembers the traffic of the last five minutes. Thread-safe. */
public final class TrafficHistory {

  /** Between two readings. */
  public static final Duration INTERVAL = Duration.ofSeconds(2);

  private static final int SAMPLES = 150;
  private static final int MOST_CLASSES = 6;
  private static final String REST = "rest";

  private final Traffic traffic;
  private final Deque<Map<String, Long>> rates = new ArrayDeque<>();
  private @Nullable Map<String, Counts> last;
  private @Nullable String whyNot = "nothing was counted yet";

  /**
   * Without any.
   *
   * @param traffic what is read
   */
  public TrafficHistory(Traffic traffic) {
    this.traffic = traffic;
  }

  /** Reads once; to be called every {@link #INTERVAL}. */
  public void sample() {
    Map<String, Counts> now;
    try {
      now = traffic.read();
    } catch (IOException e) {
      forget(String.valueOf(e.getMessage()));
      return;
    }
    add(now);
  }

  private synchronized void forget(String why) {
    whyNot = why;
    last = null;
  }

  private synchronized void add(Map<String, Counts> now) {
    Map<String, Counts> before = last;
    last = Map.copyOf(now);
    whyNot = null;
    if (before == null) {
      return;
    }
    Map<String, Long> rate = new HashMap<>();
    now.forEach(
        (name, counts) -> {
          // A counter that fell was begun anew.
          long more = Math.max(0, counts.packets() - before.getOrDefault(name, Counts.NONE).packets());
          rate.put(name, more / INTERVAL.toSeconds());
        });
    rates.addLast(rate);
    if (rates.size() > SAMPLES) {
      rates.removeFirst();
    }
  }

  /**
   * The traffic of the last minutes.
   *
   * @return by class; the smallest classes together as one
   */
  synchronized Status.Flow flow() {
    Map<String, Long> sums = new TreeMap<>();
    rates.forEach(rate -> rate.forEach((name, packets) -> sums.merge(name, packets, Long::sum)));
    List<String> largest =
        sums.entrySet().stream()
            .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder()))
            .map(Map.Entry::getKey)
            .limit(MOST_CLASSES)
            .toList();
    Map<String, List<Long>> packets = new LinkedHashMap<>();
    largest.forEach(name -> packets.put(name, rates.stream().map(rate -> rate.getOrDefault(name, 0L)).toList()));
    if (sums.size() > MOST_CLASSES) {
      List<Long> rest = new ArrayList<>();
      for (Map<String, Long> rate : rates) {
        rest.add(
            rate.entrySet().stream().filter(e -> !largest.contains(e.getKey())).mapToLong(Map.Entry::getValue).sum());
      }
      packets.put(REST, rest);
    }
    return new Status.Flow(whyNot, INTERVAL, packets);
  }
}
