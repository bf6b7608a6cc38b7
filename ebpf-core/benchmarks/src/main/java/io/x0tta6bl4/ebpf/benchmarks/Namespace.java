package io.x0tta6bl4.ebpf.benchmarks;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.IOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * A network namespace with two virtual interfaces that are each other's wire. It is that of one thread and of the processes
 * which that starts, and ends with them, whatever ends those: nothing can be left behind.
 */
final class Namespace {

  /** The interface to attach to. */
  static final String DEVICE = "bench0";

  private static final String OTHER_END = "bench1";
  private static final int CLONE_NEWNET = 0x40000000;

  private Namespace() {}

  /** What is to be done in the namespace. */
  interface Work {

    /** Does it, in the thread whose namespace it is. */
    void run() throws Exception;
  }

  static void run(Work work) throws Exception {
    FutureTask<Void> task =
        new FutureTask<>(
            () -> {
              enter();
              ip("link", "add", DEVICE, "type", "veth", "peer", "name", OTHER_END);
              ip("link", "set", DEVICE, "up");
              ip("link", "set", OTHER_END, "up");
              work.run();
              return null;
            });
    Thread.ofPlatform().name("namespace").start(task);
    try {
      task.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Exception failure) {
        throw failure;
      }
      throw e;
    }
  }

  private static void enter() {
    Linker linker = Linker.nativeLinker();
    MethodHandle unshare =
        linker.downcallHandle(
            linker.defaultLookup().findOrThrow("unshare"), FunctionDescriptor.of(JAVA_INT, JAVA_INT));
    int result;
    try {
      result = (int) unshare.invokeExact(CLONE_NEWNET);
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
    if (result != 0) {
      throw new CannotRunException("no network namespace can be made, which needs CAP_SYS_ADMIN: run as root");
    }
  }

  private static void ip(String... arguments) throws InterruptedException {
    String[] command = new String[arguments.length + 1];
    command[0] = "ip";
    System.arraycopy(arguments, 0, command, 1, arguments.length);
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      if (process.waitFor() != 0) {
        throw new CannotRunException(String.join(" ", command) + ": " + said);
      }
    } catch (IOException e) {
      throw new CannotRunException("ip is missing: install iproute2", e);
    }
  }
}
