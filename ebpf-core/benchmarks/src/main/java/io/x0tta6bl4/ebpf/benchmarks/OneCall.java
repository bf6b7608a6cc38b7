package io.x0tta6bl4.ebpf.benchmarks;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.invoke.MethodHandle;

/** What the JDK takes for the first call of a foreign function, whatever that is. */
final class OneCall {

  private OneCall() {}

  /**
   * Prints a line like that of {@link FirstCount}, with the number of the process.
   *
   * @param args ignored
   * @throws Throwable never
   */
  public static void main(String[] args) throws Throwable {
    long start = System.nanoTime();
    Linker linker = Linker.nativeLinker();
    MethodHandle getpid =
        linker.downcallHandle(linker.defaultLookup().findOrThrow("getpid"), FunctionDescriptor.of(JAVA_INT));
    int process = (int) getpid.invokeExact();
    System.out.println(System.nanoTime() - start + " " + process);
  }
}
