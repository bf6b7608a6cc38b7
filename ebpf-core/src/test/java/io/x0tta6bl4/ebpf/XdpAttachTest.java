package io.x0tta6bl4.ebpf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.x0tta6bl4.ebpf.kernel.Cable;
import io.x0tta6bl4.ebpf.kernel.Datagrams;
import io.x0tta6bl4.ebpf.kernel.Namespace;
import io.x0tta6bl4.ebpf.kernel.RequiresKernel;
import io.x0tta6bl4.ebpf.kernel.Samples;
import io.x0tta6bl4.ebpf.net.Counts;
import io.x0tta6bl4.ebpf.net.PacketCounter;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@RequiresKernel
class XdpAttachTest {

  private static final int JUMBO = 9000;
  private static final int ETHERNET_HEADER = 14;

  @ParameterizedTest
  @EnumSource(XdpMode.class)
  void countsWhatWasSentInEveryMode(XdpMode mode) {
    try (Cable cable = new Cable();
        PacketCounter counter = cable.near().call(() -> PacketCounter.attach(cable.device(), mode))) {
      cable.sendToNear(new Datagrams(200, 33, 4000));
      cable.sendToNear(new Datagrams(50, 1400, 4000));

      Counts sent = new Datagrams(200, 33, 4000).counts().plus(new Datagrams(50, 1400, 4000).counts());
      assertThat(counter.read()).isEqualTo(sent);
      assertThat(cable.farStatistics().sent()).isEqualTo(asVethCounts(sent, counter.link().mode()));
    }
  }

  @ParameterizedTest
  @EnumSource(XdpMode.class)
  void countsWhatComesInAndNotWhatGoesOut(XdpMode mode) {
    try (Cable cable = new Cable();
        PacketCounter counter = cable.near().call(() -> PacketCounter.attach(cable.device(), mode))) {
      cable.sendToFar(Datagrams.of(40));
      assertThat(counter.read()).isEqualTo(Counts.NONE);

      cable.sendToNear(Datagrams.of(3));
      assertThat(counter.read()).isEqualTo(Datagrams.of(3).counts());
    }
  }

  @ParameterizedTest
  @EnumSource(XdpMode.class)
  void agreesWithTheStatisticsOfTheInterface(XdpMode mode) {
    try (Cable cable = new Cable()) {
      cable.sendToNear(Datagrams.of(10));
      Counts before = cable.nearStatistics().received();
      try (PacketCounter counter = cable.near().call(() -> PacketCounter.attach(cable.device(), mode))) {
        cable.sendToNear(Datagrams.of(500));

        Counts counted = asVethCounts(counter.read(), counter.link().mode());
        assertThat(cable.nearStatistics().received()).isEqualTo(before.plus(counted));
      }
    }
  }

  /** The statistics of veth leave the Ethernet header out where the receiving end has native XDP. */
  private static Counts asVethCounts(Counts counts, LinkMode mode) {
    return mode == LinkMode.NATIVE
        ? new Counts(counts.packets(), counts.bytes() - counts.packets() * ETHERNET_HEADER)
        : counts;
  }

  @Test
  void takesTheDriverWhereItCan() {
    try (Cable cable = new Cable();
        PacketCounter counter = cable.near().call(() -> PacketCounter.attach(Cable.NEAR))) {
      assertThat(counter.link().mode()).isEqualTo(LinkMode.NATIVE);
      assertThat(cable.near().command("ip", "link", "show", "dev", Cable.NEAR)).contains(" xdp ").doesNotContain("xdpgeneric");
    }
  }

  @Test
  void attachesInTheStackWhereAskedTo() {
    try (Cable cable = new Cable();
        PacketCounter counter = cable.near().call(() -> PacketCounter.attach(cable.device(), XdpMode.GENERIC))) {
      assertThat(counter.link().mode()).isEqualTo(LinkMode.GENERIC);
      assertThat(cable.near().command("ip", "link", "show", "dev", Cable.NEAR)).contains(" xdpgeneric ");
    }
  }

  @Test
  void takesTheStackWhereTheDriverHasNoXdp() {
    try (Namespace namespace = new Namespace()) {
      try (PacketCounter counter = namespace.call(() -> PacketCounter.attach("lo"))) {
        assertThat(counter.link().mode()).isEqualTo(LinkMode.GENERIC);
      }
    }
  }

  @Test
  void takesTheStackWhereFramesAreTooLargeForTheDriver() {
    try (Cable cable = new Cable(JUMBO);
        BpfObject object = Samples.load();
        BpfLink link =
            cable.near().call(() -> object.program("xdp_other_prog").attachXdp(cable.device(), XdpMode.AUTO))) {
      assertThat(link.mode()).isEqualTo(LinkMode.GENERIC);
    }
  }

  @Test
  void saysThatFramesAreTooLargeForTheDriver() {
    try (Cable cable = new Cable(JUMBO);
        BpfObject object = Samples.load()) {
      BpfProgram program = object.program("xdp_other_prog");

      assertThatThrownBy(() -> cable.near().call(() -> program.attachXdp(cable.device(), XdpMode.NATIVE)))
          .isInstanceOfSatisfying(BpfUnsupportedException.class, e -> assertThat(e.errno()).hasValue(34))
          .hasMessageContaining(Cable.NEAR)
          .hasMessageContaining("MTU");
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"AUTO", "NATIVE"})
  void countsJumboFramesInTheDriver(XdpMode mode) {
    Datagrams jumbo = new Datagrams(30, 8900, 4000);
    try (Cable cable = new Cable(JUMBO);
        PacketCounter counter = cable.near().call(() -> PacketCounter.attach(cable.device(), mode))) {
      assertThat(counter.link().mode()).isEqualTo(LinkMode.NATIVE);

      cable.sendToNear(jumbo);

      assertThat(counter.read()).isEqualTo(jumbo.counts());
    }
  }

  @Test
  void countsJumboFramesInTheStack() {
    Datagrams jumbo = new Datagrams(30, 8900, 4000);
    try (Cable cable = new Cable(JUMBO);
        PacketCounter counter = cable.near().call(() -> PacketCounter.attach(cable.device(), XdpMode.GENERIC))) {
      cable.sendToNear(jumbo);

      assertThat(counter.read()).isEqualTo(jumbo.counts());
    }
  }

  @Test
  void refusesNativeModeWhereTheDriverHasNone() {
    try (Namespace namespace = new Namespace()) {
      namespace.command("ip", "link", "add", "ifb9", "type", "ifb");
      for (String device : new String[] {"lo", "ifb9"}) {
        assertThatThrownBy(
                () -> namespace.call(() -> PacketCounter.attach(NetworkDevice.byName(device), XdpMode.NATIVE)))
            .isInstanceOf(BpfUnsupportedException.class)
            .hasMessageContaining(device)
            .hasMessageContaining("generic");
      }
    }
  }

  @Test
  void countsOnAfterItWasReplacedAndNotAfterItWasClosed() {
    try (Cable cable = new Cable();
        BpfObject first = Samples.load();
        BpfObject second = Samples.load()) {
      BpfLink link = cable.near().call(() -> first.program("xdp_other_prog").attachXdp(cable.device(), XdpMode.AUTO));
      cable.sendToNear(Datagrams.of(5));
      link.replaceProgram(second.program("emit_prog"));
      assertThat(link.program()).isEqualTo("emit_prog");
      assertThat(link.info().programId()).isEqualTo(second.program("emit_prog").info().id());

      cable.sendToNear(Datagrams.of(7));
      link.close();
      cable.sendToNear(Datagrams.of(11));

      byte[] key = BpfMap.key(Math.toIntExact(Datagrams.of(1).counts().bytes()));
      assertThat(second.map("by_length").lookup(key)).hasValue(new byte[] {7, 0, 0, 0, 0, 0, 0, 0});
      assertThat(cable.near().command("ip", "link", "show", "dev", Cable.NEAR)).doesNotContain("xdp");
    }
  }

  @Test
  void attachesTwoModesOneAfterTheOtherToOneInterface() {
    try (Cable cable = new Cable();
        BpfObject object = Samples.load()) {
      BpfProgram program = object.program("xdp_other_prog");
      for (XdpMode mode : EnumSet.of(XdpMode.NATIVE, XdpMode.GENERIC)) {
        try (BpfLink link = cable.near().call(() -> program.attachXdp(cable.device(), mode))) {
          assertThat(link.info().attached()).isTrue();
          assertThat(link.mode().label()).isEqualTo(mode.label());
        }
      }
    }
  }

  @Test
  void attachesToAnInterfaceThatIsDown() {
    try (Namespace namespace = new Namespace()) {
      namespace.command("ip", "link", "add", "a0", "type", "veth", "peer", "name", "b0");
      try (PacketCounter counter = namespace.call(() -> PacketCounter.attach("a0"))) {
        assertThat(counter.link().info().attached()).isTrue();
        assertThat(counter.read()).isEqualTo(Counts.NONE);
      }
    }
  }

  @Test
  void refusesAProgramOfTC() {
    try (Cable cable = new Cable();
        BpfObject object = Samples.load()) {
      BpfProgram filter = object.program("other_filter_prog");

      assertThatThrownBy(() -> cable.near().call(() -> filter.attachXdp(cable.device(), XdpMode.AUTO)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("other_filter_prog");
    }
  }
}
