package io.x0tta6bl4.ebpf.metrics;

import static io.prometheus.metrics.model.snapshots.Unit.nanosToSeconds;

import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricFamilyDescriptor;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.x0tta6bl4.ebpf.ProgramInfo;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;

/** The figures of one scrape. Series of the same labels become one: Prometheus refuses a page that has one twice. */
final class Families {

  private static final int PROGRAM_TYPE_XDP = 6;

  private final Map<Family, Map<Labels, Double>> values = new EnumMap<>(Family.class);

  static List<MetricFamilyDescriptor> descriptors() {
    return Arrays.stream(Family.values()).map(Family::descriptor).toList();
  }

  /** Adds a figure to those of the same labels. */
  void add(Family family, long value, String... labels) {
    put(family, (double) value, Double::sum, labels);
  }

  /** Adds what is known of a link: of several links of a program, the worst is told. */
  void addLink(LinkState state) {
    String program = state.link().program();
    ProgramInfo info = state.program();
    Boolean attached = state.attached();
    String device = state.link().device().name();
    if (attached != null) {
      put(Family.ATTACHED, attached ? 1 : 0, Math::min, device, program, state.link().mode().label());
    }
    String type = info.type() == PROGRAM_TYPE_XDP ? "xdp" : "tc";
    put(Family.INFO, 1, Math::min, program, info.tag(), Integer.toString(info.id()), type);
    if (info.runs() > 0) {
      add(Family.RUNS, info.runs(), device, program);
      put(Family.RUN_SECONDS, nanosToSeconds(info.runTime().toNanos()), Double::sum, device, program);
    }
  }

  private void put(Family family, double value, BinaryOperator<Double> merge, String... labels) {
    values.computeIfAbsent(family, f -> new LinkedHashMap<>()).merge(family.labels(labels), value, merge);
  }

  MetricSnapshots snapshots() {
    MetricSnapshots.Builder snapshots = MetricSnapshots.builder();
    values.forEach((family, series) -> snapshots.metricSnapshot(family.snapshot(series)));
    return snapshots.build();
  }
}
