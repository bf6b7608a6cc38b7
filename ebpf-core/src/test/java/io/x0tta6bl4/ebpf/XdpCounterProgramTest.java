package io.x0tta6bl4.ebpf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.x0tta6bl4.ebpf.internal.Capabilities;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The program of the packet counter, on packets that are given to it. */
class XdpCounterProgramTest {

  private static final int XDP_PASS = 2;
  private static final int[] LENGTHS = {14, 15, 59, 60, 64, 128, 1500, 1514, 1518, 3000};

  /** More than one page, so that the kernel hands it over in several pieces. */
  private static final int[] IN_PIECES = {4_000, 9_014, 65_000};

  @ParameterizedTest
  @EnumSource(names = {"XDP_COUNTER", "XDP_COUNTER_LINEAR"})
  @RequiresBpf
  void countsEachFrameAndItsBytesAndLetsItPass(BundledObject counter) {
    Assumptions.assumeTrue(
        counter == BundledObject.XDP_COUNTER || Capabilities.ofThisThread().perfmon(),
        "this process lacks CAP_PERFMON, which the counter for old kernels needs");
    try (BpfObject object = BpfObject.open(counter).load()) {
      long packets = 0;
      long bytes = 0;
      for (int length : LENGTHS) {
        byte[] packet = new byte[length];
        TestRun run = object.program("xdp_counter_prog").testRun(packet, 1);
        assertThat(run.returnValue()).isEqualTo(XDP_PASS);
        assertThat(run.packet()).isEqualTo(packet);
        packets++;
        bytes += length;
        assertCounted(object, packets, bytes);
      }
    }
  }

  @Test
  @RequiresBpf
  void countsAllBytesOfAFrameInPieces() {
    try (BpfObject object = BpfObject.open(BundledObject.XDP_COUNTER)) {
      object.program("xdp_counter_prog").acceptFragments();
      object.load();
      long bytes = 0;
      for (int i = 0; i < IN_PIECES.length; i++) {
        object.program("xdp_counter_prog").testRun(new byte[IN_PIECES[i]], 1);
        bytes += IN_PIECES[i];
        assertCounted(object, i + 1, bytes);
      }
    }
  }

  @Test
  @RequiresBpf
  void repeatedRunsCountEach() {
    try (BpfObject object = BpfObject.open(BundledObject.XDP_COUNTER).load()) {
      TestRun run = object.program("xdp_counter_prog").testRun(new byte[100], 1000);
      assertThat(run.average().toNanos()).isBetween(0L, 1_000_000L);
      assertThat(run.toString()).startsWith("returned 2, 100 bytes, ");
      assertCounted(object, 1000, 100_000);
    }
  }

  @Test
  @RequiresBpf
  void aPacketWithoutAnEthernetHeaderAndNoRunAreRefused() {
    try (BpfObject object = BpfObject.open(BundledObject.XDP_COUNTER).load()) {
      BpfProgram program = object.program("xdp_counter_prog");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> program.testRun(new byte[13], 1))
          .withMessage("packet of 13 bytes: expected at least the 14 of an Ethernet header");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> program.testRun(new byte[14], 0))
          .withMessage("repeat 0: expected at least 1");
    }
  }

  private static void assertCounted(BpfObject object, long packets, long bytes) {
    assertThat(object.map("packet_count").sum(0)).isEqualTo(packets);
    assertThat(object.map("packet_count").sum(1)).isEqualTo(bytes);
  }
}
