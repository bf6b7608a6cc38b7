package io.x0tta6bl4.ebpf.internal;

import java.util.Map;

/** Error numbers of Linux, the same on x86-64 and aarch64, and of libbpf. Source: asm-generic/errno-base.h, errno.h, libbpf.h. */
public final class Errno {

  public static final int EPERM = 1;
  public static final int ENOENT = 2;
  public static final int EINTR = 4;
  public static final int E2BIG = 7;
  public static final int EBADF = 9;
  public static final int ENOMEM = 12;
  public static final int EACCES = 13;
  public static final int EBUSY = 16;
  public static final int EEXIST = 17;
  public static final int ENODEV = 19;
  public static final int EINVAL = 22;
  public static final int ENOSPC = 28;
  public static final int ERANGE = 34;
  public static final int EOPNOTSUPP = 95;
  public static final int EADDRINUSE = 98;

  /** The kernel's own "not supported", which some calls let out to programs. */
  public static final int ENOTSUPP = 524;

  private static final Map<Integer, String> TEXTS =
      Map.ofEntries(
          Map.entry(EPERM, "EPERM: operation not permitted"),
          Map.entry(ENOENT, "ENOENT: no such file or entry"),
          Map.entry(EINTR, "EINTR: interrupted"),
          Map.entry(E2BIG, "E2BIG: too long or too many"),
          Map.entry(EBADF, "EBADF: bad file descriptor"),
          Map.entry(ENOMEM, "ENOMEM: out of memory"),
          Map.entry(EACCES, "EACCES: permission denied"),
          Map.entry(EBUSY, "EBUSY: device or resource busy"),
          Map.entry(EEXIST, "EEXIST: already there"),
          Map.entry(ENODEV, "ENODEV: no such device"),
          Map.entry(20, "ENOTDIR: not a directory"),
          Map.entry(EINVAL, "EINVAL: invalid argument"),
          Map.entry(24, "EMFILE: too many open files"),
          Map.entry(ENOSPC, "ENOSPC: no space left"),
          Map.entry(30, "EROFS: read-only file system"),
          Map.entry(ERANGE, "ERANGE: out of range"),
          Map.entry(38, "ENOSYS: not implemented by this kernel"),
          Map.entry(EOPNOTSUPP, "EOPNOTSUPP: not supported"),
          Map.entry(EADDRINUSE, "EADDRINUSE: address in use"),
          Map.entry(ENOTSUPP, "ENOTSUPP: not supported"),
          Map.entry(4000, "libbpf: libelf failed"),
          Map.entry(4001, "libbpf: not a valid BPF object"),
          Map.entry(4002, "libbpf: unknown kernel version in the object"),
          Map.entry(4003, "libbpf: the object's byte order is another"),
          Map.entry(4004, "libbpf: internal error"),
          Map.entry(4005, "libbpf: relocation failed"),
          Map.entry(4006, "libbpf: the program could not be loaded"),
          Map.entry(4007, "libbpf: the verifier refused the program"));

  private Errno() {}

  /**
   * Says what a number means.
   *
   * @param errno positive
   * @return its name and meaning, or the number alone where it is not one of those that BPF calls return
   */
  public static String text(int errno) {
    return TEXTS.getOrDefault(errno, "errno " + errno);
  }
}
