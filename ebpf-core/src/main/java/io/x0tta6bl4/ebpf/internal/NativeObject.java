package io.x0tta6bl4.ebpf.internal;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import io.x0tta6bl4.ebpf.BpfObjectException;
import io.x0tta6bl4.ebpf.internal.libbpf.Libbpf;
import io.x0tta6bl4.ebpf.internal.libbpf.bpf_object_open_opts;
import java.lang.foreign.Arena;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;

/** A {@code struct bpf_object}. Not thread-safe. */
public final class NativeObject {

  private static final Linker.Option ERRNO = Linker.Option.captureCallState("errno");
  private static final VarHandle VH$errno =
      Linker.Option.captureStateLayout().varHandle(PathElement.groupElement("errno"));

  /** By hand, since the generated one cannot read errno, which tells why there is no object. */
  private static final MethodHandle MH$bpf_object__open_mem =
      Linker.nativeLinker()
          .downcallHandle(
              Libbpf.bpf_object__open_mem$address(), Libbpf.bpf_object__open_mem$descriptor(), ERRNO);

  private final MemorySegment object;

  private NativeObject(MemorySegment object) {
    this.object = object;
  }

  /**
   * Reads an object.
   *
   * @param name what the kernel calls its global variables, cut to 15 bytes
   * @param bytes the file
   * @return the object, to be closed
   * @throws BpfObjectException if libbpf cannot read it
   */
  public static NativeObject open(String name, byte[] bytes) {
    // For the call only: libbpf copies what it needs of the file before it returns.
    try (Arena arena = Arena.ofConfined();
        LibbpfLog log = LibbpfLog.listen()) {
      MemorySegment state = arena.allocate(Linker.Option.captureStateLayout());
      MemorySegment file = arena.allocateFrom(JAVA_BYTE, bytes);
      MemorySegment options = bpf_object_open_opts.allocate(arena);
      bpf_object_open_opts.sz(options, bpf_object_open_opts.sizeof());
      bpf_object_open_opts.object_name(options, arena.allocateFrom(objectName(name)));
      MemorySegment object =
          (MemorySegment) MH$bpf_object__open_mem.invokeExact(state, file, (long) bytes.length, options);
      if (object.address() == 0) {
        String reason = Errno.text((int) VH$errno.get(state, 0L));
        throw new BpfObjectException("'" + name + "' is not a BPF object: " + reason, null, log.text());
      }
      return new NativeObject(object);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }

  /**
   * What the kernel's names of the global variables begin with. A dot in it would be taken for the one in front of the section:
   * libbpf cuts the name of a file in the same way.
   */
  private static String objectName(String name) {
    int dot = name.indexOf('.');
    String stem = dot < 0 ? name : name.substring(0, dot);
    return stem.isEmpty() ? "object" : stem.replaceAll("[^A-Za-z0-9_]", "_");
  }

  /**
   * The maps, in the file's order.
   *
   * @return pointers to {@code struct bpf_map}
   */
  public List<MemorySegment> maps() {
    List<MemorySegment> maps = new ArrayList<>();
    MemorySegment map = Libbpf.bpf_object__next_map(object, MemorySegment.NULL);
    while (map.address() != 0) {
      maps.add(map);
      map = Libbpf.bpf_object__next_map(object, map);
    }
    return maps;
  }

  /**
   * The programs, in the file's order.
   *
   * @return pointers to {@code struct bpf_program}
   */
  public List<MemorySegment> programs() {
    List<MemorySegment> programs = new ArrayList<>();
    MemorySegment program = Libbpf.bpf_object__next_program(object, MemorySegment.NULL);
    while (program.address() != 0) {
      programs.add(program);
      program = Libbpf.bpf_object__next_program(object, program);
    }
    return programs;
  }

  /**
   * Loads it.
   *
   * @return 0, or the positive error number
   */
  public int load() {
    return -Libbpf.bpf_object__load(object);
  }

  /** Frees it; once. */
  public void close() {
    Libbpf.bpf_object__close(object);
  }
}
