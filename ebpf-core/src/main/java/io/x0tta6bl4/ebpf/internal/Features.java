package io.x0tta6bl4.ebpf.internal;

import io.x0tta6bl4.ebpf.internal.libbpf.Libbpf;
import java.lang.foreign.MemorySegment;

/** What the running kernel can do, found out by trying. */
public final class Features {

  /** Source: linux/bpf.h of 5.18. */
  private static final int FUNC_XDP_GET_BUFF_LEN = 188;

  private Features() {}

  /**
   * Whether XDP programs may see frames in several pieces, and can tell how long they are.
   *
   * @return whether the kernel has both, which came together with 5.18
   */
  public static boolean xdpFragments() {
    return XdpFragments.THERE;
  }

  /** Asked once: it does not change while a machine runs. */
  private static final class XdpFragments {
    static final boolean THERE = ask();

    private static boolean ask() {
      String _ = LibbpfLibrary.require();
      try (LibbpfLog _ = LibbpfLog.listen()) {
        // An answer other than no (0) comes where the process may not ask; loading tells the same in better words.
        return Libbpf.libbpf_probe_bpf_helper(Libbpf.BPF_PROG_TYPE_XDP(), FUNC_XDP_GET_BUFF_LEN, MemorySegment.NULL) != 0;
      }
    }
  }
}
