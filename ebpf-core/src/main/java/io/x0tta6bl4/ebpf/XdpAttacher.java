package io.x0tta6bl4.ebpf;

import io.x0tta6bl4.ebpf.internal.Capabilities;
import io.x0tta6bl4.ebpf.internal.Errno;
import io.x0tta6bl4.ebpf.internal.KernelInfo;
import io.x0tta6bl4.ebpf.internal.libbpf.Libbpf;
import io.x0tta6bl4.ebpf.internal.libbpf.bpf_link_create_opts;
import io.x0tta6bl4.ebpf.internal.libbpf.bpf_xdp_query_opts;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Optional;
import java.util.Set;

/** Attaches XDP programs by links, and says in words why one could not be. */
final class XdpAttacher {

  /** What has nothing to do with the driver, and generic XDP would not mend; drivers have many words for no. */
  private static final Set<Integer> NOT_THE_DRIVER = Set.of(Errno.EPERM, Errno.EBUSY, Errno.EEXIST, Errno.ENODEV);

  static final String HOOK = "xdp";

  private XdpAttacher() {}

  static BpfLink attach(int programFd, String program, NetworkDevice device, XdpMode mode) {
    int fd =
        switch (mode) {
          case AUTO -> automatic(programFd, device);
          case NATIVE -> create(programFd, device, Libbpf.XDP_FLAGS_DRV_MODE());
          case GENERIC -> create(programFd, device, Libbpf.XDP_FLAGS_SKB_MODE());
        };
    if (fd < 0) {
      throw failure(program, device, mode, -fd);
    }
    LinkMode outcome =
        switch (mode) {
          case AUTO -> modeOf(device.index());
          case NATIVE -> LinkMode.NATIVE;
          case GENERIC -> LinkMode.GENERIC;
        };
    return new BpfLink(new KernelLink(fd), program, device, outcome, HOOK);
  }

  /** Without a flag the kernel takes native where the driver has it at all, and does not think again where that fails. */
  private static int automatic(int programFd, NetworkDevice device) {
    int fd = create(programFd, device, 0);
    if (fd >= 0 || NOT_THE_DRIVER.contains(-fd)) {
      return fd;
    }
    int generic = create(programFd, device, Libbpf.XDP_FLAGS_SKB_MODE());
    // Where that fails too, the first answer says more.
    return generic >= 0 ? generic : fd;
  }

  private static int create(int programFd, NetworkDevice device, int flags) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment options = bpf_link_create_opts.allocate(arena);
      bpf_link_create_opts.sz(options, bpf_link_create_opts.sizeof());
      bpf_link_create_opts.flags(options, flags);
      return Libbpf.bpf_link_create(programFd, device.index(), Libbpf.BPF_XDP(), options);
    }
  }

  /** Which mode the program of an interface has; there is one at most, since links of two modes exclude each other. */
  private static LinkMode modeOf(int index) {
    try (Arena arena = Arena.ofConfined()) {
      return bpf_xdp_query_opts.skb_prog_id(query(index, arena)) != 0 ? LinkMode.GENERIC : LinkMode.NATIVE;
    }
  }

  /** Which mode a program has on an interface of the calling thread's network namespace; empty if it is not there. */
  static Optional<LinkMode> modeOf(int index, int programId) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment query = query(index, arena);
      if (bpf_xdp_query_opts.skb_prog_id(query) == programId) {
        return Optional.of(LinkMode.GENERIC);
      }
      return bpf_xdp_query_opts.drv_prog_id(query) == programId ? Optional.of(LinkMode.NATIVE) : Optional.empty();
    }
  }

  private static MemorySegment query(int index, Arena arena) {
    MemorySegment query = bpf_xdp_query_opts.allocate(arena);
    bpf_xdp_query_opts.sz(query, bpf_xdp_query_opts.sizeof());
    int _ = Libbpf.bpf_xdp_query(index, 0, query);
    return query;
  }

  private static BpfException failure(String program, NetworkDevice device, XdpMode mode, int errno) {
    String what = "program '" + program + "' could not be attached to " + device.name() + " (" + mode.label() + "): ";
    // Of an interface that is not there the kernel says EINVAL, as of much else.
    if (errno == Errno.EINVAL && !device.isHere()) {
      return new BpfAttachException(device.name(), what + "the interface is gone", Errno.ENODEV, "");
    }
    return switch (errno) {
      case Errno.EBUSY, Errno.EEXIST -> new BpfAttachException(device.name(), what + owner(device), errno, "");
      case Errno.ERANGE ->
          new BpfUnsupportedException(
              what + "the MTU is too large for the driver's native XDP; generic XDP has no such limit", errno, "");
      case Errno.EOPNOTSUPP, Errno.ENOTSUPP ->
          new BpfUnsupportedException(what + "its driver has no native XDP; generic XDP works on any interface", errno, "");
      case Errno.ENOSPC ->
          new BpfUnsupportedException(
              what + "its driver has too few queues for native XDP; generic XDP works on any interface", errno, "");
      case Errno.ENODEV ->
          new BpfAttachException(device.name(), what + "the interface is gone", errno, "");
      case Errno.EPERM ->
          new BpfPermissionException(what + LoadFailures.missing(Capabilities.ofThisThread()), errno, "");
      default -> new BpfAttachException(device.name(), what + "the kernel refused", errno, "");
    };
  }

  private static String owner(NetworkDevice device) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment query = query(device.index(), arena);
      boolean generic = bpf_xdp_query_opts.skb_prog_id(query) != 0;
      int id = generic ? bpf_xdp_query_opts.skb_prog_id(query) : bpf_xdp_query_opts.drv_prog_id(query);
      if (id == 0) {
        id = bpf_xdp_query_opts.prog_id(query);
      }
      if (id == 0) {
        return "it has none of its own, so a device above it (a bond, say) has one";
      }
      String name = KernelInfo.programById(id).map(info -> " '" + info.name() + "'").orElse("");
      return "it has XDP program " + id + name + " (" + (generic ? "generic" : "native") + ") already";
    }
  }
}
