package io.x0tta6bl4.ebpf;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import io.x0tta6bl4.ebpf.internal.Capabilities;
import io.x0tta6bl4.ebpf.internal.Errno;
import io.x0tta6bl4.ebpf.internal.libbpf.Libbpf;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.stream.IntStream;

/** Attaches TC programs: by a link where the kernel has TCX, else by a filter of clsact. */
final class TcAttacher {

  /** The attach types of TCX, which are younger than the oldest libbpf that is supported. Source: linux/bpf.h of 6.6. */
  private static final int TCX_INGRESS = 46;

  private static final int TCX_EGRESS = 47;

  /** On one hook; the kernel allows no more. Source: BPF_MPROG_MAX of linux/bpf_mprog.h. */
  private static final int MOST_PROGRAMS = 64;

  private TcAttacher() {}

  static BpfLink attach(int programFd, String program, NetworkDevice device, TcDirection direction, TcMode mode) {
    if (mode == TcMode.CLSACT) {
      return clsact(programFd, program, device, direction);
    }
    int type = direction == TcDirection.INGRESS ? TCX_INGRESS : TCX_EGRESS;
    int fd = Libbpf.bpf_link_create(programFd, device.index(), type, MemorySegment.NULL);
    if (fd >= 0) {
      return new BpfLink(new KernelLink(fd), program, device, LinkMode.TCX, direction.label());
    }
    // A kernel without TCX does not know the type. By trying, not by its version: distributions port back.
    if (fd == -Errno.EINVAL && mode == TcMode.AUTO) {
      return clsact(programFd, program, device, direction);
    }
    throw failure(program, device, direction, -fd);
  }

  static TcDirection direction(int attachType) {
    return attachType == TCX_INGRESS ? TcDirection.INGRESS : TcDirection.EGRESS;
  }

  /** Whether TCX has a program on an interface of the calling thread's network namespace. */
  static boolean hasProgram(int index, int attachType, int programId) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment ids = arena.allocate(JAVA_INT, MOST_PROGRAMS);
      MemorySegment count = arena.allocateFrom(JAVA_INT, MOST_PROGRAMS);
      int error = Libbpf.bpf_prog_query(index, attachType, 0, MemorySegment.NULL, ids, count);
      int found = error == 0 ? Math.min(count.get(JAVA_INT, 0), MOST_PROGRAMS) : 0;
      return IntStream.range(0, found).anyMatch(i -> ids.getAtIndex(JAVA_INT, i) == programId);
    }
  }

  private static BpfLink clsact(int programFd, String program, NetworkDevice device, TcDirection direction) {
    ClsactFilter filter = ClsactFilter.attach(programFd, program, device, direction);
    return new BpfLink(filter, program, device, LinkMode.CLSACT, direction.label());
  }

  private static BpfException failure(String program, NetworkDevice device, TcDirection direction, int errno) {
    String what = what(program, device, direction);
    return switch (errno) {
      case Errno.EINVAL -> new BpfUnsupportedException(what + "the kernel has no TCX, which came with 6.6", errno, "");
      case Errno.ENODEV -> new BpfAttachException(device.name(), what + "the interface is gone", errno, "");
      case Errno.EEXIST -> new BpfAttachException(device.name(), what + "this very program is there already", errno, "");
      case Errno.EPERM ->
          new BpfPermissionException(what + LoadFailures.missing(Capabilities.ofThisThread()), errno, "");
      default -> new BpfAttachException(device.name(), what + "the kernel refused", errno, "");
    };
  }

  static String what(String program, NetworkDevice device, TcDirection direction) {
    return "program '" + program + "' could not be attached to " + device.name() + " (" + direction.label() + "): ";
  }
}
