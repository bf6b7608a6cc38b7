package io.x0tta6bl4.ebpf.net;

import io.x0tta6bl4.ebpf.BpfLink;
import io.x0tta6bl4.ebpf.BpfMap;
import io.x0tta6bl4.ebpf.BpfObject;
import io.x0tta6bl4.ebpf.BpfProgram;
import io.x0tta6bl4.ebpf.BundledObject;
import io.x0tta6bl4.ebpf.LinkMode;
import io.x0tta6bl4.ebpf.NetworkDevice;
import io.x0tta6bl4.ebpf.ProgramInfo;
import io.x0tta6bl4.ebpf.XdpMode;
import io.x0tta6bl4.ebpf.internal.Features;

/**
 * Counts the frames that come in at an interface, by XDP.
 *
 * {@snippet class="io.x0tta6bl4.ebpf.ExamplesTest" region="count"}
 *
 * <p>Thread-safe. Closing detaches the program; closing twice does nothing; a read after that is an
 * {@link IllegalStateException}.
 *
 * @since 0.1.0
 */
public final class PacketCounter implements AutoCloseable {

  private static final int PACKETS = 0;
  private static final int BYTES = 1;

  private final BpfObject object;
  private final BpfProgram program;
  private final BpfMap counts;
  private final BpfLink link;

  private PacketCounter(BpfObject object, NetworkDevice device, XdpMode mode, boolean fragments) {
    this.object = object;
    this.program = object.program("xdp_counter_prog");
    this.counts = object.map("packet_count");
    if (fragments) {
      program.acceptFragments();
    }
    object.load();
    this.link = program.attachXdp(device, mode);
  }

  /**
   * Counts at an interface, in the driver if it can.
   *
   * @param device its name, in the network namespace of the calling thread
   * @return the counter, which counts already
   * @throws IllegalArgumentException if there is no such interface
   * @throws io.x0tta6bl4.ebpf.BpfAttachException if another XDP program is there
   * @throws io.x0tta6bl4.ebpf.BpfPermissionException if the process may not: it needs {@code CAP_BPF} and
   *     {@code CAP_NET_ADMIN}
   * @throws io.x0tta6bl4.ebpf.LibbpfUnavailableException if there is no libbpf
   */
  public static PacketCounter attach(String device) {
    return attach(NetworkDevice.byName(device), XdpMode.AUTO);
  }

  /**
   * Counts at an interface.
   *
   * @param device the interface
   * @param mode where the program meets the frames
   * @return the counter, which counts already
   * @throws io.x0tta6bl4.ebpf.BpfAttachException if another XDP program is there
   * @throws io.x0tta6bl4.ebpf.BpfUnsupportedException if {@link XdpMode#NATIVE} was asked for and the driver cannot
   * @throws io.x0tta6bl4.ebpf.BpfPermissionException if the process may not
   * @throws io.x0tta6bl4.ebpf.LibbpfUnavailableException if there is no libbpf
   */
  public static PacketCounter attach(NetworkDevice device, XdpMode mode) {
    boolean fragments = mode != XdpMode.GENERIC && Features.xdpFragments();
    PacketCounter counter = attach(device, mode, fragments);
    if (fragments && counter.link.mode() == LinkMode.GENERIC) {
      counter.close();
      return attach(device, XdpMode.GENERIC, false);
    }
    return counter;
  }

  /**
   * Not with fragments where it is generic: for such a program the kernel (6.18) copies frames and forgets how long their
   * Ethernet header is, so that TC programs behind it find none. Without, it puts frames into one piece, which is the same here.
   */
  private static PacketCounter attach(NetworkDevice device, XdpMode mode, boolean fragments) {
    BundledObject bundled = Features.xdpFragments() ? BundledObject.XDP_COUNTER : BundledObject.XDP_COUNTER_LINEAR;
    return ClosedOnFailure.use(BpfObject.open(bundled), object -> new PacketCounter(object, device, mode, fragments));
  }

  /**
   * Reads what came in since it was attached. Packets and bytes can differ by the frame that is coming in.
   *
   * @return the counts
   * @throws IllegalStateException if it is closed
   */
  public Counts read() {
    return new Counts(counts.sum(PACKETS), counts.sum(BYTES));
  }

  /**
   * The attachment.
   *
   * @return its interface, its mode, and whether it still stands
   */
  public BpfLink link() {
    return link;
  }

  /**
   * What the kernel says of the program.
   *
   * @return its number, tag and run time
   * @throws IllegalStateException if it is closed
   */
  public ProgramInfo program() {
    return program.info();
  }

  /**
   * Whether it was closed.
   *
   * @return whether {@link #close} was called
   */
  public boolean isClosed() {
    return object.isClosed();
  }

  @Override
  public void close() {
    object.close();
  }

  @Override
  public String toString() {
    return "packet counter, " + link;
  }
}
