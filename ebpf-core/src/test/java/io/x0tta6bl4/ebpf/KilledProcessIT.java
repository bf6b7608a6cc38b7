package io.x0tta6bl4.ebpf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.x0tta6bl4.ebpf.kernel.Cable;
import io.x0tta6bl4.ebpf.kernel.ChildJvm;
import io.x0tta6bl4.ebpf.kernel.Datagrams;
import io.x0tta6bl4.ebpf.kernel.RequiresKernel;
import io.x0tta6bl4.ebpf.kernel.TcxPrograms;
import io.x0tta6bl4.ebpf.net.PacketCounter;
import io.x0tta6bl4.ebpf.net.TrafficClassifier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A process that is killed cannot clean up; the kernel does, and what it cannot do the next process does. */
@RequiresKernel
class KilledProcessIT {

  private static final String OUR_FILTER = "name tc_classifier_p";

  private Cable cable;
  private ChildJvm process;

  @BeforeEach
  void startProcess() {
    cable = new Cable();
    process = cable.near().call(() -> ChildJvm.of(AttachAndWait.class, Cable.NEAR).start());
    process.awaitLine("ready");
  }

  @AfterEach
  void removeCable() {
    process.close();
    cable.close();
  }

  private String filters(TcDirection direction) {
    return cable.near().command("tc", "filter", "show", "dev", Cable.NEAR, direction.label());
  }

  private String device() {
    return cable.near().command("ip", "link", "show", "dev", Cable.NEAR);
  }

  @Test
  void leavesNothingOfXdpAndTcx() {
    assertThat(device()).contains("prog/xdp");
    for (TcDirection direction : TcDirection.values()) {
      assertThat(cable.near().call(() -> TcxPrograms.of(cable.device(), direction))).hasSize(1);
    }

    process.kill();

    assertThat(device()).doesNotContain("xdp");
    for (TcDirection direction : TcDirection.values()) {
      assertThat(cable.near().call(() -> TcxPrograms.of(cable.device(), direction))).isEmpty();
    }
  }

  @Test
  void leavesTheInterfaceFreeForTheNext() {
    process.kill();

    try (PacketCounter counter = cable.near().call(() -> PacketCounter.attach(cable.device(), XdpMode.NATIVE))) {
      cable.sendToNear(Datagrams.of(3));
      assertThat(counter.read()).isEqualTo(Datagrams.of(3).counts());
    }
  }

  @Test
  void leavesFiltersOfClsactWhichTheNextReplaces() {
    process.kill();
    for (TcDirection direction : TcDirection.values()) {
      assertThat(filters(direction)).containsOnlyOnce(OUR_FILTER);
    }

    TrafficClassifier next = classifier();
    for (TcDirection direction : TcDirection.values()) {
      assertThat(filters(direction)).containsOnlyOnce(OUR_FILTER).contains(" id " + next.program(direction).id() + " ");
    }
    cable.sendToNear(Datagrams.of(8));
    assertThat(next.read(TcDirection.INGRESS)).containsValue(Datagrams.of(8).counts()).hasSize(1);
    cable.near().run(next::close);

    for (TcDirection direction : TcDirection.values()) {
      assertThat(filters(direction)).isEmpty();
    }
  }

  @Test
  void keepsItsFiltersOfClsactWhileItLives() {
    String before = filters(TcDirection.INGRESS);

    assertThatThrownBy(this::classifier)
        .isInstanceOf(BpfAttachException.class)
        .hasMessageContaining("a living process has our filter")
        .hasMessageContaining("EBUSY");

    assertThat(filters(TcDirection.INGRESS)).isEqualTo(before);
  }

  @Test
  void keepsTheXdpProgramWhileItLives() {
    assertThatThrownBy(() -> cable.near().call(() -> PacketCounter.attach(Cable.NEAR)))
        .isInstanceOf(BpfAttachException.class)
        .hasMessageContaining("'xdp_counter_pro' (native)");
  }

  private TrafficClassifier classifier() {
    return cable.near().call(() -> TrafficClassifier.builder().device(Cable.NEAR).mode(TcMode.CLSACT).attach());
  }
}
