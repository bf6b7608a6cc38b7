package io.x0tta6bl4.ebpf.benchmarks;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.function.Supplier;

/**
 * Lets the calling thread load a program with CAP_BPF and CAP_NET_ADMIN alone, for which the verifier guards it against what a
 * CPU may guess, as it does not for root.
 */
final class LeastPrivilege {

  private static final int VERSION_3 = 0x20080522;
  private static final int NET_ADMIN = 1 << 12;
  private static final int BPF = 1 << (39 - Integer.SIZE);

  /** Effective, permitted and inheritable, of the first 32 capabilities, then of the others. */
  private static final long SETS_SIZE = 24;

  private static final long FIRST_EFFECTIVE = 0;
  private static final long SECOND_EFFECTIVE = 12;

  private static final MethodHandle MH$capget = handle("capget");
  private static final MethodHandle MH$capset = handle("capset");

  private LeastPrivilege() {}

  private static MethodHandle handle(String name) {
    Linker linker = Linker.nativeLinker();
    return linker.downcallHandle(
        linker.defaultLookup().findOrThrow(name), FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS));
  }

  static <T> T load(Supplier<T> loader) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment header = arena.allocateFrom(JAVA_INT, VERSION_3, 0);
      MemorySegment all = arena.allocate(SETS_SIZE, Integer.BYTES);
      call(MH$capget, header, all);
      MemorySegment few = arena.allocate(SETS_SIZE, Integer.BYTES).copyFrom(all);
      few.set(JAVA_INT, FIRST_EFFECTIVE, NET_ADMIN);
      few.set(JAVA_INT, SECOND_EFFECTIVE, BPF);
      call(MH$capset, header, few);
      try {
        return loader.get();
      } finally {
        call(MH$capset, header, all);
      }
    }
  }

  private static void call(MethodHandle function, MemorySegment header, MemorySegment sets) {
    int result;
    try {
      result = (int) function.invokeExact(header, sets);
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
    if (result != 0) {
      throw new IllegalStateException("the capabilities of this thread could not be read or changed");
    }
  }
}
