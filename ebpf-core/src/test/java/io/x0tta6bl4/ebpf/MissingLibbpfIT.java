package io.x0tta6bl4.ebpf;

import static org.assertj.core.api.Assertions.assertThat;

import io.x0tta6bl4.ebpf.kernel.ChildJvm;
import io.x0tta6bl4.ebpf.kernel.RequiresKernel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A machine without libbpf, made of this one by hiding the file from a process. */
@RequiresKernel
class MissingLibbpfIT {

  private static final String OPTION = "-Dio.x0tta6bl4.ebpf.libbpf=";

  /** Where the library of this process came from. */
  private static Path library() throws IOException {
    int unused = BpfMap.possibleCpus();
    assertThat(unused).isPositive();
    return mapped("/libbpf.so.");
  }

  private static Path mapped(String library) throws IOException {
    try (Stream<String> maps = Files.lines(Path.of("/proc/self/maps"))) {
      return maps.filter(line -> line.contains(library))
          .map(line -> Path.of(line.substring(line.indexOf('/'))))
          .findFirst()
          .orElseThrow();
    }
  }

  private static ChildJvm withoutLibrary(String... options) throws IOException {
    ChildJvm.Builder builder =
        ChildJvm.of(AskForLibbpf.class)
            .under(
                "unshare", "--mount", "sh", "-c", "mount --bind /dev/null \"$0\" && exec \"$@\"", library().toString());
    Stream.of(options).forEach(builder::option);
    return builder.start();
  }

  @Test
  void isToldWithThePackagesThatHaveIt() throws IOException {
    try (ChildJvm process = withoutLibrary()) {
      List<String> said = process.lines();

      assertThat(said).hasSize(7).last().isEqualTo("alive");
      for (String answer : said.subList(0, 5)) {
        assertThat(answer)
            .startsWith("LibbpfUnavailableException: libbpf.so.1 was not found: install libbpf 1.0 or later")
            .contains("apt install libbpf1", "dnf install libbpf", OPTION.substring(0, OPTION.length() - 1));
      }
      assertThat(said.get(5))
          .contains("ERROR libbpf: libbpf.so.1 was not found; install libbpf 1.0 or later")
          .contains("OK CAP_BPF");
      assertThat(process.exitCode()).isZero();
    }
  }

  @Test
  void isMendedByTheNameOfAnother(@TempDir Path folder) throws IOException {
    Path copy = Files.copy(library(), folder.resolve("my-libbpf.so"));

    try (ChildJvm process = withoutLibrary(OPTION + copy)) {
      assertThat(process.lines())
          .hasSize(7)
          .startsWith("possible CPUs " + BpfMap.possibleCpus(), "opened", "accepted", "no such pin", "no such pin");
      assertThat(process.exitCode()).isZero();
    }
  }

  @Test
  void isToldWhereTheNameIsWrong(@TempDir Path folder) throws IOException {
    Path text = Files.writeString(folder.resolve("text.so"), "this is no library");
    for (String path : List.of(folder.resolve("nothing.so").toString(), text.toString(), "nothing.so")) {
      try (ChildJvm process = ChildJvm.of(AskForLibbpf.class).option(OPTION + path).start()) {
        // The JVM has a warning of its own in front of it for a file that is no library.
        List<String> all = process.lines();
        List<String> said = all.subList(all.size() - 7, all.size());

        assertThat(said).last().isEqualTo("alive");
        assertThat(said.subList(0, 5))
            .allSatisfy(answer -> assertThat(answer).startsWith("LibbpfUnavailableException: " + path + " was not found"));
        assertThat(said.get(5)).contains("ERROR libbpf: " + path + " was not found");
      }
    }
  }

  @Test
  void isToldWhereItIsAnotherLibrary() throws IOException {
    Path other = mapped("/libc.so.");
    try (ChildJvm process = ChildJvm.of(AskForLibbpf.class).option(OPTION + other).start()) {
      assertThat(process.lines().get(0)).startsWith("LibbpfUnavailableException: " + other + " is libbpf 0.x");
    }
  }
}
