package io.x0tta6bl4.ebpf;

import static org.assertj.core.api.Assertions.assertThat;

import io.x0tta6bl4.ebpf.kernel.Cable;
import io.x0tta6bl4.ebpf.kernel.Datagrams;
import io.x0tta6bl4.ebpf.kernel.Processor;
import io.x0tta6bl4.ebpf.kernel.RequiresKernel;
import io.x0tta6bl4.ebpf.net.Counts;
import io.x0tta6bl4.ebpf.net.PacketCounter;
import io.x0tta6bl4.ebpf.net.TrafficClassifier;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

/** Each processor counts for itself; what is read is the sum. */
@RequiresKernel
class ManyCpusTest {

  @Test
  void areSummedHoweverPacketsAreSpreadOverThem() {
    try (Cable cable = new Cable();
        PacketCounter counter = cable.near().call(() -> PacketCounter.attach(cable.device(), XdpMode.GENERIC));
        TrafficClassifier classifier = cable.near().call(() -> TrafficClassifier.builder().device(Cable.NEAR).attach())) {
      Counts expected = Counts.NONE;
      for (int cpu : Processor.all()) {
        Datagrams datagrams = new Datagrams(100 + 10 * cpu, 64, 53);
        Processor.runOn(cpu, () -> cable.sendToNear(datagrams));
        expected = expected.plus(datagrams.counts());

        assertThat(counter.read()).isEqualTo(expected);
        assertThat(classifier.read(TcDirection.INGRESS)).hasSize(1).containsValue(expected);
      }
    }
  }

  @Test
  void haveAPlaceEachInTheMap() {
    try (BpfObject object = BpfObject.open(BundledObject.XDP_COUNTER).load()) {
      for (int cpu : Processor.all()) {
        Processor.runOn(cpu, () -> object.program("xdp_counter_prog").testRun(new byte[64], 1 + cpu));
      }

      ByteBuffer packets =
          ByteBuffer.wrap(object.map("packet_count").lookup(BpfMap.key(0)).orElseThrow()).order(ByteOrder.LITTLE_ENDIAN);
      assertThat(packets.remaining()).isEqualTo(Long.BYTES * BpfMap.possibleCpus());
      for (int cpu : Processor.all()) {
        assertThat(packets.getLong(Long.BYTES * cpu)).isEqualTo(1 + cpu);
      }
    }
  }

  @Test
  void areAllThatTheMachineCanHave() {
    assertThat(BpfMap.possibleCpus()).isEqualTo(Processor.possible()).isGreaterThanOrEqualTo(Processor.all().size());
  }
}
