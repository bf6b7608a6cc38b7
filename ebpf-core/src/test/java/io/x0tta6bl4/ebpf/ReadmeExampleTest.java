package io.x0tta6bl4.ebpf;

import static org.assertj.core.api.Assertions.assertThat;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.x0tta6bl4.ebpf.kernel.Cable;
import io.x0tta6bl4.ebpf.kernel.Datagrams;
import io.x0tta6bl4.ebpf.kernel.RequiresKernel;
import io.x0tta6bl4.ebpf.kernel.Samples;
import io.x0tta6bl4.ebpf.metrics.EbpfMetrics;
import io.x0tta6bl4.ebpf.net.Counts;
import io.x0tta6bl4.ebpf.net.PacketCounter;
import io.x0tta6bl4.ebpf.net.TrafficClass;
import io.x0tta6bl4.ebpf.net.TrafficClassifier;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The examples of the README, run on an interface that carries traffic. */
@RequiresKernel
class ReadmeExampleTest {

  private static final Datagrams PAGES = new Datagrams(30, 1200, 443);

  @Test
  void countsAndClassifiesAndShowsItToPrometheus() {
    PrometheusRegistry registry = new PrometheusRegistry();
    try (Cable cable = new Cable()) {
      cable.near().run(() -> count(Cable.NEAR, registry, () -> cable.sendToNear(PAGES)));
    }
  }

  private static void count(String eth0, PrometheusRegistry registry, Runnable traffic) {
    try (PacketCounter counter = PacketCounter.attach(eth0);
        TrafficClassifier classifier = TrafficClassifier.builder().device(eth0).attach()) {
      EbpfMetrics metrics = EbpfMetrics.register(registry).add(counter).add(classifier);

      traffic.run();

      Counts frames = counter.read();
      Map<TrafficClass, Counts> in = classifier.read(TcDirection.INGRESS);
      assertThat(frames).isEqualTo(PAGES.counts());
      assertThat(in).containsValue(PAGES.counts());
      assertThat(registry.scrape().stream().map(family -> family.getMetadata().getName()))
          .contains("x0tta6bl4_ebpf_xdp_packets", "x0tta6bl4_ebpf_tc_packets", "x0tta6bl4_ebpf_program_attached");
      metrics.close();
    }
  }

  @Test
  void loadsAProgramOfTheUsersOwn() throws Exception {
    try (Cable cable = new Cable()) {
      cable.near().call(() -> run(Cable.NEAR, () -> cable.sendToNear(PAGES)));
    }
  }

  private static Void run(String eth0, Runnable traffic) throws Exception {
    Path file = Samples.file();
    try (BpfObject object = BpfObject.open(file)) {
      object.map("by_length").setMaxEntries(10_000);
      object.load();
      BpfLink link = object.program("emit_prog").attachXdp(NetworkDevice.byName(eth0), XdpMode.AUTO);

      traffic.run();

      List<String> seen = new ArrayList<>();
      object.map("by_length").forEach((key, value) -> seen.add(key.getInt() + " bytes: " + value.getLong() + " frames"));
      assertThat(seen).containsExactly(PAGES.counts().bytes() / PAGES.count() + " bytes: " + PAGES.count() + " frames");
      assertThat(link.mode()).isEqualTo(LinkMode.NATIVE);
    }
    return null;
  }
}
