package io.x0tta6bl4.ebpf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.x0tta6bl4.ebpf.internal.Libc;
import io.x0tta6bl4.ebpf.internal.libbpf.Libbpf;
import io.x0tta6bl4.ebpf.kernel.Cable;
import io.x0tta6bl4.ebpf.kernel.Datagrams;
import io.x0tta6bl4.ebpf.kernel.RequiresKernel;
import io.x0tta6bl4.ebpf.kernel.Samples;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@RequiresKernel
class TestRunTest {

  private static final int XDP_DROP = 1;
  private static final int XDP_PASS = 2;
  private static final int TC_ACT_UNSPEC = -1;

  private static final int TYPE_TC = 3;
  private static final int TYPE_XDP = 6;

  private BpfObject samples;

  @BeforeEach
  void load() {
    samples = Samples.load();
  }

  @AfterEach
  void close() {
    samples.close();
  }

  private static byte[] packet(int length) {
    byte[] packet = new byte[length];
    for (int i = 0; i < length; i++) {
      packet[i] = (byte) i;
    }
    return packet;
  }

  @Test
  void tellsWhatTheProgramReturned() {
    assertThat(samples.program("xdp_other_prog").testRun(packet(64), 1).returnValue()).isEqualTo(XDP_PASS);
    assertThat(samples.program("drop_prog").testRun(packet(64), 1).returnValue()).isEqualTo(XDP_DROP);
    assertThat(samples.program("other_filter_prog").testRun(packet(64), 1).returnValue()).isEqualTo(TC_ACT_UNSPEC);
  }

  @ParameterizedTest
  @ValueSource(ints = {14, 15, 60, 1514, 3000})
  void runsOnPacketsOfAnyLength(int length) {
    TestRun run = samples.program("emit_prog").testRun(packet(length), 1);

    assertThat(run.returnValue()).isEqualTo(XDP_PASS);
    assertThat(run.packet()).isEqualTo(packet(length));
    assertThat(samples.map("by_length").lookup(BpfMap.key(length))).isPresent();
  }

  @Test
  void runsAsOftenAsItWasTold() {
    TestRun run = samples.program("other_filter_prog").testRun(packet(64), 12_345);

    assertThat(samples.map("other_filter_count").sum(0)).isEqualTo(12_345);
    assertThat(run.average()).isBetween(Duration.ZERO, Duration.ofMillis(1));
    assertThat(run.toString()).contains("returned -1").contains("64 bytes");
  }

  @Test
  void givesACopyOfThePacket() {
    TestRun run = samples.program("xdp_other_prog").testRun(packet(64), 1);
    run.packet()[0] = 99;

    assertThat(run.packet()).isEqualTo(packet(64));
  }

  @Test
  void refusesWhatIsNoPacket() {
    BpfProgram program = samples.program("xdp_other_prog");
    assertThatThrownBy(() -> program.testRun(packet(13), 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("13 bytes")
        .hasMessageContaining("14");
    assertThatThrownBy(() -> program.testRun(packet(64), 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("repeat 0");
    assertThatThrownBy(() -> program.testRun(packet(1 << 20), 1))
        .isInstanceOf(BpfException.class)
        .hasMessageContaining("xdp_other_prog");
  }

  @Test
  void tellsWhatTheKernelKnowsOfAProgram() {
    ProgramInfo xdp = samples.program("xdp_other_prog").info();
    ProgramInfo tc = samples.program("other_filter_prog").info();

    assertThat(xdp.type()).isEqualTo(TYPE_XDP);
    assertThat(tc.type()).isEqualTo(TYPE_TC);
    assertThat(xdp.name()).isEqualTo("xdp_other_prog");
    assertThat(tc.name()).isEqualTo("other_filter_pr");
    assertThat(tc.tag()).matches("[0-9a-f]{16}").isNotEqualTo(xdp.tag());
    assertThat(xdp.id()).isPositive().isNotEqualTo(tc.id());
    assertThat(xdp.instructions()).isEqualTo(2);
    assertThat(xdp.machineCode()).isPositive();
  }

  @Test
  void tellsTheSameTagForTheSameProgramLoadedAgain() {
    try (BpfObject again = Samples.load()) {
      ProgramInfo first = samples.program("emit_prog").info();
      ProgramInfo second = again.program("emit_prog").info();

      assertThat(second.tag()).isEqualTo(first.tag());
      assertThat(second.id()).isNotEqualTo(first.id());
    }
  }

  @Test
  void tellsRunsOnlyWhileTheKernelCountsThem() {
    try (Cable cable = new Cable();
        BpfLink _ =
            cable.near().call(() -> samples.program("xdp_other_prog").attachXdp(cable.device(), XdpMode.GENERIC))) {
      int statistics = Libbpf.bpf_enable_stats(Libbpf.BPF_STATS_RUN_TIME());
      assertThat(statistics).isNotNegative();
      try {
        long before = samples.program("xdp_other_prog").info().runs();
        cable.sendToNear(Datagrams.of(25));
        ProgramInfo info = samples.program("xdp_other_prog").info();
        assertThat(info.runs() - before).isEqualTo(25);
        assertThat(info.runTime()).isPositive();
      } finally {
        Libc.close(statistics);
      }
    }
  }
}
