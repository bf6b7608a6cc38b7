package io.x0tta6bl4.ebpf;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.x0tta6bl4.ebpf.internal.Libc;
import io.x0tta6bl4.ebpf.internal.libbpf.Libbpf;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;

/**
 * An array map in this process's memory: reading a number costs a load from memory, not a call of the kernel. A read is a
 * moment of one number; two numbers that are read after each other need not be of the same moment.
 *
 * <p>Thread-safe. After it, or its map's object, is closed, a read is an {@link IllegalStateException}.
 *
 * @since 0.1.0
 */
public final class MappedArray implements AutoCloseable {

  /** Whole and in the order of the program, as the kernel writes them; no more is needed for counters that only grow. */
  private static final VarHandle LONG = JAVA_LONG.varHandle();

  private static final int PAGE = 4096;

  private final MapOwner owner;
  private final Arena arena;
  private final MemorySegment memory;
  private final int entries;
  private final int valueSize;
  private final int stride;

  private MappedArray(MapOwner owner, Arena arena, MemorySegment memory, int entries, int valueSize) {
    this.owner = owner;
    this.arena = arena;
    this.memory = memory;
    this.entries = entries;
    this.valueSize = valueSize;
    this.stride = stride(valueSize);
  }

  private static int stride(int valueSize) {
    return Math.ceilDiv(valueSize, Long.BYTES) * Long.BYTES;
  }

  /** Maps; only inside a use of the owner. */
  @SuppressWarnings("MustBeClosedChecker") // The array closes it.
  static MappedArray map(MapOwner owner, BpfMap map, int fd, boolean writable) {
    long used = (long) stride(map.valueSize()) * map.maxEntries();
    long size = Math.ceilDiv(used, PAGE) * PAGE;
    int protection = Libbpf.PROT_READ() | (writable ? Libbpf.PROT_WRITE() : 0);
    Libc.Mapping mapping = Libc.mmap(size, protection, fd);
    if (mapping.error() != 0) {
      throw new BpfUnsupportedException(
          "map '" + map.name() + "' could not be mapped" + (writable ? " writable" : "")
              + ": it must be an array made with BPF_F_MMAPABLE, and not frozen if it is to be written",
          mapping.error(),
          "");
    }
    Arena arena = Arena.ofShared();
    // The arena ends the mapping, and no access can come after it or be under way then.
    MemorySegment memory =
        mapping.address().reinterpret(used, arena, segment -> Libc.munmap(segment, size));
    MappedArray array =
        new MappedArray(owner, arena, writable ? memory : memory.asReadOnly(), map.maxEntries(), map.valueSize());
    owner.own(array);
    return array;
  }

  /**
   * How many entries there are.
   *
   * @return at least 1
   */
  public int entries() {
    return entries;
  }

  /**
   * How long a value is.
   *
   * @return bytes
   */
  public int valueSize() {
    return valueSize;
  }

  /**
   * Reads a number of 8 bytes.
   *
   * @param entry from 0
   * @param offset in the value, a multiple of 8
   * @return the number
   * @throws IndexOutOfBoundsException if there is no such place
   * @throws IllegalStateException if it is closed
   */
  public long getLong(int entry, int offset) {
    return (long) LONG.getOpaque(memory, at(entry, offset, Long.BYTES));
  }

  /**
   * Reads a byte.
   *
   * @param entry from 0
   * @param offset in the value
   * @return the byte
   * @throws IndexOutOfBoundsException if there is no such place
   * @throws IllegalStateException if it is closed
   */
  public byte getByte(int entry, int offset) {
    return memory.get(JAVA_BYTE, at(entry, offset, 1));
  }

  /**
   * Writes a byte, while programs run.
   *
   * @param entry from 0
   * @param offset in the value
   * @param value the byte
   * @throws IndexOutOfBoundsException if there is no such place
   * @throws UnsupportedOperationException if it was not mapped writable
   * @throws IllegalStateException if it is closed
   */
  public void setByte(int entry, int offset, byte value) {
    // The kernel's answer to such a write would be the end of the JVM.
    if (memory.isReadOnly()) {
      throw new UnsupportedOperationException("the map was mapped for reading only: expected mapped(true)");
    }
    memory.set(JAVA_BYTE, at(entry, offset, 1), value);
  }

  private long at(int entry, int offset, int size) {
    // The sum is checked by the segment for the last entry only.
    if (entry < 0 || entry >= entries || offset < 0 || offset > valueSize - size) {
      throw new IndexOutOfBoundsException(
          "entry " + entry + ", offset " + offset + ": expected an entry below " + entries + " and " + size
              + " bytes within " + valueSize);
    }
    return (long) entry * stride + offset;
  }

  /** Ends the mapping; the map stays. Closing twice does nothing. */
  @Override
  public void close() {
    owner.disown(this);
    synchronized (arena) {
      if (arena.scope().isAlive()) {
        arena.close();
      }
    }
  }
}
