package io.x0tta6bl4.ebpf;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.x0tta6bl4.ebpf.kernel.Samples;
import io.x0tta6bl4.ebpf.metrics.EbpfMetrics;
import io.x0tta6bl4.ebpf.net.Counts;
import io.x0tta6bl4.ebpf.net.PacketCounter;
import io.x0tta6bl4.ebpf.net.TrafficClassifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** What {@link LeastPrivilegeIT} has done by another user; it tells how each step came out. */
final class Unprivileged {

  private Unprivileged() {}

  public static void main(String[] arguments) throws IOException {
    switch (arguments[0]) {
      case "observe" -> observe(arguments[1]);
      case "verify" -> verify();
      default -> refused(arguments[1]);
    }
  }

  private static void observe(String device) throws IOException {
    PrometheusRegistry registry = new PrometheusRegistry();
    try (PacketCounter counter = PacketCounter.attach(device);
        TrafficClassifier tcx = TrafficClassifier.builder().device(device).mode(TcMode.TCX).attach();
        TrafficClassifier clsact = TrafficClassifier.builder().device(device).mode(TcMode.CLSACT).attach();
        EbpfMetrics metrics = EbpfMetrics.register(registry)) {
      metrics.add(counter).add(tcx);
      System.out.println("ready");
      int unused = System.in.read();
      assert unused >= 0;
      System.out.println("user " + Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
      System.out.println("xdp " + counter.link().mode().label() + " " + counter.read());
      Map.of("tcx", tcx).forEach(Unprivileged::tell);
      Map.of("clsact", clsact).forEach(Unprivileged::tell);
      System.out.println("metrics " + sum(registry, "xdp_packets") + " " + sum(registry, "tc_packets", "egress"));
    }
    System.out.println("detached");
  }

  private static void tell(String mode, TrafficClassifier classifier) {
    for (TcDirection direction : TcDirection.values()) {
      Counts sum = classifier.read(direction).values().stream().reduce(Counts.NONE, Counts::plus);
      System.out.println(mode + " " + direction.label() + " " + sum);
    }
  }

  private static long sum(PrometheusRegistry registry, String name, String... direction) {
    return registry.scrape().stream()
        .filter(metric -> metric.getMetadata().getName().equals("x0tta6bl4_ebpf_" + name))
        .flatMap(metric -> ((CounterSnapshot) metric).getDataPoints().stream())
        .filter(point -> direction.length == 0 || direction[0].equals(point.getLabels().get("direction")))
        .mapToLong(point -> (long) point.getValue())
        .sum();
  }

  private static void verify() {
    for (BundledObject bundled : List.of(BundledObject.XDP_COUNTER, BundledObject.TC_CLASSIFIER)) {
      tell(bundled.fileName(), bundled.bytes());
    }
    tell("rejected.bpf.o", Samples.bytes("rejected.bpf.o"));
    System.out.println("preflight " + (Preflight.check().requireOk().ok() ? "ok" : "not ok"));
  }

  private static void tell(String name, byte[] bytes) {
    VerifierReport report = BpfObject.verify(name, bytes);
    System.out.println(name + " " + (report.accepted() ? "accepted: " + report.summary() : "refused"));
  }

  private static void refused(String device) {
    tellRefusal(() -> PacketCounter.attach(device));
    tellRefusal(() -> TrafficClassifier.builder().device(device).mode(TcMode.TCX).attach());
    tellRefusal(() -> TrafficClassifier.builder().device(device).mode(TcMode.CLSACT).attach());
    tellRefusal(() -> BpfObject.verify("counter", BundledObject.XDP_COUNTER.bytes()));
    System.out.println(Preflight.check().toString().replace('\n', '|'));
    tellRefusal(() -> Preflight.check().requireOk());
  }

  private static void tellRefusal(Runnable work) {
    try {
      work.run();
      System.out.println("not refused");
    } catch (BpfException e) {
      System.out.println(e.getClass().getSimpleName() + ": " + String.valueOf(e.getMessage()).replace('\n', '|'));
    }
  }
}
