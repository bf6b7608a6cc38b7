package io.x0tta6bl4.ebpf;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import io.x0tta6bl4.ebpf.internal.KernelInfo;
import io.x0tta6bl4.ebpf.internal.Lifetime;
import io.x0tta6bl4.ebpf.internal.libbpf.Libbpf;
import io.x0tta6bl4.ebpf.internal.libbpf.bpf_test_run_opts;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.Objects;

/**
 * A program of a {@link BpfObject}. It lives as long as the object. Thread-safe once the object is loaded.
 *
 * @since 0.1.0
 */
public final class BpfProgram {

  /** Room for a program that makes the packet longer; what XDP may put in front of it, and a tag or two. */
  private static final int ROOM_TO_GROW = 256;

  /** What the kernel's test run takes as a packet at the least. */
  private static final int SHORTEST_PACKET = 14;

  /** Source: linux/bpf.h. */
  private static final int TYPE_TC = 3;

  private static final int TYPE_XDP = 6;

  /** Source: BPF_LOG_LEVEL1 and BPF_LOG_STATS of linux/bpf_verifier.h. */
  private static final int LOG_AND_STATISTICS = 1 | 4;

  private final BpfObject object;
  private final MemorySegment program;
  private final String name;
  private final String section;

  BpfProgram(BpfObject object, MemorySegment program) {
    this.object = object;
    this.program = program;
    this.name = Libbpf.bpf_program__name(program).getString(0);
    this.section = Libbpf.bpf_program__section_name(program).getString(0);
  }

  /**
   * Its name.
   *
   * @return as in C, whole
   */
  public String name() {
    return name;
  }

  /**
   * The section that it was compiled into, which says what kind of program it is.
   *
   * @return for instance {@code xdp} or {@code tc}
   */
  public String section() {
    return section;
  }

  /**
   * Says that an XDP program can cope with frames in several pieces, as drivers give them with large MTUs. Before load; the
   * kernel must be 5.18 or later. Not for {@link XdpMode#GENERIC}, which needs it nowhere: seen on 6.18, TC programs behind such a
   * program find packets without their Ethernet header.
   *
   * @throws IllegalStateException if the object is loaded or closed
   */
  public void acceptFragments() {
    try (Lifetime.Use _ = object.use()) {
      object.requireOpen();
      int flags = Libbpf.bpf_program__flags(program) | Libbpf.BPF_F_XDP_HAS_FRAGS();
      int _ = Libbpf.bpf_program__set_flags(program, flags);
    }
  }

  /**
   * Leaves the program out when the object is loaded.
   *
   * @throws IllegalStateException if the object is loaded or closed
   */
  public void leaveOut() {
    try (Lifetime.Use _ = object.use()) {
      object.requireOpen();
      int _ = Libbpf.bpf_program__set_autoload(program, false);
    }
  }

  /** Has the verifier write its log though all is well. */
  void askForLog() {
    int _ = Libbpf.bpf_program__set_log_level(program, LOG_AND_STATISTICS);
  }

  /**
   * Attaches an XDP program by a link of the kernel, which ends with the process, whatever ends that.
   *
   * @param device of the calling thread's network namespace
   * @param mode where frames meet it
   * @return the link; closing it detaches the program
   * @throws IllegalArgumentException if it is no XDP program
   * @throws BpfAttachException if another program is in the way, or the interface is gone
   * @throws BpfUnsupportedException if the driver has no native XDP, or not for the interface's MTU
   * @throws BpfPermissionException if the process may not
   * @throws IllegalStateException if the object is not loaded, or closed
   */
  public BpfLink attachXdp(NetworkDevice device, XdpMode mode) {
    Objects.requireNonNull(device, "device");
    Objects.requireNonNull(mode, "mode");
    try (Lifetime.Use _ = object.use()) {
      int fd = fd();
      requireType(fd, TYPE_XDP, "an XDP program");
      return own(XdpAttacher.attach(fd, name, device, mode));
    }
  }

  /**
   * Attaches a TC program. It sees packets beside all others that are attached there.
   *
   * @param device of the calling thread's network namespace
   * @param direction which packets
   * @param mode how
   * @return the link; closing it detaches the program
   * @throws IllegalArgumentException if it is no TC program
   * @throws BpfAttachException if the interface is gone, or another living process has our place in clsact
   * @throws BpfUnsupportedException if the kernel has no TCX and {@link TcMode#TCX} was asked for
   * @throws BpfPermissionException if the process may not
   * @throws IllegalStateException if the object is not loaded, or closed
   */
  public BpfLink attachTc(NetworkDevice device, TcDirection direction, TcMode mode) {
    Objects.requireNonNull(device, "device");
    Objects.requireNonNull(direction, "direction");
    Objects.requireNonNull(mode, "mode");
    try (Lifetime.Use _ = object.use()) {
      int fd = fd();
      requireType(fd, TYPE_TC, "a TC program");
      return own(TcAttacher.attach(fd, name, device, direction, mode));
    }
  }

  BpfObject takeOver(Attachment attachment) {
    try (Lifetime.Use _ = object.use()) {
      attachment.replace(fd(), name);
      return object;
    }
  }

  /** The kernel's own word for a program of another type is the one that it has for much else. */
  private void requireType(int fd, int type, String expected) {
    boolean other = KernelInfo.program(fd).filter(info -> info.type() != type).isPresent();
    if (other) {
      throw new IllegalArgumentException(
          "program '" + name + "' is of section '" + section + "': expected " + expected);
    }
  }

  private BpfLink own(BpfLink link) {
    link.ownedBy(object);
    return link;
  }

  /**
   * Runs the program on a packet, without any interface.
   *
   * @param packet a frame with its Ethernet header, at least 14 bytes
   * @param repeat how often, at least 1
   * @return what the program returned, the packet as it left it, and the average time of a run
   * @throws IllegalArgumentException if the packet is too short or {@code repeat} is not positive
   * @throws BpfException if the kernel cannot test-run a program of this type
   * @throws IllegalStateException if the object is not loaded, or closed
   */
  public TestRun testRun(byte[] packet, int repeat) {
    if (packet.length < SHORTEST_PACKET) {
      throw new IllegalArgumentException(
          "packet of " + packet.length + " bytes: expected at least the " + SHORTEST_PACKET + " of an Ethernet header");
    }
    if (repeat < 1) {
      throw new IllegalArgumentException("repeat " + repeat + ": expected at least 1");
    }
    try (Lifetime.Use _ = object.use();
        Arena arena = Arena.ofConfined()) {
      MemorySegment out = arena.allocate(packet.length + ROOM_TO_GROW);
      MemorySegment options = bpf_test_run_opts.allocate(arena);
      bpf_test_run_opts.sz(options, bpf_test_run_opts.sizeof());
      bpf_test_run_opts.data_in(options, arena.allocateFrom(JAVA_BYTE, packet));
      bpf_test_run_opts.data_size_in(options, packet.length);
      bpf_test_run_opts.data_out(options, out);
      bpf_test_run_opts.data_size_out(options, Math.toIntExact(out.byteSize()));
      bpf_test_run_opts.repeat(options, repeat);
      int error = Libbpf.bpf_prog_test_run_opts(fd(), options);
      if (error != 0) {
        throw new BpfException("program '" + name + "' could not be run on a packet", -error, "", null);
      }
      return new TestRun(
          bpf_test_run_opts.retval(options),
          out.asSlice(0, bpf_test_run_opts.data_size_out(options)).toArray(JAVA_BYTE),
          Duration.ofNanos(Integer.toUnsignedLong(bpf_test_run_opts.duration(options))));
    }
  }

  /**
   * What the kernel says of the loaded program.
   *
   * @return its number, tag, size and run time
   * @throws IllegalStateException if the object is not loaded, or closed
   */
  public ProgramInfo info() {
    try (Lifetime.Use _ = object.use()) {
      return KernelInfo.program(fd())
          .orElseThrow(() -> new BpfException("the kernel tells nothing of program '" + name + "'", 0, "", null));
    }
  }

  /** The descriptor; only inside a use of the object. */
  int fd() {
    object.requireLoaded();
    int fd = Libbpf.bpf_program__fd(program);
    if (fd < 0) {
      throw new IllegalStateException("program '" + name + "' was left out when the object was loaded");
    }
    return fd;
  }

  @Override
  public String toString() {
    return "program '" + name + "'";
  }
}
