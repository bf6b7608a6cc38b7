package io.x0tta6bl4.ebpf.metrics;

import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot.InfoDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricFamilyDescriptor;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.Map;

/** The metrics, with their names, help and labels. */
enum Family {
  XDP_PACKETS(Kind.COUNTER, "xdp_packets_total", "Frames that came in, as the driver gave them.", "interface"),
  XDP_BYTES(Kind.COUNTER, "xdp_bytes_total", "Bytes of frames that came in, with their Ethernet header.", "interface"),
  TC_PACKETS(
      Kind.COUNTER, "tc_packets_total", "Packets by what they are, as on the wire.",
      "interface", "direction", "network", "transport", "class"),
  TC_BYTES(
      Kind.COUNTER, "tc_bytes_total", "Bytes of packets by what they are, as on the wire.",
      "interface", "direction", "network", "transport", "class"),
  ATTACHED(
      Kind.GAUGE, "program_attached", "1 while a program is attached, 0 once it has lost its interface.",
      "interface", "program", "mode"),
  INFO(Kind.INFO, "program_info", "The loaded programs; the tag is a hash of the instructions.", "program", "tag", "id", "type"),
  RUNS(Kind.COUNTER, "program_runs_total", "Runs of a program while kernel.bpf_stats_enabled is 1.", "interface", "program"),
  RUN_SECONDS(
      Kind.COUNTER, "program_run_seconds_total", "Time of the runs of a program while kernel.bpf_stats_enabled is 1.",
      "interface", "program");

  private enum Kind {
    COUNTER,
    GAUGE,
    INFO
  }

  private static final String PREFIX = "x0tta6bl4_ebpf_";

  private final Kind kind;
  private final String name;
  private final String help;
  /** With commas between them, since an enum's parts do not change. */
  private final String labelNames;

  Family(Kind kind, String name, String help, String... labels) {
    this.kind = kind;
    this.name = PREFIX + name;
    this.help = help;
    this.labelNames = String.join(",", labels);
  }

  private String[] labelNames() {
    return labelNames.split(",");
  }

  Labels labels(String... values) {
    return Labels.of(labelNames(), values);
  }

  MetricFamilyDescriptor descriptor() {
    return switch (kind) {
      case COUNTER -> MetricFamilyDescriptor.counter(name).labelNames(labelNames()).build();
      case GAUGE -> MetricFamilyDescriptor.gauge(name).labelNames(labelNames()).build();
      case INFO -> MetricFamilyDescriptor.info(name).labelNames(labelNames()).build();
    };
  }

  MetricSnapshot snapshot(Map<Labels, Double> values) {
    return switch (kind) {
      case COUNTER -> {
        CounterSnapshot.Builder counter = CounterSnapshot.builder().name(name).help(help);
        values.forEach(
            (labels, value) ->
                counter.dataPoint(CounterDataPointSnapshot.builder().labels(labels).value(value).build()));
        yield counter.build();
      }
      case GAUGE -> {
        GaugeSnapshot.Builder gauge = GaugeSnapshot.builder().name(name).help(help);
        values.forEach(
            (labels, value) -> gauge.dataPoint(GaugeDataPointSnapshot.builder().labels(labels).value(value).build()));
        yield gauge.build();
      }
      case INFO -> {
        InfoSnapshot.Builder info = InfoSnapshot.builder().name(name).help(help);
        values.forEach((labels, value) -> info.dataPoint(InfoDataPointSnapshot.builder().labels(labels).build()));
        yield info.build();
      }
    };
  }
}
