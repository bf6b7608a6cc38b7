package io.x0tta6bl4.example;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The executable jar as a script meets it: a process, its two outputs and its exit code. */
class VerifyJarIT {

  @Test
  void verifiesAPaymentWithNothingOnStdoutButTheObject() throws Exception {
    try (RecordedTronGrid grid = new RecordedTronGrid()) {
      Finished run = verify(grid, "--order", "ORD-1001");
      assertThat(run.code()).isZero();
      assertThat(new JsonMapper().readTree(run.out()).get("verified").booleanValue()).isTrue();
      assertThat(run.out().lines()).hasSize(1);
      assertThat(run.err()).isEmpty();
    }
  }

  @Test
  void exitsWithTwoOnBadInput() throws Exception {
    try (RecordedTronGrid grid = new RecordedTronGrid()) {
      Finished run = verify(grid, "--order", "x");
      assertThat(run.code()).isEqualTo(2);
      assertThat(run.out()).isEmpty();
      assertThat(run.err().lines()).hasSize(1);
      assertThat(grid.asked()).isEmpty();
    }
  }

  private static Finished verify(RecordedTronGrid grid, String... options) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-jar", System.getProperty("x0tta6bl4.jar"), "verify", "--network", "tron", "--asset", "USDT"));
    command.addAll(List.of("--wallet", RecordedTronGrid.MERCHANT, "--amount", "25", "--now", RecordedTronGrid.NOW));
    command.addAll(List.of("--base-url", grid.url().toString(), "--allow-http"));
    command.addAll(List.of(options));
    Process process = new ProcessBuilder(command).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return new Finished(process.exitValue(), out, err);
  }

  private record Finished(int code, String out, String err) {}
}
