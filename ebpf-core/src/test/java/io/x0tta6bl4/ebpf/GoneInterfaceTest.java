package io.x0tta6bl4.ebpf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.x0tta6bl4.ebpf.kernel.Cable;
import io.x0tta6bl4.ebpf.kernel.Datagrams;
import io.x0tta6bl4.ebpf.kernel.RequiresKernel;
import io.x0tta6bl4.ebpf.kernel.Samples;
import io.x0tta6bl4.ebpf.metrics.EbpfMetrics;
import io.x0tta6bl4.ebpf.net.PacketCounter;
import io.x0tta6bl4.ebpf.net.TrafficClassifier;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@RequiresKernel
class GoneInterfaceTest {

  private Cable cable;

  @BeforeEach
  void layCable() {
    cable = new Cable();
  }

  @AfterEach
  void removeCable() {
    cable.close();
  }

  private void deleteInterface() {
    cable.near().command("ip", "link", "del", "dev", Cable.NEAR);
  }

  @ParameterizedTest
  @EnumSource(XdpMode.class)
  void isToldByTheLinkOfAnXdpProgram(XdpMode mode) {
    PacketCounter counter = cable.near().call(() -> PacketCounter.attach(cable.device(), mode));
    cable.sendToNear(Datagrams.of(9));
    deleteInterface();

    assertThat(counter.link().info().attached()).isFalse();
    assertThat(counter.read()).isEqualTo(Datagrams.of(9).counts());
    counter.close();
  }

  @ParameterizedTest
  @EnumSource(TcMode.class)
  void isToldByTheLinkOfATcProgram(TcMode mode) {
    TrafficClassifier classifier =
        cable.near().call(() -> TrafficClassifier.builder().device(Cable.NEAR).mode(mode).attach());
    cable.sendToNear(Datagrams.of(9));
    deleteInterface();

    for (TcDirection direction : TcDirection.values()) {
      assertThat(cable.near().call(() -> classifier.link(direction).info()).attached()).isFalse();
    }
    assertThat(classifier.read(TcDirection.INGRESS)).containsValue(Datagrams.of(9).counts());
    cable.near().run(classifier::close);
  }

  @Test
  void isSeenInTheMetrics() {
    PrometheusRegistry registry = new PrometheusRegistry();
    Labels xdp = attached("xdp_counter_prog", "native");
    Labels tc = attached("tc_classifier_prog", "tcx");
    try (EbpfMetrics metrics = EbpfMetrics.register(registry);
        PacketCounter counter = cable.near().call(() -> PacketCounter.attach(Cable.NEAR));
        TrafficClassifier classifier = cable.near().call(() -> TrafficClassifier.builder().device(Cable.NEAR).attach())) {
      metrics.add(counter).add(classifier);
      assertThat(attached(registry)).containsExactlyInAnyOrderEntriesOf(Map.of(xdp, 1.0, tc, 1.0));

      deleteInterface();

      assertThat(attached(registry)).containsExactlyInAnyOrderEntriesOf(Map.of(xdp, 0.0, tc, 0.0));
    }
  }

  private static Labels attached(String program, String mode) {
    return Labels.of("interface", Cable.NEAR, "program", program, "mode", mode);
  }

  private static Map<Labels, Double> attached(PrometheusRegistry registry) {
    return registry.scrape().stream()
        .filter(metric -> metric.getMetadata().getName().equals("x0tta6bl4_ebpf_program_attached"))
        .flatMap(metric -> ((GaugeSnapshot) metric).getDataPoints().stream())
        .collect(Collectors.toMap(GaugeDataPointSnapshot::getLabels, GaugeDataPointSnapshot::getValue));
  }

  @Test
  void isSaidWhereOneIsToAttachToIt() {
    NetworkDevice gone = cable.device();
    deleteInterface();
    try (BpfObject object = Samples.load()) {
      for (XdpMode mode : XdpMode.values()) {
        assertThatThrownBy(() -> cable.near().call(() -> object.program("xdp_other_prog").attachXdp(gone, mode)))
            .isInstanceOf(BpfAttachException.class)
            .hasMessageContaining(Cable.NEAR)
            .hasMessageContaining("the interface is gone");
      }
      for (TcMode mode : TcMode.values()) {
        assertThatThrownBy(
                () ->
                    cable.near().call(
                        () -> object.program("other_filter_prog").attachTc(gone, TcDirection.INGRESS, mode)))
            .isInstanceOf(BpfAttachException.class)
            .hasMessageContaining("the interface is gone");
      }
    }
    assertThatThrownBy(() -> cable.near().call(() -> NetworkDevice.byName(Cable.NEAR)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(Cable.NEAR);
    assertThatThrownBy(() -> cable.near().call(() -> NetworkDevice.byIndex(gone.index())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(Integer.toString(gone.index()));
  }

  @Test
  void isNotWhatARenamedOneIs() {
    PacketCounter counter = cable.near().call(() -> PacketCounter.attach(Cable.NEAR));
    TrafficClassifier classifier =
        cable.near().call(
            () -> TrafficClassifier.builder().device(Cable.NEAR).direction(TcDirection.INGRESS).mode(TcMode.CLSACT).attach());
    cable.rename(Cable.NEAR, "other0");

    cable.sendToNear(Datagrams.of(6));

    assertThat(counter.link().info().interfaceIndex()).isEqualTo(counter.link().device().index());
    assertThat(counter.link().device().name()).isEqualTo(Cable.NEAR);
    assertThat(counter.read()).isEqualTo(Datagrams.of(6).counts());
    assertThat(classifier.read(TcDirection.INGRESS)).containsValue(Datagrams.of(6).counts());
    assertThat(cable.near().call(() -> NetworkDevice.byIndex(counter.link().device().index()).name())).isEqualTo("other0");
    counter.close();
    cable.near().run(classifier::close);
    assertThat(cable.near().command("tc", "filter", "show", "dev", "other0", "ingress")).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = {"TCX", "CLSACT"})
  void doesNotComeBackWithAnotherOneOfItsName(TcMode mode) {
    try (BpfObject object = Samples.load()) {
      BpfLink link =
          cable.near().call(() -> object.program("other_filter_prog").attachTc(cable.device(), TcDirection.INGRESS, mode));
      deleteInterface();
      cable.near().command("ip", "link", "add", Cable.NEAR, "type", "veth");

      assertThat(cable.near().call(link::info).attached()).isFalse();
      cable.near().run(link::close);
    }
  }
}
