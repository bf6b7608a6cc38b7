package io.x0tta6bl4.ebpf;

import static org.junit.jupiter.api.extension.ConditionEvaluationResult.disabled;
import static org.junit.jupiter.api.extension.ConditionEvaluationResult.enabled;

import io.x0tta6bl4.ebpf.internal.Capabilities;
import io.x0tta6bl4.ebpf.internal.LibbpfLibrary;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.List;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A test that loads programs into the kernel; it is skipped, with the reason, where that is not allowed. */
@Target({ElementType.METHOD, ElementType.TYPE})
@Retention(RetentionPolicy.RUNTIME)
@SuppressWarnings({"exports", "missing-explicit-ctor"}) // Tests export nothing.
@ExtendWith(RequiresBpf.Condition.class)
public @interface RequiresBpf {

  /** Looks at the thread's capabilities and for libbpf. */
  final class Condition implements ExecutionCondition {

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      List<String> missing = Capabilities.ofThisThread().missing();
      if (!missing.isEmpty()) {
        return disabled("this process lacks " + String.join(" and ", missing));
      }
      try {
        return enabled("libbpf " + LibbpfLibrary.require());
      } catch (LibbpfUnavailableException e) {
        return disabled(e.getMessage());
      }
    }
  }
}
