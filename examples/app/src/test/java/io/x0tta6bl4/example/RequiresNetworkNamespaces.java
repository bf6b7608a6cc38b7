package io.x0tta6bl4.example;

import java.io.IOException;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/** For tests that make network namespaces and load BPF programs: skipped, each by its name, where the rights are missing. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(RequiresNetworkNamespaces.Condition.class)
@interface RequiresNetworkNamespaces {

  /** Tries it: what counts is whether it works. */
  final class Condition implements ExecutionCondition {

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      AnnotatedElement element = context.getElement().orElse(null);
      if (!(element instanceof Method)) {
        return ConditionEvaluationResult.enabled("asked for each test");
      }
      return Tried.WORKS
          ? ConditionEvaluationResult.enabled("network namespaces can be made")
          : ConditionEvaluationResult.disabled("needs root on Linux with iproute2: 'ip netns add' does not work here");
    }
  }

  /** Once for all tests. */
  final class Tried {

    static final boolean WORKS = run("add") && run("delete");

    private Tried() {}

    private static boolean run(String verb) {
      try {
        String name = "x0try" + ProcessHandle.current().pid();
        return new ProcessBuilder("ip", "netns", verb, name).inheritIO().start().waitFor() == 0;
      } catch (IOException e) {
        return false;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
  }
}
