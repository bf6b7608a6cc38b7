package io.x0tta6bl4.ebpf.benchmarks;

import io.x0tta6bl4.ebpf.BpfException;
import io.x0tta6bl4.ebpf.Preflight;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Runs all, or the parts that the system property {@code benchmark.parts} names. */
public final class EbpfBenchmarks {

  private enum Part {
    PACKETS,
    READS,
    CYCLES,
    START
  }

  private final PrintStream out;
  private final Report report;

  private EbpfBenchmarks(PrintStream out) {
    this.out = out;
    this.report = new Report(out);
  }

  /**
   * Runs.
   *
   * @param args none
   * @throws Exception if a measurement fails
   */
  public static void main(String[] args) throws Exception {
    try {
      new EbpfBenchmarks(System.out).run();
    } catch (CannotRunException | BpfException e) {
      System.err.println("benchmarks: they cannot run here: " + String.valueOf(e.getMessage()).replace('\n', ' '));
      System.exit(1);
    }
  }

  private void run() throws Exception {
    Set<Part> parts = parts(System.getProperty("benchmark.parts", ""));
    Preflight _ = Preflight.check().requireOk();
    out.printf(
        "%nJDK %s, Linux %s, %d CPUs; medians, ratios of medians unless they say otherwise%n",
        Runtime.version(), System.getProperty("os.version"), Runtime.getRuntime().availableProcessors());
    if (parts.contains(Part.PACKETS)) {
      try (PacketBenchmark packets = new PacketBenchmark(report, System.getProperty("peer.objects", ""))) {
        packets.run();
      }
    }
    if (parts.contains(Part.READS)) {
      try (ReadBenchmark reads = new ReadBenchmark(report)) {
        reads.run();
      }
    }
    Path folder = Files.createDirectories(path("benchmark.work"));
    if (parts.contains(Part.CYCLES)) {
      Namespace.run(() -> new CycleBenchmark(report, path("benchmark.source"), folder).run());
    }
    if (parts.contains(Part.START)) {
      Namespace.run(() -> new ColdStart(report, path("benchmark.jar"), folder).run());
    }
  }

  private static Set<Part> parts(String names) {
    if (names.isBlank()) {
      return EnumSet.allOf(Part.class);
    }
    try {
      return Arrays.stream(names.split(",", -1))
          .map(name -> Part.valueOf(name.strip().toUpperCase(Locale.ROOT)))
          .collect(Collectors.toCollection(() -> EnumSet.noneOf(Part.class)));
    } catch (IllegalArgumentException e) {
      throw new CannotRunException("benchmark.parts, '" + names + "': expected some of packets, reads, cycles, start", e);
    }
  }

  private static Path path(String property) {
    String value = System.getProperty(property);
    if (value == null) {
      throw new CannotRunException("system property " + property + " is missing: run them by Maven, with -Pbenchmark");
    }
    return Path.of(value);
  }
}
