package io.x0tta6bl4.ebpf;

import io.x0tta6bl4.ebpf.internal.Capabilities;
import io.x0tta6bl4.ebpf.internal.Errno;
import io.x0tta6bl4.ebpf.internal.libbpf.Libbpf;
import java.lang.foreign.MemorySegment;

/** Attaches TC programs: by a link where the kernel has TCX, else by a filter of clsact. */
final class TcAttacher {

  /** The attach types of TCX, which are younger than the oldest libbpf that is supported. Source: linux/bpf.h of 6.6. */
  private static final int TCX_INGRESS = 46;

  private static final int TCX_EGRESS = 47;

  private TcAttacher() {}

  static BpfLink attach(int programFd, String program, NetworkDevice device, TcDirection direction, TcMode mode) {
    if (mode == TcMode.CLSACT) {
      return clsact(programFd, program, device, direction);
    }
    int type = direction == TcDirection.INGRESS ? TCX_INGRESS : TCX_EGRESS;
    int fd = Libbpf.bpf_link_create(programFd, device.index(), type, MemorySegment.NULL);
    if (fd >= 0) {
      return new BpfLink(new KernelLink(fd), program, device, LinkMode.TCX);
    }
    // A kernel without TCX does not know the type. By trying, not by its version: distributions port back.
    if (fd == -Errno.EINVAL && mode == TcMode.AUTO) {
      return clsact(programFd, program, device, direction);
    }
    throw failure(program, device, direction, -fd);
  }

  private static BpfLink clsact(int programFd, String program, NetworkDevice device, TcDirection direction) {
    return new BpfLink(ClsactFilter.attach(programFd, program, device, direction), program, device, LinkMode.CLSACT);
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
