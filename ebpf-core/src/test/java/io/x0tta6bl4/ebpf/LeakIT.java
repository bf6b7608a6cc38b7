package io.x0tta6bl4.ebpf;

import static org.assertj.core.api.Assertions.assertThat;

import io.x0tta6bl4.ebpf.kernel.ChildJvm;
import io.x0tta6bl4.ebpf.kernel.RequiresKernel;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What was loaded and attached two thousand times must be gone two thousand times. */
@RequiresKernel
class LeakIT {

  private static final int CYCLES = 2000;

  /** What a JVM on a busy machine may still ask for in half of the time, for its compiler say. A leak of 1 KiB an object is more. */
  private static final long NOISE_BYTES = 1024 * 1024;

  @Test
  void leavesNoDescriptorNoProgramNoMapAndNoMemoryBehind() {
    Map<String, Long> figures = new HashMap<>();
    List<String> said;
    // All of malloc in one place, whose size the C library tells.
    try (ChildJvm child =
        ChildJvm.of(Cycles.class, Integer.toString(CYCLES)).environment("MALLOC_ARENA_MAX", "1").start()) {
      said = child.lines();
      assertThat(child.exitCode()).as(said.toString()).isZero();
    }
    for (String line : said) {
      String[] parts = line.split("=", 2);
      figures.put(parts[0], Long.valueOf(parts[1]));
    }

    assertThat(figures).containsEntry("cycles", (long) CYCLES);
    assertThat(figures.get("programs")).isGreaterThan(2L * CYCLES);
    assertThat(figures.get("maps")).isGreaterThan(2L * CYCLES);
    assertThat(figures).containsEntry("programsLeft", 0L).containsEntry("mapsLeft", 0L);
    assertThat(figures).containsEntry("descriptorsGrown", 0L);
    assertThat(figures).containsEntry("mappingsGrown", 0L);
    assertThat(figures.get("memoryGrown")).isLessThan(NOISE_BYTES);
  }
}
