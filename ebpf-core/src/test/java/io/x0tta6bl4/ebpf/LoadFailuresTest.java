package io.x0tta6bl4.ebpf;

import static org.assertj.core.api.Assertions.assertThat;

import io.x0tta6bl4.ebpf.internal.Capabilities;
import io.x0tta6bl4.ebpf.internal.Errno;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** From what libbpf 1.1 said on a kernel 6.18. */
class LoadFailuresTest {

  @Test
  void blamesTheProgramThatWasRefusedThoughOthersWereAcceptedBeforeIt() {
    String log =
        "prog 'good': -- BEGIN PROG LOAD LOG --\nprocessed 2 insns\n-- END PROG LOAD LOG --\n"
            + "prog 'bad': -- BEGIN PROG LOAD LOG --\nR2 !read_ok\nprocessed 1 insns\n-- END PROG LOAD LOG --\n";
    assertThat(LoadFailures.of("object", Errno.EACCES, log))
        .isInstanceOfSatisfying(
            BpfVerifierException.class,
            e -> {
              assertThat(e.program()).isEqualTo("bad");
              assertThat(e).hasMessageContaining("R2 !read_ok");
            });
  }

  private static final long NET_ADMIN = 1L << 12;
  private static final long PERFMON = 1L << 38;
  private static final long BPF = 1L << 39;
  private static final Capabilities BOTH = new Capabilities(BPF | NET_ADMIN);
  private static final Capabilities ALL = new Capabilities(BPF | NET_ADMIN | PERFMON);

  @Test
  void theVerifiersLastSentenceIsTheReason() throws IOException {
    BpfException failure = LoadFailures.of("object", Errno.EACCES, recorded("rejected"), BOTH);
    assertThat(failure)
        .isInstanceOf(BpfVerifierException.class)
        .hasMessage(
            "the verifier refused program 'reads_past_the_end_prog': R1 offset is outside of the packet"
                + " (EACCES: permission denied)");
    BpfVerifierException refusal = (BpfVerifierException) failure;
    assertThat(refusal.program()).isEqualTo("reads_past_the_end_prog");
    assertThat(refusal.errno()).hasValue(Errno.EACCES);
    assertThat(refusal.verifierLog())
        .startsWith("0: R1=ctx() R10=fp0\n")
        .contains("1: (71) r1 = *(u8 *)(r1 +64)\n")
        .endsWith("mark_read 0\n")
        .doesNotContain("PROG LOAD LOG");
  }

  @Test
  void aRefusalForWantOfACapabilitySaysWhich() throws IOException {
    assertThat(LoadFailures.of("object", Errno.EACCES, recorded("no-perfmon"), BOTH))
        .isInstanceOf(BpfVerifierException.class)
        .hasMessageContaining(
            "'xdp_counter_prog': R6 pointer -= pointer prohibited;"
                + " the program needs CAP_PERFMON, which this process lacks");
  }

  @Test
  void aRefusalInSpiteOfTheCapabilityDoesNotAskForIt() throws IOException {
    assertThat(LoadFailures.of("object", Errno.EACCES, recorded("no-perfmon"), ALL))
        .hasMessageContaining("R6 pointer -= pointer prohibited (EACCES");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "R6 pointer -= pointer prohibited",
        "R2 pointer comparison prohibited",
        "R1 leaks addr into map",
        "variable offset stack pointer prohibited for !root: R2 var_off=(0x0; 0xf)",
        "R3 32-bit pointer arithmetic prohibited"
      })
  void whatTheVerifierForbidsTheUnprivilegedIsKnownByItsWords(String sentence) {
    String log = "prog 'p': -- BEGIN PROG LOAD LOG --\n0: (95) exit\n" + sentence + "\n-- END PROG LOAD LOG --\n";
    assertThat(LoadFailures.of("object", Errno.EACCES, log, BOTH))
        .hasMessageContaining(sentence + "; the program needs CAP_PERFMON");
    assertThat(LoadFailures.of("object", Errno.EACCES, log, ALL)).hasMessageContaining(sentence + " (EACCES");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "R1 pointer arithmetic on map_value_or_null prohibited, null-check it first",
        "R1 pointer arithmetic with <<= operator prohibited",
        "R2 invalid mem access 'scalar'"
      })
  void whatTheVerifierForbidsEverybodyNeedsNoCapability(String sentence) {
    String log = "prog 'p': -- BEGIN PROG LOAD LOG --\n" + sentence + "\n-- END PROG LOAD LOG --\n";
    assertThat(LoadFailures.of("object", Errno.EACCES, log, BOTH)).hasMessageContaining(sentence + " (EACCES");
  }

  @Test
  void aRefusalWithoutAReasonSaysSo() {
    String log =
        "prog 'p': -- BEGIN PROG LOAD LOG --\nprocessed 2 insns (limit 1000000) max_states_per_insn 0\n"
            + "-- END PROG LOAD LOG --\n";
    assertThat(LoadFailures.of("object", Errno.EINVAL, log, ALL))
        .isInstanceOf(BpfVerifierException.class)
        .hasMessage("the verifier refused program 'p': it gave no reason (EINVAL: invalid argument)");
  }

  @Test
  void aProcessWithoutRightsIsToldWhatItLacks() throws IOException {
    BpfException failure = LoadFailures.of("object", Errno.EPERM, recorded("no-capabilities"), new Capabilities(0));
    assertThat(failure)
        .isInstanceOf(BpfPermissionException.class)
        .hasMessageStartingWith(
            "object 'object' may not be loaded: this process lacks CAP_BPF and CAP_NET_ADMIN (EPERM");
    assertThat(failure.libbpfLog()).contains("Couldn't load trivial BPF program");
  }

  @Test
  void aProcessWithHalfOfThemIsToldTheOther() throws IOException {
    assertThat(LoadFailures.of("object", Errno.EPERM, recorded("no-net-admin"), new Capabilities(BPF)))
        .isInstanceOf(BpfPermissionException.class)
        .hasMessageContaining("this process lacks CAP_NET_ADMIN (EPERM");
  }

  @Test
  void aProcessWithAllOfThemIsToldWhatElseForbids() throws IOException {
    assertThat(LoadFailures.of("object", Errno.EPERM, recorded("no-net-admin"), BOTH))
        .isInstanceOf(BpfPermissionException.class)
        .hasMessageContainingAll("the capabilities are there", "seccomp", "lockdown");
  }

  @Test
  void whatElseFailsKeepsItsNumberAndLibbpfsWords() {
    BpfException failure = LoadFailures.of("object", Errno.E2BIG, "map 'traffic': failed to create\n", ALL);
    assertThat(failure)
        .isExactlyInstanceOf(BpfException.class)
        .hasMessage(
            "object 'object' could not be loaded (E2BIG: too long or too many);"
                + " libbpf: map 'traffic': failed to create");
    assertThat(failure.errno()).hasValue(Errno.E2BIG);
  }

  @Test
  void whatAVerificationCostIsToldForEachProgram() {
    VerifierReport report =
        LoadFailures.accepted(
            "loading object\nprog 'a': -- BEGIN PROG LOAD LOG --\n0: (95) exit\nprocessed 1 insns (limit 1000000)\n"
                + "-- END PROG LOAD LOG --\n"
                + "prog 'b': -- BEGIN PROG LOAD LOG --\n0: (95) exit\nprocessed 7 insns (limit 1000000)\n"
                + "-- END PROG LOAD LOG --\n");
    assertThat(report.accepted()).isTrue();
    assertThat(report.program()).isEmpty();
    assertThat(report.summary())
        .isEqualTo("a: processed 1 insns (limit 1000000); b: processed 7 insns (limit 1000000)");
    assertThat(report.log())
        .startsWith("program 'a':\n0: (95) exit\n")
        .contains("program 'b':\n")
        .doesNotContain("loading");
  }

  private static String recorded(String name) throws IOException {
    try (InputStream in = LoadFailuresTest.class.getResourceAsStream("/libbpf-logs/" + name + ".txt")) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
