package io.x0tta6bl4.ebpf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.x0tta6bl4.ebpf.Finding.Level;
import io.x0tta6bl4.ebpf.internal.Capabilities;
import io.x0tta6bl4.ebpf.internal.Host;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PreflightTest {

  private static final long NET_ADMIN = 1L << 12;
  private static final long PERFMON = 1L << 38;
  private static final long BPF = 1L << 39;
  private static final String NO_LIBRARY = "libbpf.so.1 was not found: install libbpf 1.0 or later (...)";

  private String system = "Linux";
  private String architecture = "amd64";
  private String release = "6.12.117-amd64";
  private long capabilities = BPF | NET_ADMIN;
  private String jit = "1";
  private boolean bpfFileSystem = true;
  private boolean library = true;
  private int loads = 1;

  @Test
  void aMachineWithAllOfItIsOk() {
    Preflight preflight = check();
    assertThat(preflight.ok()).isTrue();
    assertThat(preflight.requireOk()).isSameAs(preflight);
    assertThat(preflight.findings()).allSatisfy(f -> assertThat(f.level()).isEqualTo(Level.OK));
    assertThat(preflight.findings())
        .extracting(Finding::subject)
        .containsExactly("platform", "libbpf", "kernel", "CAP_BPF", "CAP_NET_ADMIN", "bpf(2)", "JIT", "TCX", "bpffs");
    assertThat(preflight.toString())
        .startsWith("OK platform: Linux on amd64\nOK libbpf: version 1.1\nOK kernel: release 6.12");
  }

  @ParameterizedTest
  @CsvSource({"Mac OS X, aarch64", "Linux, x86", "Linux, arm", "Windows 11, amd64"})
  void anotherPlatformEndsTheCheck(String on, String machine) {
    system = on;
    architecture = machine;
    Preflight preflight = check();
    assertThat(preflight.findings())
        .containsExactly(
            new Finding(Level.ERROR, "platform", on + " on " + machine, "eBPF needs Linux on x86-64 or aarch64"));
    assertThatExceptionOfType(BpfUnsupportedException.class)
        .isThrownBy(preflight::requireOk)
        .withMessageContaining(on + " on " + machine);
  }

  @Test
  void aMissingLibraryIsToldWithItsRemedy() {
    library = false;
    Preflight preflight = check();
    assertThat(preflight.findings())
        .contains(new Finding(Level.ERROR, "libbpf", "libbpf.so.1 was not found", "install libbpf 1.0 or later (...)"))
        .extracting(Finding::subject)
        .as("what needs the library")
        .doesNotContain("bpf(2)");
    assertThatExceptionOfType(LibbpfUnavailableException.class)
        .isThrownBy(preflight::requireOk)
        .withMessageContaining("install libbpf 1.0 or later");
  }

  @ParameterizedTest
  @CsvSource({"5.9.16, ERROR", "4.19.0-27-amd64, ERROR", "unknown, ERROR", "5.10.0-33-amd64, OK"})
  void theKernelMustBe510(String running, Level level) {
    release = running;
    assertThat(find("kernel").level()).isEqualTo(level);
    assertThat(find("kernel").message()).isEqualTo("release " + running);
    if (level == Level.ERROR) {
      assertThat(find("kernel").remedy()).isEqualTo("a kernel of 5.10 or later is needed");
      assertThatExceptionOfType(BpfUnsupportedException.class).isThrownBy(check()::requireOk);
    }
  }

  @Test
  void eachMissingCapabilityIsAnErrorOfPermission() {
    capabilities = 0;
    assertThat(find("CAP_BPF").level()).isEqualTo(Level.ERROR);
    assertThat(find("CAP_BPF").remedy()).contains("setpriv", "Docker: --cap-add BPF", "Kubernetes");
    assertThat(find("CAP_NET_ADMIN").level()).isEqualTo(Level.ERROR);
    assertThat(find("CAP_NET_ADMIN").remedy()).contains("Docker: --cap-add NET_ADMIN");
    assertThatExceptionOfType(BpfPermissionException.class)
        .isThrownBy(check()::requireOk)
        .withMessageContainingAll("CAP_BPF", "CAP_NET_ADMIN");
  }

  @ParameterizedTest
  @CsvSource({"-1, EPERM: operation not permitted", "-38, ENOSYS: not implemented by this kernel"})
  void aKernelThatDoesNotLoadInSpiteOfTheCapabilitiesIsAnErrorOfPermission(int answer, String reason) {
    loads = answer;
    assertThat(find("bpf(2)").level()).isEqualTo(Level.ERROR);
    assertThat(find("bpf(2)").message())
        .isEqualTo("the kernel does not load a program in spite of CAP_BPF (" + reason + ")");
    assertThat(find("bpf(2)").remedy()).contains("seccomp", "lockdown");
    assertThatExceptionOfType(BpfPermissionException.class).isThrownBy(check()::requireOk);
  }

  @Test
  void libbpfsPlainNoIsNotTakenForAnErrorNumber() {
    loads = 0;
    assertThat(find("bpf(2)").message()).isEqualTo("the kernel does not load a program in spite of CAP_BPF");
  }

  @Test
  void theLibraryIsNotAskedToLoadWithoutTheCapability() {
    capabilities = NET_ADMIN;
    loads = 0;
    assertThat(check().findings()).extracting(Finding::subject).doesNotContain("bpf(2)");
  }

  @Test
  void olderKernelsNeedACapabilityMoreForTheCounter() {
    release = "5.15.0-100-generic";
    assertThat(find("CAP_PERFMON"))
        .isEqualTo(
            new Finding(
                Level.WARNING,
                "CAP_PERFMON",
                "missing, and the XDP counter needs it on kernels before 5.18",
                "add it as CAP_BPF"));
    assertThat(check().ok()).isTrue();
    capabilities |= PERFMON;
    assertThat(find("CAP_PERFMON").level()).isEqualTo(Level.OK);
  }

  @Test
  void olderKernelsHaveNoTcx() {
    release = "6.1.0-44-amd64";
    assertThat(find("TCX").level()).isEqualTo(Level.WARNING);
    assertThat(find("TCX").remedy()).contains("clsact");
    release = "6.6.0";
    assertThat(find("TCX").level()).isEqualTo(Level.OK);
  }

  @Test
  void theOldestKernelCountsMapsAgainstALimit() {
    release = "5.10.0-33-amd64";
    assertThat(find("RLIMIT_MEMLOCK").remedy()).isEqualTo("ulimit -l unlimited");
    release = "5.11.0";
    assertThat(check().findings()).extracting(Finding::subject).doesNotContain("RLIMIT_MEMLOCK");
  }

  @Test
  void aMachineWithoutACompilerForProgramsIsSlow() {
    jit = "0";
    assertThat(find("JIT").level()).isEqualTo(Level.WARNING);
    assertThat(find("JIT").remedy()).isEqualTo("sysctl net.core.bpf_jit_enable=1");
    jit = "";
    assertThat(find("JIT").level()).isEqualTo(Level.OK);
    assertThat(find("JIT").message()).contains("does not tell");
    jit = "2";
    assertThat(find("JIT").message()).isEqualTo("on");
  }

  @Test
  void theFileSystemIsNeededForPinningOnly() {
    bpfFileSystem = false;
    assertThat(find("bpffs").level()).isEqualTo(Level.OK);
    assertThat(find("bpffs").remedy()).isEqualTo("mount -t bpf bpf /sys/fs/bpf");
  }

  @Test
  void theFirstErrorInTheOrderOfMendingSaysWhichExceptionItIs() {
    library = false;
    release = "5.4.0";
    capabilities = 0;
    assertThatExceptionOfType(LibbpfUnavailableException.class)
        .isThrownBy(check()::requireOk)
        .withMessageContainingAll("libbpf", "kernel", "CAP_BPF", "CAP_NET_ADMIN");
    library = true;
    assertThatExceptionOfType(BpfUnsupportedException.class).isThrownBy(check()::requireOk);
  }

  @Test
  void theCheckOfThisMachineThrowsNothing() {
    assertThatCode(Preflight::check).doesNotThrowAnyException();
    assertThat(Preflight.check().findings()).isNotEmpty();
  }

  @Test
  @RequiresBpf
  void aMachineThatRunsTheseTestsIsOk() {
    assertThat(Preflight.check().requireOk().ok()).isTrue();
  }

  private Finding find(String subject) {
    List<Finding> found = check().findings().stream().filter(f -> f.subject().equals(subject)).toList();
    assertThat(found).hasSize(1);
    return found.get(0);
  }

  private Preflight check() {
    Host.Library libbpf =
        new Host.Library() {
          @Override
          public String version() {
            if (!library) {
              throw new LibbpfUnavailableException(NO_LIBRARY, null);
            }
            return "1.1";
          }

          @Override
          public int canLoad() {
            return loads;
          }
        };
    return Preflight.of(
        new Host(system, architecture, release, new Capabilities(capabilities), jit, bpfFileSystem, libbpf));
  }
}
