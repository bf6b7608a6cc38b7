package io.x0tta6bl4.ebpf.kernel;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Tests that make network namespaces and attach programs there. Where that is not allowed each method is skipped by its name,
 * so that the report tells what was not shown. What they need is set up in {@code @BeforeEach}, which is skipped with them.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(KernelCondition.class)
public @interface RequiresKernel {}
