package io.x0tta6bl4.ebpf.kernel;

import io.x0tta6bl4.ebpf.BpfObject;
import io.x0tta6bl4.ebpf.NetworkDevice;
import io.x0tta6bl4.ebpf.TcDirection;
import io.x0tta6bl4.ebpf.internal.libbpf.Libbpf;
import io.x0tta6bl4.ebpf.internal.libbpf.bpf_tc_hook;
import io.x0tta6bl4.ebpf.internal.libbpf.bpf_tc_opts;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** A filter of clsact that somebody else attached, past our library, and that counts what it sees. */
public final class ForeignFilter implements AutoCloseable {

  private final BpfObject object;

  private ForeignFilter(BpfObject object) {
    this.object = object;
  }

  /**
   * Attaches one in the network namespace of the calling thread, in the place of one that is there.
   *
   * @param priority 0 to have the kernel choose
   * @param handle 0 to have the kernel choose
   */
  public static ForeignFilter attach(NetworkDevice device, TcDirection direction, int priority, int handle) {
    BpfObject object = Samples.load();
    int fd = Libbpf.bpf_prog_get_fd_by_id(object.program("other_filter_prog").info().id());
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment hook = bpf_tc_hook.allocate(arena);
      bpf_tc_hook.sz(hook, bpf_tc_hook.sizeof());
      bpf_tc_hook.ifindex(hook, device.index());
      bpf_tc_hook.attach_point(
          hook, direction == TcDirection.INGRESS ? Libbpf.BPF_TC_INGRESS() : Libbpf.BPF_TC_EGRESS());
      int _ = Libbpf.bpf_tc_hook_create(hook);
      MemorySegment options = bpf_tc_opts.allocate(arena);
      bpf_tc_opts.sz(options, bpf_tc_opts.sizeof());
      bpf_tc_opts.prog_fd(options, fd);
      bpf_tc_opts.priority(options, priority);
      bpf_tc_opts.handle(options, handle);
      bpf_tc_opts.flags(options, handle == 0 ? 0 : Libbpf.BPF_TC_F_REPLACE());
      int error = Libbpf.bpf_tc_attach(hook, options);
      if (error != 0) {
        throw new IllegalStateException("the foreign filter could not be attached: " + -error);
      }
      return new ForeignFilter(object);
    } finally {
      Linux.close(fd);
    }
  }

  /** How many packets it has seen. */
  public long seen() {
    return object.map("other_filter_count").sum(0);
  }

  /** Leaves the filter where it is: it goes with the interface. */
  @Override
  public void close() {
    object.close();
  }
}
