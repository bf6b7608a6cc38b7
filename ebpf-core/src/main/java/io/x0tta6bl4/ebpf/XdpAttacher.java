package io.x0tta6bl4.ebpf;

import io.x0tta6bl4.ebpf.internal.Capabilities;
import io.x0tta6bl4.ebpf.internal.Errno;
import io.x0tta6bl4.ebpf.internal.KernelInfo;
import io.x0tta6bl4.ebpf.internal.libbpf.Libbpf;
import io.x0tta6bl4.ebpf.internal.libbpf.bpf_link_create_opts;
import io.x0tta6bl4.ebpf.internal.libbpf.bpf_xdp_query_opts;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Set;

/** Attaches XDP programs by links, and says in words why one could not be. */
final class XdpAttacher {

  /** What drivers answer that cannot do native XDP on an interface as it is set up. */
  private static final Set<Integer> DRIVER_CANNOT =
      Set.of(Errno.EOPNOTSUPP, Errno.ENOTSUPP, Errno.ERANGE, Errno.EINVAL, Errno.ENOMEM);

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
    return new BpfLink(new KernelLink(fd), program, device, outcome);
  }

  /** Without a flag the kernel takes native where the driver has it at all, and does not think again where that fails. */
  private static int automatic(int programFd, NetworkDevice device) {
    int fd = create(programFd, device, 0);
    return fd < 0 && DRIVER_CANNOT.contains(-fd) ? create(programFd, device, Libbpf.XDP_FLAGS_SKB_MODE()) : fd;
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
  static LinkMode modeOf(int index) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment query = query(index, arena);
      return bpf_xdp_query_opts.skb_prog_id(query) != 0 ? LinkMode.GENERIC : LinkMode.NATIVE;
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
      return new BpfAttachException(device.name(), what + "the interface is gone", errno, "");
    }
    return switch (errno) {
      case Errno.EBUSY, Errno.EEXIST -> new BpfAttachException(device.name(), what + owner(device), errno, "");
      case Errno.ERANGE ->
          new BpfUnsupportedException(
              what + "the MTU is too large for the driver's native XDP; generic XDP has no such limit", errno, "");
      case Errno.EOPNOTSUPP, Errno.ENOTSUPP ->
          new BpfUnsupportedException(what + "its driver has no native XDP; generic XDP works on any interface", errno, "");
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
      String name = KernelInfo.programById(id).map(info -> " '" + info.name() + "'").orElse("");
      return "it has XDP program " + id + name + " (" + (generic ? "generic" : "native") + ") already";
    }
  }
}
