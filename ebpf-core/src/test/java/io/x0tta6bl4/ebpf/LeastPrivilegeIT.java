package io.x0tta6bl4.ebpf;

import static org.assertj.core.api.Assertions.assertThat;

import io.x0tta6bl4.ebpf.kernel.Cable;
import io.x0tta6bl4.ebpf.kernel.ChildJvm;
import io.x0tta6bl4.ebpf.kernel.Datagrams;
import io.x0tta6bl4.ebpf.kernel.ReadableClassPath;
import io.x0tta6bl4.ebpf.kernel.RequiresKernel;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a user without any rights can do with the two capabilities, and what they are told who lack one. */
@RequiresKernel
class LeastPrivilegeIT {

  private static ReadableClassPath classPath;

  private Cable cable;

  @BeforeEach
  void layCable() {
    cable = new Cable();
    if (classPath == null) {
      classPath = ReadableClassPath.copy();
    }
  }

  @AfterEach
  void removeCable() {
    cable.close();
  }

  @AfterAll
  static void removeClassPath() {
    if (classPath != null) {
      classPath.close();
    }
  }

  private ChildJvm unprivileged(String capabilities, String... arguments) {
    String set = "-all" + (capabilities.isEmpty() ? "" : "," + capabilities);
    return cable.near().call(
        () ->
            ChildJvm.of(Unprivileged.class, arguments)
                .classPath(classPath.entries())
                .under(
                    "setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups", "--no-new-privs",
                    "--inh-caps=" + set, "--ambient-caps=" + set, "--bounding-set=" + set)
                .start());
  }

  @Test
  void attachesAndCountsWithTheTwoCapabilitiesOnly() {
    try (ChildJvm process = unprivileged("+bpf,+net_admin", "observe", Cable.NEAR)) {
      process.awaitLine("ready");
      cable.sendToNear(Datagrams.of(12));
      cable.sendToFar(Datagrams.of(5));
      process.answer("read");

      String in = Datagrams.of(12).counts().toString();
      String out = Datagrams.of(5).counts().toString();
      assertThat(process.lines())
          .containsExactly(
              "user 65534",
              "xdp native " + in,
              "tcx ingress " + in,
              "tcx egress " + out,
              "clsact ingress " + in,
              "clsact egress " + out,
              "metrics 12 5",
              "detached");
      assertThat(process.exitCode()).isZero();
    }
    assertThat(cable.near().command("ip", "link", "show", "dev", Cable.NEAR)).doesNotContain("xdp");
    assertThat(cable.near().command("tc", "filter", "show", "dev", Cable.NEAR, "ingress")).isEmpty();
  }

  @Test
  void replacesWhatAKilledOneLeftBehindWithTheTwoCapabilitiesOnly() {
    try (ChildJvm process = unprivileged("+bpf,+net_admin", "observe", Cable.NEAR)) {
      process.awaitLine("ready").kill();
    }
    assertThat(cable.near().command("tc", "filter", "show", "dev", Cable.NEAR, "ingress")).contains("name tc_classifier_p");

    try (ChildJvm process = unprivileged("+bpf,+net_admin", "observe", Cable.NEAR)) {
      process.awaitLine("ready");
      assertThat(cable.near().command("tc", "filter", "show", "dev", Cable.NEAR, "ingress"))
          .containsOnlyOnce("name tc_classifier_p");
    }
  }

  /** The verifier looks at many more ways through a program of somebody who may not do all; at a million steps it gives up. */
  @Test
  void verifiesWithTheTwoCapabilitiesOnlyFarFromTheVerifiersLimit() {
    try (ChildJvm process = unprivileged("+bpf,+net_admin", "verify")) {
      List<String> said = process.lines();

      assertThat(said).hasSize(4);
      assertThat(steps("xdp_counter.bpf.o", said.get(0))).isLessThan(1000);
      assertThat(steps("tc_classifier.bpf.o", said.get(1))).isLessThan(100_000);
      assertThat(said.subList(2, 4)).containsExactly("rejected.bpf.o refused", "preflight ok");
    }
  }

  private static int steps(String object, String line) {
    Matcher steps = Pattern.compile(object + " accepted: .*: processed (\\d+) insns .*").matcher(line);
    assertThat(steps.matches()).as(line).isTrue();
    return Integer.parseInt(steps.group(1));
  }

  @ParameterizedTest
  @CsvSource({
    "+net_admin, CAP_BPF,       CAP_NET_ADMIN",
    "+bpf,       CAP_NET_ADMIN, CAP_BPF"
  })
  void isToldWhichCapabilityIsMissing(String given, String missing, String there) {
    try (ChildJvm process = unprivileged(given, "refused", Cable.NEAR)) {
      List<String> said = process.lines();

      assertThat(said).hasSize(6);
      for (String refusal : said.subList(0, 4)) {
        assertThat(refusal).startsWith("BpfPermissionException").contains("lacks " + missing).doesNotContain(there);
      }
      assertThat(said.get(4)).contains("ERROR " + missing).doesNotContain("ERROR " + there);
      assertThat(said.get(5)).startsWith("BpfPermissionException").contains(missing);
    }
  }

  @Test
  void isToldThatBothAreMissing() {
    try (ChildJvm process = unprivileged("", "refused", Cable.NEAR)) {
      List<String> said = process.lines();

      assertThat(said).hasSize(6);
      for (String refusal : said.subList(0, 4)) {
        assertThat(refusal).startsWith("BpfPermissionException").contains("lacks CAP_BPF and CAP_NET_ADMIN");
      }
      assertThat(said.get(4)).contains("ERROR CAP_BPF").contains("ERROR CAP_NET_ADMIN").contains("--cap-add");
      assertThat(said.get(5)).startsWith("BpfPermissionException");
    }
  }
}
