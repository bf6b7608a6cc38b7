package io.x0tta6bl4.ebpf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.x0tta6bl4.ebpf.kernel.Cable;
import io.x0tta6bl4.ebpf.kernel.Datagrams;
import io.x0tta6bl4.ebpf.kernel.Namespace;
import io.x0tta6bl4.ebpf.kernel.RequiresKernel;
import io.x0tta6bl4.ebpf.kernel.Samples;
import io.x0tta6bl4.ebpf.metrics.EbpfMetrics;
import io.x0tta6bl4.ebpf.net.PacketCounter;
import io.x0tta6bl4.ebpf.net.TrafficClassifier;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where an attachment belongs, whose it is, and what becomes of it when something is not as usual. */
@RequiresKernel
class AttachmentRulesTest {

  @Test
  void anEgressClassifierIsRefusedWhereTheOldIngressDisciplineHasNoEgress() {
    try (Cable cable = new Cable()) {
      cable.near().command("tc", "qdisc", "add", "dev", Cable.NEAR, "ingress");
      TrafficClassifier incoming =
          cable.near().call(
              () ->
                  TrafficClassifier.builder().device(Cable.NEAR).direction(TcDirection.INGRESS).mode(TcMode.CLSACT).attach());

      assertThatThrownBy(
              () ->
                  cable.near().call(
                      () ->
                          TrafficClassifier.builder()
                              .device(Cable.NEAR)
                              .direction(TcDirection.EGRESS)
                              .mode(TcMode.CLSACT)
                              .attach()))
          .isInstanceOf(BpfAttachException.class)
          .hasMessageContaining("tc qdisc replace dev near0 clsact");

      cable.sendToNear(Datagrams.of(5));
      assertThat(incoming.read(TcDirection.INGRESS)).containsValue(Datagrams.of(5).counts());
      cable.near().run(incoming::close);
    }
  }

  @Test
  void aFilterThatCouldNotBeRemovedFromElsewhereIsRemovedByClosingAgain() {
    PrometheusRegistry registry = new PrometheusRegistry();
    try (Cable cable = new Cable();
        EbpfMetrics metrics = EbpfMetrics.register(registry)) {
      TrafficClassifier classifier =
          cable.near().call(
              () ->
                  TrafficClassifier.builder().device(Cable.NEAR).direction(TcDirection.INGRESS).mode(TcMode.CLSACT).attach());
      metrics.add(classifier);

      assertThatIllegalStateException().isThrownBy(classifier::close).withMessageContaining("network namespace");
      assertThat(registry.scrape().size()).as("a scrape goes on").isZero();
      cable.near().run(classifier::close);

      assertThat(cable.near().command("tc", "filter", "show", "dev", Cable.NEAR, "ingress")).isEmpty();
    }
  }

  @Test
  @SuppressWarnings("try") // Closing in the middle is what it is about.
  void aLinkBelongsToTheProgramThatTookItOver() {
    try (Cable cable = new Cable();
        BpfObject next = Samples.load()) {
      BpfLink link;
      try (BpfObject before = Samples.load()) {
        link = cable.near().call(() -> before.program("xdp_other_prog").attachXdp(cable.device(), XdpMode.NATIVE));
        link.replaceProgram(next.program("xdp_other_prog"));
      }
      assertThat(link.isClosed()).isFalse();
      assertThat(link.info().programId()).isEqualTo(next.program("xdp_other_prog").info().id());

      next.close();
      assertThat(link.isClosed()).isTrue();
    }
  }

  @Test
  void automaticXdpIsGenericWhereTheDriverHasTooFewQueues() {
    try (Namespace namespace = new Namespace()) {
      namespace.command(
          "ip", "link", "add", "few0", "numrxqueues", "1", "numtxqueues", "1",
          "type", "veth", "peer", "name", "many0", "numtxqueues", "4", "numrxqueues", "4");
      namespace.command("ip", "link", "set", "few0", "up");
      namespace.command("ip", "link", "set", "many0", "up");

      LinkMode mode =
          namespace.call(
              () -> {
                try (PacketCounter counter = PacketCounter.attach("few0")) {
                  return counter.link().mode();
                }
              });
      assertThat(mode).isEqualTo(LinkMode.GENERIC);
      assertThatThrownBy(
              () -> namespace.call(() -> PacketCounter.attach(NetworkDevice.byName("few0"), XdpMode.NATIVE)))
          .isInstanceOf(BpfUnsupportedException.class)
          .hasMessageContaining("too few queues");
    }
  }

  @Test
  void aProgramIsAttachedOnlyAsWhatItIs() {
    try (Cable cable = new Cable();
        BpfObject object = Samples.load()) {
      for (TcMode mode : TcMode.values()) {
        assertThatIllegalArgumentException()
            .isThrownBy(() -> object.program("xdp_other_prog").attachTc(cable.device(), TcDirection.INGRESS, mode))
            .withMessage("program 'xdp_other_prog' is of section 'xdp': expected a TC program");
      }
      assertThatIllegalArgumentException()
          .isThrownBy(() -> object.program("other_filter_prog").attachXdp(cable.device(), XdpMode.AUTO))
          .withMessage("program 'other_filter_prog' is of section 'tc': expected an XDP program");
      assertThat(cable.near().command("tc", "qdisc", "show", "dev", Cable.NEAR)).doesNotContain("clsact");
    }
  }

  @Test
  void globalVariablesAreFoundWhateverDotsAFilesNameHas(@TempDir Path folder) throws Exception {
    for (String name : new String[] {"a.bpf.o", "x.o", "my.counter.o", ".hidden", "tc-classifier"}) {
      Path file = Files.write(folder.resolve(name), BundledObject.TC_CLASSIFIER.bytes());
      try (BpfObject object = BpfObject.open(file)) {
        object.setConstant("egress", 1);
        object.load();
        assertThat(object.map(".bss").valueSize()).as(name).isGreaterThanOrEqualTo(1 << 16);
      }
    }
  }

  @Test
  void theLinkLayerGoesByTheInterfacesNumber() {
    try (Cable cable = new Cable()) {
      NetworkDevice device = cable.device();
      cable.rename(Cable.NEAR, "renamed0");
      assertThat(cable.near().call(device::linkHeaderLength)).isEqualTo(14);
      assertThatThrownBy(() -> cable.near().call(() -> new NetworkDevice(9_999, Cable.NEAR).linkHeaderLength()))
          .isInstanceOf(BpfAttachException.class)
          .hasMessageContaining("is gone");
    }
  }
}
