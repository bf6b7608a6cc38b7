package io.x0tta6bl4.ebpf;

import io.x0tta6bl4.ebpf.internal.Errno;
import io.x0tta6bl4.ebpf.internal.libbpf.Libbpf;
import java.lang.foreign.Arena;
import java.nio.file.Path;

/** Names in the BPF file system, which keep maps and links beyond the process that made them. */
final class Pins {

  private Pins() {}

  static void pin(int fd, Path path) {
    try (Arena arena = Arena.ofConfined()) {
      int error = Libbpf.bpf_obj_pin(fd, arena.allocateFrom(path.toString()));
      if (error != 0) {
        throw new BpfException(path + " could not be pinned: " + hint(-error), -error, "", null);
      }
    }
  }

  /** The descriptor, which the caller closes. */
  static int open(Path path) {
    try (Arena arena = Arena.ofConfined()) {
      int fd = Libbpf.bpf_obj_get(arena.allocateFrom(path.toString()));
      if (fd < 0) {
        throw new BpfException(path + " could not be opened as a pinned map or link: " + hint(-fd), -fd, "", null);
      }
      return fd;
    }
  }

  private static String hint(int errno) {
    return switch (errno) {
      case Errno.EINVAL, Errno.EPERM, Errno.EACCES ->
          "it is not in a BPF file system (mount -t bpf bpf /sys/fs/bpf), it is of another kind, or this process may not";
      case Errno.EEXIST -> "there is something of that name";
      case Errno.ENOENT -> "there is nothing of that name, or the folder is not there";
      default -> "the kernel refused";
    };
  }
}
