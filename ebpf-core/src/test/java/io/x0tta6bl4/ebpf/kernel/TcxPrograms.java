package io.x0tta6bl4.ebpf.kernel;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import io.x0tta6bl4.ebpf.NetworkDevice;
import io.x0tta6bl4.ebpf.TcDirection;
import io.x0tta6bl4.ebpf.internal.Errno;
import io.x0tta6bl4.ebpf.internal.libbpf.Libbpf;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;

/** Asks the kernel for the programs that are attached by TCX, which {@code tc} does not show. */
public final class TcxPrograms {

  private static final int INGRESS = 46;
  private static final int EGRESS = 47;
  private static final int ROOM = 64;

  private TcxPrograms() {}

  /** The numbers of the programs, in the order in which they run. */
  public static List<Integer> of(NetworkDevice device, TcDirection direction) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment ids = arena.allocate(JAVA_INT, ROOM);
      MemorySegment count = arena.allocateFrom(JAVA_INT, ROOM);
      int error =
          Libbpf.bpf_prog_query(
              device.index(), direction == TcDirection.INGRESS ? INGRESS : EGRESS, 0, MemorySegment.NULL, ids, count);
      if (error == -Errno.ENOENT) {
        return List.of();
      }
      if (error != 0) {
        throw new IllegalStateException("bpf_prog_query: " + Errno.text(-error));
      }
      int[] all = ids.toArray(JAVA_INT);
      return Arrays.stream(all, 0, count.get(JAVA_INT, 0)).boxed().toList();
    }
  }
}
