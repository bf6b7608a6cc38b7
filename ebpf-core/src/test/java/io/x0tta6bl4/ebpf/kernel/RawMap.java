package io.x0tta6bl4.ebpf.kernel;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import io.x0tta6bl4.ebpf.PinnedMap;
import io.x0tta6bl4.ebpf.internal.Errno;
import io.x0tta6bl4.ebpf.internal.LibbpfLibrary;
import io.x0tta6bl4.ebpf.internal.libbpf.Libbpf;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;

/** Makes maps that no object of ours has, and hands them over by a pin. */
public final class RawMap {

  /** Source: linux/bpf.h. */
  public static final int LRU_HASH = 9;

  /** Has no batches. */
  public static final int CPU_MAP = 16;

  private static final MethodHandle MH$bpf_map_create;

  static {
    String _ = LibbpfLibrary.require();
    MH$bpf_map_create =
        Linker.nativeLinker()
            .downcallHandle(
                SymbolLookup.libraryLookup("libbpf.so.1", Arena.global()).findOrThrow("bpf_map_create"),
                FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS));
  }

  private RawMap() {}

  /** Makes one with keys of 4 bytes, pins it and opens the pin. */
  public static PinnedMap create(int type, int valueSize, int entries, Path pin) {
    try (Arena arena = Arena.ofConfined()) {
      int fd =
          (int)
              MH$bpf_map_create.invokeExact(type, arena.allocateFrom("raw"), 4, valueSize, entries, MemorySegment.NULL);
      if (fd < 0) {
        throw new IllegalStateException("bpf_map_create: " + Errno.text(-fd));
      }
      try {
        int error = Libbpf.bpf_obj_pin(fd, arena.allocateFrom(pin.toString()));
        if (error != 0) {
          throw new IllegalStateException("bpf_obj_pin: " + Errno.text(-error));
        }
      } finally {
        Linux.close(fd);
      }
      return PinnedMap.open(pin);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }
}
