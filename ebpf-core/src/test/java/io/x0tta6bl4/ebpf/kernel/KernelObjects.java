package io.x0tta6bl4.ebpf.kernel;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.x0tta6bl4.ebpf.internal.Errno;
import io.x0tta6bl4.ebpf.internal.libbpf.Libbpf;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;

/** Asks the kernel by number for programs and maps, whoever has them. */
public final class KernelObjects {

  private static final int ROOM = 256;
  private static final int MOST_MAPS = 64;

  /** Source: {@code nr_map_ids} and {@code map_ids} of struct bpf_prog_info, linux/bpf.h. */
  private static final int MAP_COUNT_AT = 52;

  private static final int MAP_IDS_AT = 56;

  private KernelObjects() {}

  /** Whether the kernel still has a program. */
  public static boolean hasProgram(int id) {
    return isThere(Libbpf.bpf_prog_get_fd_by_id(id));
  }

  /** Whether the kernel still has a map. */
  public static boolean hasMap(int id) {
    return isThere(Libbpf.bpf_map_get_fd_by_id(id));
  }

  private static boolean isThere(int fd) {
    if (fd == -Errno.ENOENT) {
      return false;
    }
    Linux.close(requireDescriptor(fd));
    return true;
  }

  /** The numbers of the maps that a program uses. */
  public static List<Integer> mapsOf(int programId) {
    int fd = requireDescriptor(Libbpf.bpf_prog_get_fd_by_id(programId));
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment ids = arena.allocate(JAVA_INT, MOST_MAPS);
      MemorySegment info = arena.allocate(ROOM, Long.BYTES);
      info.set(JAVA_INT, MAP_COUNT_AT, MOST_MAPS);
      info.set(JAVA_LONG, MAP_IDS_AT, ids.address());
      requireDescriptor(Libbpf.bpf_obj_get_info_by_fd(fd, info, arena.allocateFrom(JAVA_INT, ROOM)));
      int[] all = ids.toArray(JAVA_INT);
      return Arrays.stream(all, 0, info.get(JAVA_INT, MAP_COUNT_AT)).boxed().toList();
    } finally {
      Linux.close(fd);
    }
  }

  private static int requireDescriptor(int result) {
    if (result < 0) {
      throw new IllegalStateException(Errno.text(-result));
    }
    return result;
  }
}
