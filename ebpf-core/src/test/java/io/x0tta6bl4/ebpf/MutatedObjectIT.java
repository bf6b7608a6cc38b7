package io.x0tta6bl4.ebpf;

import static org.assertj.core.api.Assertions.assertThat;

import io.x0tta6bl4.ebpf.kernel.ChildJvm;
import io.x0tta6bl4.ebpf.kernel.RequiresKernel;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A file that is not what a compiler wrote is refused or loaded, and never ends the process. */
@RequiresKernel
class MutatedObjectIT {

  @Test
  void endsInAnObjectOrAnExceptionWhicheverByteIsChanged() {
    List<String> figures = run("XDP_COUNTER", "each");

    long tried = 2L * BundledObject.XDP_COUNTER.bytes().length;
    assertThat(figure(figures, "opened") + figure(figures, "refused")).isEqualTo(tried);
    assertThat(figure(figures, "refused")).isGreaterThan(tried / 10);
  }

  @ParameterizedTest
  @CsvSource({"XDP_COUNTER, 3000", "TC_CLASSIFIER, 500"})
  void endsInAProgramOrAnExceptionWhereSomeBytesAreChanged(String object, int times) {
    List<String> figures = run(object, "20261125", Integer.toString(times));

    assertThat(figure(figures, "loaded")).isGreaterThan(times / 10);
    assertThat(figure(figures, "refused")).isGreaterThan(times / 10);
  }

  /** The last lines of a run; the one before a crash says which change it was. */
  private static List<String> run(String... arguments) {
    try (ChildJvm child = ChildJvm.of(Mutations.class, arguments).start()) {
      List<String> said = child.lines();
      assertThat(child.exitCode()).as(() -> String.join("\n", last(said, 40))).isZero();
      return last(said, 3);
    }
  }

  private static List<String> last(List<String> lines, int count) {
    return lines.subList(Math.max(0, lines.size() - count), lines.size());
  }

  private static long figure(List<String> figures, String name) {
    return figures.stream()
        .filter(line -> line.startsWith(name + " "))
        .mapToLong(line -> Long.parseLong(line.substring(name.length() + 1)))
        .findFirst()
        .orElseThrow();
  }
}
