package io.x0tta6bl4.ebpf.kernel;

import static org.junit.jupiter.api.extension.ConditionEvaluationResult.disabled;
import static org.junit.jupiter.api.extension.ConditionEvaluationResult.enabled;

import io.x0tta6bl4.ebpf.LibbpfUnavailableException;
import io.x0tta6bl4.ebpf.internal.Capabilities;
import io.x0tta6bl4.ebpf.internal.LibbpfLibrary;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Skips a method, and never a whole class, where something is missing. */
final class KernelCondition implements ExecutionCondition {

  /** Without these no namespace can be made. */
  private static final long SYS_ADMIN = 1L << 21;

  private static final List<String> MISSING = missing();

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    return context.getTestMethod().isPresent() && !MISSING.isEmpty()
        ? disabled("missing: " + String.join(", ", MISSING))
        : enabled("all there");
  }

  private static List<String> missing() {
    Capabilities capabilities = Capabilities.ofThisThread();
    List<String> missing = new ArrayList<>(capabilities.missing());
    if ((capabilities.effective() & SYS_ADMIN) == 0) {
      missing.add("CAP_SYS_ADMIN");
    }
    Stream.of("ip", "tc", "sysctl").filter(command -> !isThere(command)).forEach(missing::add);
    try {
      String _ = LibbpfLibrary.require();
    } catch (LibbpfUnavailableException e) {
      missing.add("libbpf");
    }
    return missing;
  }

  private static boolean isThere(String command) {
    return Stream.of(System.getenv("PATH").split(":")).anyMatch(folder -> Files.isExecutable(Path.of(folder, command)));
  }
}
