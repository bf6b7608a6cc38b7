package io.x0tta6bl4.ebpf;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import io.x0tta6bl4.ebpf.internal.libbpf.Libbpf;
import io.x0tta6bl4.ebpf.internal.libbpf.bpf_test_run_opts;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Runs a TC program on packets that stand for many, as GSO and GRO make them, by what the kernel is told of them beside
 * their bytes. Source of the offsets: {@code struct __sk_buff} of linux/bpf.h.
 */
public final class ContextRunner implements AutoCloseable {

  private static final int CONTEXT_SIZE = 192;
  private static final int WIRE_LENGTH = 160;
  private static final int GSO_SEGMENTS = 164;
  private static final int GSO_SIZE = 176;

  private final BpfProgram program;
  private final Arena arena = Arena.ofConfined();
  private final MemorySegment context = arena.allocate(CONTEXT_SIZE, Long.BYTES);
  private final MemorySegment data = arena.allocate(1 << 16);
  private final MemorySegment options = bpf_test_run_opts.allocate(arena);

  /**
   * For one thread.
   *
   * @param program loaded
   */
  public ContextRunner(BpfProgram program) {
    this.program = program;
    bpf_test_run_opts.sz(options, bpf_test_run_opts.sizeof());
    bpf_test_run_opts.data_in(options, data);
    bpf_test_run_opts.ctx_in(options, context);
    bpf_test_run_opts.ctx_size_in(options, CONTEXT_SIZE);
    bpf_test_run_opts.repeat(options, 1);
  }

  /**
   * Runs it once.
   *
   * @param packet a frame
   * @param segments {@code gso_segs}, 0 for a packet that stands for itself
   * @param size {@code gso_size}
   * @param wireLength {@code wire_len}, at least the packet's
   * @return what the program returned
   */
  public int run(byte[] packet, int segments, int size, int wireLength) {
    MemorySegment.copy(packet, 0, data, JAVA_BYTE, 0, packet.length);
    bpf_test_run_opts.data_size_in(options, packet.length);
    bpf_test_run_opts.data_size_out(options, 0);
    context.set(JAVA_INT, GSO_SEGMENTS, segments);
    context.set(JAVA_INT, GSO_SIZE, size);
    context.set(JAVA_INT, WIRE_LENGTH, wireLength);
    int error = Libbpf.bpf_prog_test_run_opts(program.fd(), options);
    if (error != 0) {
      throw new BpfException(
          packet.length + " bytes, " + segments + " segments of " + size + ", on the wire " + wireLength,
          -error,
          "",
          null);
    }
    return bpf_test_run_opts.retval(options);
  }

  @Override
  public void close() {
    arena.close();
  }
}
