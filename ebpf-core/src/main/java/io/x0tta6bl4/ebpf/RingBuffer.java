package io.x0tta6bl4.ebpf;

import io.x0tta6bl4.ebpf.internal.Errno;
import io.x0tta6bl4.ebpf.internal.LibbpfLog;
import io.x0tta6bl4.ebpf.internal.Lifetime;
import io.x0tta6bl4.ebpf.internal.libbpf.Libbpf;
import io.x0tta6bl4.ebpf.internal.libbpf.ring_buffer_sample_fn;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads a ring buffer, in the order in which programs wrote to it. One thread polls at a time; others wait. A poll holds a
 * platform thread, so it is not for virtual ones. Closing waits for the poll that is under way, a tenth of a second at most
 * besides the consumer's own time; closing twice does nothing.
 *
 * @since 0.1.0
 */
public final class RingBuffer implements AutoCloseable {

  /** So that a close need not wait for the end of a long poll. */
  private static final int SLICE_MILLIS = 100;

  private static final long NANOS_A_MILLI = 1_000_000;

  /** For ever, as good as; longer ones would overflow. */
  private static final Duration LONGEST = Duration.ofDays(365);

  /** Ends a poll in the middle; no error number of the kernel. */
  private static final int STOP = -10_000;

  private final MapOwner owner;
  private final String map;
  private final Consumer consumer;
  private final Lifetime lifetime;
  private final Arena arena = Arena.ofShared();
  private final MemorySegment buffer;
  private volatile boolean closing;
  private @Nullable Throwable thrown;
  private @Nullable Arena current;

  /** Gets what programs wrote. */
  @FunctionalInterface
  public interface Consumer {

    /**
     * Gets a record.
     *
     * @param data read-only, little endian, valid during the call only
     */
    void accept(ByteBuffer data);
  }

  private RingBuffer(MapOwner owner, String map, int fd, Consumer consumer) {
    this.owner = owner;
    this.map = map;
    this.consumer = consumer;
    this.lifetime = new Lifetime("reader of ring buffer '" + map + "'");
    MemorySegment sample = ring_buffer_sample_fn.allocate(this::sample, arena);
    this.buffer = Libbpf.ring_buffer__new(fd, sample, MemorySegment.NULL, MemorySegment.NULL);
  }

  /** Opens the reader; only inside a use of the owner. */
  static RingBuffer open(MapOwner owner, String map, int fd, Consumer consumer) {
    try (LibbpfLog log = LibbpfLog.listen()) {
      RingBuffer opened = new RingBuffer(owner, map, fd, consumer);
      if (opened.buffer.address() == 0) {
        opened.arena.close();
        throw new BpfException("ring buffer '" + map + "' could not be opened for reading", 0, log.text(), null);
      }
      return opened;
    }
  }

  /**
   * Waits for records and gives all that are there to the consumer.
   *
   * @param timeout how long to wait if there is none; zero does not wait
   * @return how many records there were; 0 after the timeout, after an interrupt, whose flag stays set, or on close
   * @throws BpfException if the kernel refuses
   * @throws IllegalStateException if it is closed, or polled from inside its own consumer
   */
  public int poll(Duration timeout) {
    long end = System.nanoTime() + (timeout.compareTo(LONGEST) < 0 ? timeout : LONGEST).toNanos();
    try (Lifetime.Use _ = lifetime.enter()) {
      while (true) {
        long left = Math.max(0, end - System.nanoTime());
        int slice = (int) Math.min(SLICE_MILLIS, Math.ceilDiv(left, NANOS_A_MILLI));
        int records = pollOnce(slice);
        if (records != 0 || left == 0 || closing || Thread.currentThread().isInterrupted()) {
          return records;
        }
      }
    }
  }

  private synchronized int pollOnce(int millis) {
    if (current != null) {
      throw new IllegalStateException("ring buffer '" + map + "' cannot be polled from inside of its consumer");
    }
    thrown = null;
    int records;
    // The records' memory is used again after the poll: a consumer that kept one gets an exception from it, no garbage.
    try (Arena poll = Arena.ofConfined()) {
      records = poll(poll, millis);
    }
    Throwable failure = thrown;
    if (failure instanceof RuntimeException e) {
      throw e;
    }
    if (failure instanceof Error e) {
      throw e;
    }
    if (records < 0 && records != -Errno.EINTR) {
      throw new BpfException("ring buffer '" + map + "' could not be read", -records, "", null);
    }
    return Math.max(0, records);
  }

  private int poll(Arena poll, int millis) {
    current = poll;
    try {
      return Libbpf.ring_buffer__poll(buffer, millis);
    } finally {
      current = null;
    }
  }

  /** Called by libbpf. An exception out of it would end the JVM, so it waits until libbpf is left. */
  private int sample(MemorySegment context, MemorySegment data, long size) {
    try {
      MemorySegment record = data.reinterpret(size, Objects.requireNonNull(current), null).asReadOnly();
      consumer.accept(record.asByteBuffer().order(ByteOrder.LITTLE_ENDIAN));
      return 0;
    } catch (Throwable e) {
      thrown = e;
      return STOP;
    }
  }

  @Override
  public void close() {
    lifetime.requireOutside();
    closing = true;
    lifetime.close(
        () -> {
          Libbpf.ring_buffer__free(buffer);
          arena.close();
        });
    owner.disown(this);
  }
}
