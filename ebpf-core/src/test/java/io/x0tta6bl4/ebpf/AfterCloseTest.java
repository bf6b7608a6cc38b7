package io.x0tta6bl4.ebpf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.x0tta6bl4.ebpf.kernel.Cable;
import io.x0tta6bl4.ebpf.kernel.Namespace;
import io.x0tta6bl4.ebpf.kernel.RequiresKernel;
import io.x0tta6bl4.ebpf.kernel.Samples;
import io.x0tta6bl4.ebpf.kernel.TcxPrograms;
import io.x0tta6bl4.ebpf.metrics.EbpfMetrics;
import io.x0tta6bl4.ebpf.net.PacketCounter;
import io.x0tta6bl4.ebpf.net.ServicePorts;
import io.x0tta6bl4.ebpf.net.TrafficClassifier;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is closed says so, whatever it is asked for, and the process lives. */
@RequiresKernel
class AfterCloseTest {

  private static final Path PIN = Path.of("/sys/fs/bpf/none");

  private Cable cable;

  @BeforeEach
  void layCable() {
    cable = new Cable();
  }

  @AfterEach
  void removeCable() {
    cable.close();
  }

  private static void assertClosed(ThrowingCallable... calls) {
    for (int i = 0; i < calls.length; i++) {
      assertThatThrownBy(calls[i]).as("call " + i).isInstanceOf(IllegalStateException.class).hasMessageContaining("closed");
    }
  }

  @Test
  void isSaidByAnObjectAndAllThatItHad() {
    BpfObject object = Samples.load();
    BpfObject unloaded = BpfObject.open(BundledObject.TC_CLASSIFIER);
    BpfProgram program = object.program("emit_prog");
    BpfProgram filter = object.program("other_filter_prog");
    BpfMap hash = object.map("by_length");
    BpfMap array = object.map("other_filter_count");
    BpfMap ring = object.map("events");
    object.close();
    unloaded.close();

    assertClosed(
        object::load,
        unloaded::load,
        () -> unloaded.setConstant("egress", 1),
        () -> unloaded.map("traffic").setMaxEntries(5),
        () -> unloaded.program("tc_classifier_prog").leaveOut(),
        () -> unloaded.program("tc_classifier_prog").acceptFragments(),
        program::info,
        () -> program.testRun(new byte[64], 1),
        () -> cable.near().call(() -> program.attachXdp(cable.device(), XdpMode.AUTO)),
        () -> cable.near().call(() -> filter.attachTc(cable.device(), TcDirection.INGRESS, TcMode.AUTO)),
        () -> hash.lookup(BpfMap.key(1)),
        () -> hash.update(BpfMap.key(1), new byte[8]),
        () -> hash.delete(BpfMap.key(1)),
        () -> hash.forEach((key, value) -> {}),
        () -> hash.pin(PIN),
        () -> array.sum(0),
        () -> array.mapped(false),
        () -> ring.ringBuffer(data -> {}));
    assertThat(object.name()).isEqualTo("samples.bpf.o");
    assertThat(object.programs()).contains(program, filter);
    assertThat(object.maps()).contains(hash, array, ring);
    assertThat(object.offsetOf("sequence")).isZero();
    assertThat(hash.maxEntries()).isEqualTo(20_000);
  }

  @Test
  void isSaidByMappingsAndReaders() {
    BpfObject object = BpfObject.open(BundledObject.TC_CLASSIFIER).load();
    MappedArray closedItself = object.map("traffic").mapped(false);
    MappedArray closedWithTheObject = object.map(".bss").mapped(true);
    closedItself.close();
    closedItself.close();
    assertThat(closedWithTheObject.getByte(0, 0)).isZero();
    object.close();
    closedWithTheObject.close();

    for (MappedArray mapped : List.of(closedItself, closedWithTheObject)) {
      assertThatThrownBy(() -> mapped.getLong(0, 0)).isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(() -> mapped.getByte(0, 0)).isInstanceOf(IllegalStateException.class);
      assertThat(mapped.entries()).isPositive();
    }
    assertThatThrownBy(() -> closedWithTheObject.setByte(0, 0, (byte) 1)).isInstanceOf(IllegalStateException.class);

    BpfObject samples = Samples.load();
    RingBuffer ring = samples.map("events").ringBuffer(data -> {});
    samples.close();
    ring.close();
    assertClosed(() -> ring.poll(Duration.ZERO), () -> ring.poll(Duration.ofSeconds(1)));
  }

  @Test
  void isSaidByLinks() {
    BpfObject object = Samples.load();
    BpfObject other = Samples.load();
    BpfLink xdp = cable.near().call(() -> object.program("emit_prog").attachXdp(cable.device(), XdpMode.AUTO));
    BpfLink tcx =
        cable.near().call(() -> object.program("other_filter_prog").attachTc(cable.device(), TcDirection.INGRESS, TcMode.TCX));
    BpfLink clsact =
        cable.near().call(
            () -> object.program("other_filter_prog").attachTc(cable.device(), TcDirection.EGRESS, TcMode.CLSACT));
    for (BpfLink link : List.of(xdp, tcx, clsact)) {
      cable.near().run(link::close);
      cable.near().run(link::close);

      assertClosed(
          () -> cable.near().call(link::info),
          () -> cable.near().run(() -> link.pin(PIN)),
          () -> cable.near().run(() -> link.replaceProgram(other.program(link.program()))));
      assertThat(link.device().name()).isEqualTo(Cable.NEAR);
      assertThat(link.toString()).contains(link.program()).contains(link.mode().label());
    }
    object.close();
    BpfLink stillThere = cable.near().call(() -> other.program("emit_prog").attachXdp(cable.device(), XdpMode.AUTO));
    assertClosed(() -> stillThere.replaceProgram(object.program("xdp_other_prog")));
    assertThat(stillThere.info().attached()).isTrue();
    other.close();
    assertClosed(stillThere::info);
  }

  @Test
  void isSaidByCountersAndClassifiers() {
    PacketCounter counter = cable.near().call(() -> PacketCounter.attach(Cable.NEAR));
    TrafficClassifier classifier = cable.near().call(() -> TrafficClassifier.builder().device(Cable.NEAR).attach());
    for (int i = 0; i < 2; i++) {
      counter.close();
      classifier.close();
    }

    assertClosed(
        counter::read,
        counter::program,
        () -> counter.link().info(),
        () -> classifier.program(TcDirection.INGRESS),
        () -> classifier.link(TcDirection.EGRESS).info());
    assertThatThrownBy(() -> classifier.read(TcDirection.INGRESS)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> classifier.setPorts(ServicePorts.defaults())).isInstanceOf(IllegalStateException.class);
    assertThat(classifier.directions()).containsExactly(TcDirection.values());
    assertThat(counter.toString()).contains(Cable.NEAR);
  }

  @Test
  void isNotShownInMetricsAnyMore() {
    PrometheusRegistry registry = new PrometheusRegistry();
    EbpfMetrics metrics = EbpfMetrics.register(registry);
    PacketCounter counter = cable.near().call(() -> PacketCounter.attach(Cable.NEAR));
    TrafficClassifier classifier = cable.near().call(() -> TrafficClassifier.builder().device(Cable.NEAR).attach());
    metrics.add(counter).add(classifier);
    assertThat(registry.scrape().size()).isPositive();

    counter.close();
    classifier.close();

    assertThat(registry.scrape().size()).isZero();
    metrics.close();
    metrics.close();
  }

  @Test
  void closesTheNewestFirst() {
    BpfObject object = Samples.load();
    BpfLink older =
        cable.near().call(
            () -> object.program("other_filter_prog").attachTc(cable.device(), TcDirection.EGRESS, TcMode.CLSACT));
    BpfLink newer = cable.near().call(() -> object.program("xdp_other_prog").attachXdp(cable.device(), XdpMode.AUTO));
    // From a thread in another namespace the older one cannot be closed, which tells in which order they were.
    try (Namespace other = new Namespace()) {
      assertThatThrownBy(() -> other.run(object::close))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("namespace");
    }

    assertClosed(newer::info);
    assertThat(cable.near().call(older::info).attached()).isTrue();
    cable.near().run(older::close);
  }

  @Test
  void closesALinkThatIsLeftOpenWithItsObject() {
    BpfObject object = Samples.load();
    BpfLink xdp = cable.near().call(() -> object.program("emit_prog").attachXdp(cable.device(), XdpMode.AUTO));
    BpfLink tcx =
        cable.near().call(() -> object.program("other_filter_prog").attachTc(cable.device(), TcDirection.INGRESS, TcMode.TCX));
    object.close();

    assertClosed(xdp::info, tcx::info);
    assertThat(cable.near().command("ip", "link", "show", "dev", Cable.NEAR)).doesNotContain("xdp");
    assertThat(cable.near().call(() -> TcxPrograms.of(cable.device(), TcDirection.INGRESS))).isEmpty();
  }

  @Test
  void isNotSaidByAFilterOfClsactThatIsClosedFromAnotherNamespace() {
    try (BpfObject object = Samples.load();
        Namespace other = new Namespace()) {
      BpfLink link =
          cable.near().call(
              () -> object.program("other_filter_prog").attachTc(cable.device(), TcDirection.INGRESS, TcMode.CLSACT));

      assertThatThrownBy(() -> other.run(link::close))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("namespace");
      assertThatThrownBy(() -> other.call(link::info)).isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(link::close).isInstanceOf(IllegalStateException.class);

      assertThat(cable.near().call(link::info).attached()).isTrue();
      cable.near().run(link::close);
      assertThat(cable.near().command("tc", "filter", "show", "dev", Cable.NEAR, "ingress")).isEmpty();
    }
  }

  @Test
  void isNotPossibleFromInsideOfACall() {
    BpfObject object = Samples.load();
    BpfMap map = object.map("by_length");
    map.update(BpfMap.key(1), new byte[8]);

    assertThatThrownBy(() -> map.forEach((key, value) -> object.close()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("inside a call");
    assertThat(map.lookup(BpfMap.key(1))).isPresent();
    object.close();
    assertClosed(() -> map.lookup(BpfMap.key(1)));
  }
}
