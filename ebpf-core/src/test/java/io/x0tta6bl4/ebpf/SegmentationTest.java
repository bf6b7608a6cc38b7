package io.x0tta6bl4.ebpf;

import static org.assertj.core.api.Assertions.assertThat;

import io.x0tta6bl4.ebpf.internal.libbpf.Libbpf;
import io.x0tta6bl4.ebpf.internal.Libc;
import io.x0tta6bl4.ebpf.kernel.Await;
import io.x0tta6bl4.ebpf.kernel.Cable;
import io.x0tta6bl4.ebpf.kernel.RequiresKernel;
import io.x0tta6bl4.ebpf.net.Counts;
import io.x0tta6bl4.ebpf.net.Network;
import io.x0tta6bl4.ebpf.net.PacketCounter;
import io.x0tta6bl4.ebpf.net.TrafficClass;
import io.x0tta6bl4.ebpf.net.TrafficClassifier;
import io.x0tta6bl4.ebpf.net.Transport;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The kernel hands TCP over in packets of up to 64 KiB, which are cut behind TC at egress, and were joined in front of it at
 * ingress. The figures have to be those of the wire all the same: to the packet and to the byte.
 */
@RequiresKernel
class SegmentationTest {

  private static final int SENT_EACH_WAY = 4 << 20;
  private static final int PORT = 8443;

  private Cable cable;
  private TrafficClassifier classifier;
  private int statistics;

  @BeforeEach
  void attach() {
    statistics = Libbpf.bpf_enable_stats(Libbpf.BPF_STATS_RUN_TIME());
    cable = new Cable();
    classifier = cable.near().call(() -> TrafficClassifier.builder().device(Cable.NEAR).attach());
  }

  @AfterEach
  void detach() {
    classifier.close();
    cable.close();
    Libc.close(statistics);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void countsWhatTheInterfaceCountsWhereTheKernelCutsThePackets(boolean ipv6) {
    cable.setSegmentationOffload(false);
    converse(ipv6);

    assertSame(TcDirection.EGRESS, () -> cable.nearStatistics().sent());
    assertSame(TcDirection.EGRESS, () -> cable.farStatistics().received());
    assertSame(TcDirection.INGRESS, () -> cable.nearStatistics().received());
    assertSame(TcDirection.INGRESS, () -> cable.farStatistics().sent());
    assertThat(packetsARun(TcDirection.EGRESS)).isGreaterThan(2);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void countsWhatWentOutAtTheOtherEndWhereThisEndJoinsThePackets(boolean ipv6) {
    cable.setSegmentationOffload(false);
    cable.joinPacketsAtNear();
    cable.addQueues();
    converse(ipv6);

    assertSame(TcDirection.INGRESS, () -> cable.farQueue());
    assertSame(TcDirection.EGRESS, () -> cable.nearQueue());
    assertThat(packetsARun(TcDirection.INGRESS)).isGreaterThan(2);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void countsBigPacketsThatAreNeverCutAsWhatTheyStandFor(boolean ipv6) {
    cable.addQueues();
    converse(ipv6);

    assertSame(TcDirection.INGRESS, () -> cable.farQueue());
    assertSame(TcDirection.EGRESS, () -> cable.nearQueue());
    assertThat(packetsARun(TcDirection.INGRESS)).isGreaterThan(2);
    assertThat(packetsARun(TcDirection.EGRESS)).isGreaterThan(2);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void countsTheSameBehindXdpInTheStack(boolean ipv6) {
    cable.addQueues();
    try (PacketCounter counter = cable.near().call(() -> PacketCounter.attach(cable.device(), XdpMode.GENERIC))) {
      converse(ipv6);

      assertSame(TcDirection.INGRESS, () -> cable.farQueue());
      assertSame(TcDirection.EGRESS, () -> cable.nearQueue());
      assertThat(counter.read().packets()).isPositive();
    }
  }

  private void converse(boolean ipv6) {
    if (ipv6) {
      cable.addIpv6();
    }
    cable.converse(ipv6, PORT, SENT_EACH_WAY);
    TrafficClass https = new TrafficClass(ipv6 ? Network.IPV6 : Network.IPV4, Transport.TCP, "https");
    for (TcDirection direction : TcDirection.values()) {
      assertThat(classifier.read(direction).get(https).bytes()).isGreaterThan(SENT_EACH_WAY);
    }
  }

  /** The last packets of a connection are on their way when the sockets are closed. */
  private void assertSame(TcDirection direction, Supplier<Counts> kernel) {
    record Both(Counts ours, Counts kernels) {}
    Both both =
        Await.until(
            () -> new Both(counted(direction), kernel.get()), seen -> seen.ours().equals(seen.kernels()));
    assertThat(both.ours()).isEqualTo(both.kernels());
  }

  private Counts counted(TcDirection direction) {
    return classifier.read(direction).values().stream().reduce(Counts.NONE, Counts::plus);
  }

  private double packetsARun(TcDirection direction) {
    return (double) counted(direction).packets() / classifier.program(direction).runs();
  }
}
