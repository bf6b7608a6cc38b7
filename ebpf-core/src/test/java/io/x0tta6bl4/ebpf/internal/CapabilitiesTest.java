package io.x0tta6bl4.ebpf.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CapabilitiesTest {

  private static final long NET_ADMIN = 1L << 12;
  private static final long SYS_ADMIN = 1L << 21;
  private static final long PERFMON = 1L << 38;
  private static final long BPF = 1L << 39;

  @TempDir private Path folder;

  @Test
  void readsTheEffectiveOnesOfAStatusFile() throws IOException {
    Path status =
        file(
            "Name:\tjava\nUid:\t65534\t65534\t65534\t65534\nCapInh:\t0000008000001000\nCapPrm:\t000001ffffffffff\n"
                + "CapEff:\t0000008000001000\nCapBnd:\t000001ffffffffff\n");
    Capabilities capabilities = Capabilities.read(status);
    assertThat(capabilities.effective()).isEqualTo(BPF | NET_ADMIN);
    assertThat(capabilities.bpf()).isTrue();
    assertThat(capabilities.netAdmin()).isTrue();
    assertThat(capabilities.perfmon()).isFalse();
    assertThat(capabilities.missing()).isEmpty();
  }

  @Test
  void readsANumberWithTheHighestBit() throws IOException {
    assertThat(Capabilities.read(file("CapEff:\tffffffffffffffff\n")).effective()).isEqualTo(-1);
  }

  @Test
  void hasNothingWhereTheFileDoesNotTell() throws IOException {
    assertThat(Capabilities.read(folder.resolve("none"))).isEqualTo(new Capabilities(0));
    assertThat(Capabilities.read(file("Name:\tjava\n"))).isEqualTo(new Capabilities(0));
    assertThat(Capabilities.read(file("CapEff:\tnonsense\n"))).isEqualTo(new Capabilities(0));
  }

  @Test
  void namesWhatIsMissing() {
    assertThat(new Capabilities(0).missing()).containsExactly("CAP_BPF", "CAP_NET_ADMIN");
    assertThat(new Capabilities(NET_ADMIN).missing()).containsExactly("CAP_BPF");
    assertThat(new Capabilities(BPF).missing()).containsExactly("CAP_NET_ADMIN");
    assertThat(new Capabilities(~(NET_ADMIN | SYS_ADMIN | BPF)).missing()).containsExactly("CAP_BPF", "CAP_NET_ADMIN");
  }

  @Test
  void theAdministratorsIncludesAllButTheNetworks() {
    Capabilities administrator = new Capabilities(SYS_ADMIN);
    assertThat(administrator.bpf()).isTrue();
    assertThat(administrator.perfmon()).isTrue();
    assertThat(administrator.netAdmin()).isFalse();
    assertThat(new Capabilities(PERFMON).perfmon()).isTrue();
  }

  @Test
  void thoseOfThisThreadAreTheOnesThatTheKernelTells() throws IOException {
    String line =
        Files.readAllLines(Path.of("/proc/thread-self/status")).stream()
            .filter(l -> l.startsWith("CapEff:"))
            .findFirst()
            .orElseThrow();
    assertThat(line).endsWith(String.format("%016x", Capabilities.ofThisThread().effective()));
  }

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("status"), text);
  }
}
