package io.x0tta6bl4.example.shop;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.x0tta6bl4.ebpf.Finding;
import io.x0tta6bl4.ebpf.Preflight;
import io.x0tta6bl4.ebpf.TcDirection;
import io.x0tta6bl4.ebpf.TcMode;
import io.x0tta6bl4.ebpf.XdpMode;
import io.x0tta6bl4.ebpf.metrics.EbpfMetrics;
import io.x0tta6bl4.ebpf.net.Counts;
import io.x0tta6bl4.example.observe.Observation;
import io.x0tta6bl4.example.observe.ObservationPlan;
import io.x0tta6bl4.example.settings.Settings;
import io.x0tta6bl4.example.status.Traffic;
import io.x0tta6bl4.example.status.TrafficMetrics;
import io.x0tta6bl4.example.status.TrafficName;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The traffic as the settings want it counted: by this process, by another one, or not at all. That it cannot be counted is told
 * and keeps no shop from selling. Thread-safe but for its end.
 */
final class KernelTraffic implements Traffic, AutoCloseable {

  private final Traffic traffic;
  private final @Nullable EbpfMetrics metrics;
  private final @Nullable Observation observation;

  private KernelTraffic(Traffic traffic, @Nullable EbpfMetrics metrics, @Nullable Observation observation) {
    this.traffic = traffic;
    this.metrics = metrics;
    this.observation = observation;
  }

  static KernelTraffic open(Settings.TrafficSource settings, PrometheusRegistry registry) {
    if (settings.metrics().isPresent()) {
      return without(new TrafficMetrics(settings.metrics().get()));
    }
    if (settings.interfaces().isEmpty()) {
      return without(Traffic.none("neither OBSERVE_INTERFACES nor TRAFFIC_URL is set"));
    }
    Preflight preflight = Preflight.check();
    if (!preflight.ok()) {
      return without(
          Traffic.none(
              preflight.findings().stream()
                  .filter(finding -> finding.level() == Finding.Level.ERROR)
                  .findFirst()
                  .map(finding -> oneLine(finding.toString()))
                  .orElse("the kernel cannot be asked")));
    }
    List<String> problems = new ArrayList<>();
    ObservationPlan plan =
        new ObservationPlan(
            new LinkedHashSet<>(settings.interfaces()), true, XdpMode.AUTO, EnumSet.allOf(TcDirection.class), TcMode.AUTO);
    EbpfMetrics metrics = EbpfMetrics.register(registry);
    Observation observation = Observation.start(plan, metrics, problems::add);
    if (observation.isEmpty()) {
      observation.close();
      metrics.close();
      return without(Traffic.none(problems.isEmpty() ? "nothing could be attached" : oneLine(problems.getFirst())));
    }
    return new KernelTraffic(() -> byName(observation), metrics, observation);
  }

  private static KernelTraffic without(Traffic traffic) {
    return new KernelTraffic(traffic, null, null);
  }

  private static Map<String, Counts> byName(Observation observation) throws IOException {
    try {
      Map<String, Counts> sums = new TreeMap<>();
      observation
          .classified()
          .forEach(
              (kind, counts) -> sums.merge(TrafficName.of(kind.transport().label(), kind.service()), counts, Counts::plus));
      return sums;
    } catch (RuntimeException e) {
      throw new IOException(oneLine(String.valueOf(e.getMessage())), e);
    }
  }

  private static String oneLine(String text) {
    return text.replaceAll("\\s+", " ").strip().replaceFirst("\\.$", "");
  }

  /**
   * What was counted so far.
   *
   * @return one line
   */
  String describe() {
    try {
      Map<String, Counts> counts = read();
      long packets = counts.values().stream().mapToLong(Counts::packets).sum();
      List<String> classes = new ArrayList<>();
      counts.forEach((name, count) -> classes.add(name + " " + count.packets()));
      return "the kernel counted " + packets + " packets: " + String.join(", ", classes);
    } catch (IOException e) {
      return "no packets were counted: " + e.getMessage();
    }
  }

  @Override
  public Map<String, Counts> read() throws IOException {
    return traffic.read();
  }

  @Override
  public void close() {
    if (observation != null) {
      observation.close();
    }
    if (metrics != null) {
      metrics.close();
    }
  }
}
