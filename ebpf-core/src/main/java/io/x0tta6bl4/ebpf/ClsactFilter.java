package io.x0tta6bl4.ebpf;

import io.x0tta6bl4.ebpf.internal.Capabilities;
import io.x0tta6bl4.ebpf.internal.Errno;
import io.x0tta6bl4.ebpf.internal.KernelInfo;
import io.x0tta6bl4.ebpf.internal.LibbpfLog;
import io.x0tta6bl4.ebpf.internal.NamespaceLock;
import io.x0tta6bl4.ebpf.internal.NetworkNamespace;
import io.x0tta6bl4.ebpf.internal.libbpf.Libbpf;
import io.x0tta6bl4.ebpf.internal.libbpf.bpf_tc_hook;
import io.x0tta6bl4.ebpf.internal.libbpf.bpf_tc_opts;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;

/**
 * A filter of clsact, for kernels without TCX. The kernel keeps it when its owner dies, so it has a handle that nobody gets
 * by chance, by which the next one finds it; and the living own it by a lock that dies with them, so that the next one does
 * not take a filter from somebody who still counts with it.
 */
final class ClsactFilter implements Attachment {

  /** Ours, and this plus 1 at egress: the kernel gives 1, 2, 3 to those who do not choose. */
  private static final int HANDLE = 0x78307462;

  /** Behind the filters of those who do not choose, which the kernel puts at 49152 and downwards. */
  private static final int FIRST_PRIORITY = 57_584;

  private static final int PRIORITIES = 8;

  private final NetworkDevice device;
  private final TcDirection direction;
  private final int priority;
  private final NamespaceLock lock;
  private final String namespace;
  private int programId;

  private ClsactFilter(NetworkDevice device, TcDirection direction, int priority, int programId, NamespaceLock lock) {
    this.device = device;
    this.direction = direction;
    this.priority = priority;
    this.programId = programId;
    this.lock = lock;
    this.namespace = NetworkNamespace.current();
  }

  static ClsactFilter attach(int programFd, String program, NetworkDevice device, TcDirection direction) {
    String what = TcAttacher.what(program, device, direction);
    NamespaceLock lock = NamespaceLock.take("x0tta6bl4/clsact/" + device.index() + "/" + direction.label());
    try (Arena arena = Arena.ofConfined();
        LibbpfLog log = LibbpfLog.listen()) {
      MemorySegment hook = hook(arena, device, direction);
      if (!lock.isOurs()) {
        throw lockFailure(arena, hook, device, direction, what, lock.error());
      }
      int created = Libbpf.bpf_tc_hook_create(hook);
      if (created != 0 && created != -Errno.EEXIST) {
        throw failure(what, device, -created, log.text());
      }
      ClsactFilter filter = claim(arena, hook, new Wish(programFd, program, device, direction, what), lock);
      filter.requireItsOwnDirection(arena, what);
      return filter;
    } catch (RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  private static BpfException lockFailure(
      Arena arena, MemorySegment hook, NetworkDevice device, TcDirection direction, String what, int error) {
    if (error != Errno.EADDRINUSE) {
      return new BpfAttachException(
          device.name(), what + "the socket that marks our place in clsact could not be made", error, "");
    }
    for (int priority = FIRST_PRIORITY; priority < FIRST_PRIORITY + PRIORITIES; priority++) {
      if (Libbpf.bpf_tc_query(hook, options(arena, direction, priority)) == 0) {
        return new BpfAttachException(device.name(), what + "a living process has our filter of clsact there", Errno.EBUSY, "");
      }
    }
    return new BpfAttachException(
        device.name(), what + "another process holds the socket that marks our place in clsact (ss -xap shows it)", Errno.EBUSY, "");
  }

  /**
   * The old queueing discipline {@code ingress}, which the kernel takes for clsact, has one list of filters whatever the
   * direction: a filter for egress there would see what comes in.
   */
  private void requireItsOwnDirection(Arena arena, String what) {
    MemorySegment incoming = hook(arena, device, TcDirection.INGRESS);
    MemorySegment options = options(arena, direction, priority);
    if (direction == TcDirection.EGRESS
        && Libbpf.bpf_tc_query(incoming, options) == 0
        && bpf_tc_opts.prog_id(options) == programId) {
      int _ = Libbpf.bpf_tc_detach(hook(arena, device, direction), options(arena, direction, priority));
      throw new BpfAttachException(
          device.name(),
          what + "the interface has the old queueing discipline 'ingress', which has no egress: tc qdisc replace dev "
              + device.name() + " clsact",
          Errno.EEXIST,
          "");
    }
  }

  private record Wish(int programFd, String program, NetworkDevice device, TcDirection direction, String what) {}

  /** Takes the first priority that is free or has a filter which one of us left behind. */
  private static ClsactFilter claim(Arena arena, MemorySegment hook, Wish wish, NamespaceLock lock) {
    int error = 0;
    try (LibbpfLog log = LibbpfLog.listen()) {
      for (int priority = FIRST_PRIORITY; priority < FIRST_PRIORITY + PRIORITIES; priority++) {
        MemorySegment options = options(arena, wish.direction(), priority);
        bpf_tc_opts.prog_fd(options, wish.programFd());
        error = Libbpf.bpf_tc_attach(hook, options);
        if (error == -Errno.EEXIST && isOurs(arena, hook, wish, priority)) {
          options = options(arena, wish.direction(), priority);
          bpf_tc_opts.prog_fd(options, wish.programFd());
          bpf_tc_opts.flags(options, Libbpf.BPF_TC_F_REPLACE());
          error = Libbpf.bpf_tc_attach(hook, options);
        }
        if (error == 0) {
          return new ClsactFilter(wish.device(), wish.direction(), priority, bpf_tc_opts.prog_id(options), lock);
        }
        if (error != -Errno.EEXIST && error != -Errno.EINVAL) {
          break;
        }
      }
      throw failure(wish.what(), wish.device(), -error, log.text());
    }
  }

  /**
   * Whether the filter at our handle is one that we left behind. Its program's name says so to those who may ask for it
   * ({@code CAP_SYS_ADMIN}); for all others the handle has to do.
   */
  private static boolean isOurs(Arena arena, MemorySegment hook, Wish wish, int priority) {
    MemorySegment options = options(arena, wish.direction(), priority);
    return Libbpf.bpf_tc_query(hook, options) == 0
        && KernelInfo.programById(bpf_tc_opts.prog_id(options))
            .map(info -> !info.name().isEmpty() && wish.program().startsWith(info.name()))
            .orElse(true);
  }

  @Override
  public LinkInfo info() {
    requireNamespace();
    try (Arena arena = Arena.ofConfined();
        LibbpfLog _ = LibbpfLog.listen()) {
      return isThere(arena) ? new LinkInfo(0, programId, device.index()) : new LinkInfo(0, programId, 0);
    }
  }

  /** Whether our filter is where we put it; a kernel that does not tell is no answer. */
  private boolean isThere(Arena arena) {
    MemorySegment options = options(arena, direction, priority);
    int error = Libbpf.bpf_tc_query(hook(arena, device, direction), options);
    return switch (-error) {
      case 0 -> bpf_tc_opts.prog_id(options) == programId;
      // No such filter, no such interface, no clsact on it any more.
      case Errno.ENOENT, Errno.ENODEV, Errno.EINVAL -> false;
      default -> throw new BpfException("the filter of " + device.name() + " could not be asked for", -error, "", null);
    };
  }

  @Override
  public void replace(int programFd, String program) {
    requireNamespace();
    try (Arena arena = Arena.ofConfined();
        LibbpfLog log = LibbpfLog.listen()) {
      MemorySegment options = options(arena, direction, priority);
      bpf_tc_opts.prog_fd(options, programFd);
      bpf_tc_opts.flags(options, Libbpf.BPF_TC_F_REPLACE());
      int error = Libbpf.bpf_tc_attach(hook(arena, device, direction), options);
      if (error != 0) {
        throw failure("program '" + program + "' could not take the filter over: ", device, -error, log.text());
      }
      programId = bpf_tc_opts.prog_id(options);
    }
  }

  @Override
  public void pin(Path path) {
    throw new BpfUnsupportedException(
        "a filter of clsact cannot be pinned as " + path + ": it stays by itself; links need TCX, which came with 6.6", 0, "");
  }

  /** Removes the filter if it is still ours: whoever has put another in its place keeps it. */
  @Override
  public void close() {
    requireNamespace();
    try (Arena arena = Arena.ofConfined();
        LibbpfLog log = LibbpfLog.listen()) {
      if (isThere(arena)) {
        int error = Libbpf.bpf_tc_detach(hook(arena, device, direction), options(arena, direction, priority));
        if (error != 0 && error != -Errno.ENOENT && error != -Errno.ENODEV) {
          throw new BpfException("the filter could not be removed from " + device.name(), -error, log.text(), null);
        }
      }
      // Not before: whoever takes the place over must find it empty.
      lock.close();
    }
  }

  /** An interface's number in another namespace is another interface, perhaps with somebody's filter. */
  private void requireNamespace() {
    if (!namespace.equals(NetworkNamespace.current())) {
      throw new IllegalStateException(
          "the filter of " + device.name() + " is in network namespace " + namespace + ", this thread is in "
              + NetworkNamespace.current());
    }
  }

  private static MemorySegment hook(Arena arena, NetworkDevice device, TcDirection direction) {
    MemorySegment hook = bpf_tc_hook.allocate(arena);
    bpf_tc_hook.sz(hook, bpf_tc_hook.sizeof());
    bpf_tc_hook.ifindex(hook, device.index());
    bpf_tc_hook.attach_point(
        hook, direction == TcDirection.INGRESS ? Libbpf.BPF_TC_INGRESS() : Libbpf.BPF_TC_EGRESS());
    return hook;
  }

  private static MemorySegment options(Arena arena, TcDirection direction, int priority) {
    MemorySegment options = bpf_tc_opts.allocate(arena);
    bpf_tc_opts.sz(options, bpf_tc_opts.sizeof());
    bpf_tc_opts.handle(options, direction == TcDirection.INGRESS ? HANDLE : HANDLE + 1);
    bpf_tc_opts.priority(options, priority);
    return options;
  }

  private static BpfException failure(String what, NetworkDevice device, int errno, String log) {
    return switch (errno) {
      case Errno.EPERM ->
          new BpfPermissionException(what + LoadFailures.missing(Capabilities.ofThisThread()), errno, log);
      case Errno.ENODEV -> new BpfAttachException(device.name(), what + "the interface is gone", errno, log);
      default -> new BpfAttachException(device.name(), what + "the kernel refused", errno, log);
    };
  }
}
