package io.x0tta6bl4.ebpf;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.x0tta6bl4.ebpf.internal.Errno;
import io.x0tta6bl4.ebpf.internal.KernelInfo;
import io.x0tta6bl4.ebpf.internal.LibbpfLibrary;
import io.x0tta6bl4.ebpf.internal.Lifetime;
import io.x0tta6bl4.ebpf.internal.libbpf.Libbpf;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A map: what programs and their readers have in common. It lives as long as the {@link BpfObject} or {@link PinnedMap} that it
 * is of. Numbers inside keys and values are little endian. The value of a per-CPU map is one value after the other, each
 * padded to a multiple of 8 bytes, for each CPU that the machine can have. Thread-safe once its object is loaded.
 *
 * @since 0.1.0
 */
public final class BpfMap {

  /** Any: make the entry or change it. */
  private static final long ANY = 0;

  private final MapOwner owner;

  private final @Nullable MemorySegment map;
  private final int fixedFd;
  private final String name;
  private final MapType type;
  private final int keySize;
  private final int valueSize;
  private volatile int maxEntries;

  /** A map of an object, which gets its descriptor when that is loaded. */
  BpfMap(MapOwner owner, MemorySegment map) {
    this.owner = owner;
    this.map = map;
    this.fixedFd = -1;
    this.name = publicName(Libbpf.bpf_map__name(map).getString(0));
    this.type = MapType.of(Libbpf.bpf_map__type(map));
    this.keySize = Libbpf.bpf_map__key_size(map);
    this.valueSize = Libbpf.bpf_map__value_size(map);
    this.maxEntries = Libbpf.bpf_map__max_entries(map);
    // The kernel takes the number as unsigned, runs out of memory, and has been seen to fall over its own clean-up then.
    if (maxEntries < 0) {
      throw new BpfObjectException(
          "map '" + name + "', " + Integer.toUnsignedString(maxEntries) + " entries: expected at most " + Integer.MAX_VALUE,
          null,
          "");
    }
  }

  /** A map that is in the kernel already. */
  BpfMap(MapOwner owner, int fd, KernelInfo.MapInfo info) {
    this.owner = owner;
    this.map = null;
    this.fixedFd = fd;
    this.name = info.name();
    this.type = MapType.of(info.type());
    this.keySize = info.keySize();
    this.valueSize = info.valueSize();
    this.maxEntries = info.maxEntries();
  }

  /** The maps of global variables have the object's name in front, cut; {@code .bss} and the like say enough. */
  private static String publicName(String libbpfName) {
    int dot = libbpfName.indexOf('.');
    return dot < 0 ? libbpfName : libbpfName.substring(dot);
  }

  /**
   * Its name.
   *
   * @return as in C; of a pinned map cut to 15 bytes
   */
  public String name() {
    return name;
  }

  /**
   * What kind of map it is.
   *
   * @return the type
   */
  public MapType type() {
    return type;
  }

  /**
   * How long a key is.
   *
   * @return bytes
   */
  public int keySize() {
    return keySize;
  }

  /**
   * How long a value is, for one CPU.
   *
   * @return bytes
   */
  public int valueSize() {
    return valueSize;
  }

  /**
   * How many entries fit.
   *
   * @return at least 1
   */
  public int maxEntries() {
    return maxEntries;
  }

  /**
   * How many CPUs the machine can have, and so how many values an entry of a per-CPU map has.
   *
   * @return at least 1
   * @throws BpfException if the kernel does not tell
   * @throws LibbpfUnavailableException if there is no libbpf
   */
  public static int possibleCpus() {
    String _ = LibbpfLibrary.require();
    if (PossibleCpus.COUNT < 1) {
      throw new BpfException(
          "/sys does not tell how many CPUs the machine can have", Math.negateExact(PossibleCpus.COUNT), "", null);
    }
    return PossibleCpus.COUNT;
  }

  /**
   * Sets how many entries fit, before its object is loaded.
   *
   * @param entries at least 1
   * @throws IllegalArgumentException if it is not
   * @throws IllegalStateException if the object is loaded or closed
   * @throws BpfException if libbpf refuses it
   */
  public void setMaxEntries(int entries) {
    if (entries < 1) {
      throw new IllegalArgumentException("map '" + name + "', " + entries + " entries: expected at least 1");
    }
    try (Lifetime.Use _ = owner.use()) {
      owner.requireOpen();
      check(Libbpf.bpf_map__set_max_entries(pointer(), entries), "resized");
      maxEntries = entries;
    }
  }

  /** The value that a map of global variables will begin with; only before load. */
  MemorySegment initialValue() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment size = arena.allocate(JAVA_LONG);
      MemorySegment value = Libbpf.bpf_map__initial_value(pointer(), size);
      return value.reinterpret(size.get(JAVA_LONG, 0));
    }
  }

  /**
   * Reads an entry.
   *
   * @param key exactly {@link #keySize} bytes
   * @return the value, for all CPUs if it is per CPU; empty if there is no such entry
   * @throws BpfException if the kernel refuses
   * @throws IllegalStateException if the object is not loaded, or closed
   */
  public Optional<byte[]> lookup(byte[] key) {
    checkKey(key);
    try (Lifetime.Use _ = owner.use();
        Arena arena = Arena.ofConfined()) {
      MemorySegment value = arena.allocate(room(), Long.BYTES);
      int error = Libbpf.bpf_map_lookup_elem(fd(), arena.allocateFrom(JAVA_BYTE, key), value);
      if (error == -Errno.ENOENT) {
        return Optional.empty();
      }
      check(error, "read");
      return Optional.of(value.asSlice(0, entrySize()).toArray(JAVA_BYTE));
    }
  }

  /**
   * Writes an entry.
   *
   * @param key exactly {@link #keySize} bytes
   * @param value as {@link #lookup} gives it
   * @throws BpfException if the kernel refuses, for instance because the map is full
   * @throws IllegalStateException if the object is not loaded, or closed
   */
  public void update(byte[] key, byte[] value) {
    checkKey(key);
    if (value.length != entrySize()) {
      throw new IllegalArgumentException(
          "map '" + name + "', value of " + value.length + " bytes: expected " + entrySize());
    }
    try (Lifetime.Use _ = owner.use();
        Arena arena = Arena.ofConfined()) {
      MemorySegment written = arena.allocate(room(), Long.BYTES);
      MemorySegment.copy(value, 0, written, JAVA_BYTE, 0, value.length);
      check(Libbpf.bpf_map_update_elem(fd(), arena.allocateFrom(JAVA_BYTE, key), written, ANY), "written");
    }
  }

  /**
   * Deletes an entry. Entries of an array cannot be deleted.
   *
   * @param key exactly {@link #keySize} bytes
   * @return whether it was there
   * @throws BpfException if the kernel refuses
   * @throws IllegalStateException if the object is not loaded, or closed
   */
  public boolean delete(byte[] key) {
    checkKey(key);
    try (Lifetime.Use _ = owner.use();
        Arena arena = Arena.ofConfined()) {
      int error = Libbpf.bpf_map_delete_elem(fd(), arena.allocateFrom(JAVA_BYTE, key));
      if (error == -Errno.ENOENT) {
        return false;
      }
      check(error, "deleted from");
      return true;
    }
  }

  /**
   * Reads a number of 8 bytes from an array, summed over all CPUs if it is per CPU.
   *
   * @param index below {@link #maxEntries}
   * @return the number
   * @throws IllegalArgumentException if it is no array of such numbers, or there is no such entry
   * @throws IllegalStateException if the object is not loaded, or closed
   */
  public long sum(int index) {
    if (!type.isArray() || valueSize != Long.BYTES) {
      throw new IllegalArgumentException(
          "map '" + name + "' is a " + type + " with values of " + valueSize + " bytes: expected an array of 8-byte numbers");
    }
    byte[] value =
        lookup(key(index))
            .orElseThrow(
                () -> new IllegalArgumentException(
                    "map '" + name + "', entry " + index + ": expected one below " + maxEntries));
    ByteBuffer numbers = ByteBuffer.wrap(value).order(ByteOrder.LITTLE_ENDIAN);
    long sum = 0;
    while (numbers.hasRemaining()) {
      sum += numbers.getLong();
    }
    return sum;
  }

  /**
   * The key of an array's entry.
   *
   * @param index from 0
   * @return 4 bytes, little endian
   */
  public static byte[] key(int index) {
    return ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN).putInt(index).array();
  }

  /**
   * Reads all entries, many at once where the kernel can (5.6; per-CPU arrays 5.13). Entries that come or go meanwhile may be
   * told or not; one may be told twice.
   *
   * @param reader gets key and value, read-only and little endian; they are valid during its call only
   * @throws BpfException if the kernel refuses
   * @throws IllegalStateException if the object is not loaded, or closed
   */
  public void forEach(BiConsumer<ByteBuffer, ByteBuffer> reader) {
    try (Lifetime.Use _ = owner.use()) {
      int fd = fd();
      new MapReader(this, fd, entrySize(), room()).read(reader);
    }
  }

  /**
   * Maps an array into this process's memory.
   *
   * @param writable whether it is to be written too
   * @return the mapping, which is closed with the map's object at the latest
   * @throws BpfUnsupportedException if it is no array made with {@code BPF_F_MMAPABLE}, or is frozen
   * @throws IllegalStateException if the object is not loaded, or closed
   */
  public MappedArray mapped(boolean writable) {
    try (Lifetime.Use _ = owner.use()) {
      return MappedArray.map(owner, this, fd(), writable);
    }
  }

  /**
   * Opens the reader of a ring buffer.
   *
   * @param consumer gets each record, read-only and little endian, valid during its call only; what it throws ends the poll
   * @return the reader, which is closed with the map's object at the latest
   * @throws IllegalArgumentException if it is no ring buffer
   * @throws IllegalStateException if the object is not loaded, or closed
   */
  public RingBuffer ringBuffer(RingBuffer.Consumer consumer) {
    if (type != MapType.RING_BUFFER) {
      throw new IllegalArgumentException("map '" + name + "' is a " + type + ": expected a ring buffer");
    }
    try (Lifetime.Use _ = owner.use()) {
      RingBuffer buffer = RingBuffer.open(owner, name, fd(), consumer);
      owner.own(buffer);
      return buffer;
    }
  }

  /**
   * Keeps the map beyond the life of this process, until the file is deleted.
   *
   * @param path a new file in a BPF file system
   * @throws BpfException if it cannot be made
   * @throws IllegalStateException if the object is not loaded, or closed
   */
  public void pin(Path path) {
    try (Lifetime.Use _ = owner.use()) {
      Pins.pin(fd(), path);
    }
  }

  private int entrySize() {
    return type.isPerCpu() ? forAllCpus() : valueSize;
  }

  /** What the kernel may write: of a type that is not known here, it may be a value for each CPU. */
  private int room() {
    return type == MapType.OTHER ? forAllCpus() : entrySize();
  }

  private int forAllCpus() {
    return Math.multiplyExact(Math.ceilDiv(valueSize, Long.BYTES) * Long.BYTES, possibleCpus());
  }

  private int fd() {
    owner.requireLoaded();
    return map == null ? fixedFd : Libbpf.bpf_map__fd(map);
  }

  private MemorySegment pointer() {
    if (map == null) {
      throw new IllegalStateException("map '" + name + "' is in the kernel already");
    }
    return map;
  }

  private void checkKey(byte[] key) {
    if (key.length != keySize) {
      throw new IllegalArgumentException(
          "map '" + name + "', key of " + key.length + " bytes: expected " + keySize);
    }
  }

  private void check(int result, String what) {
    if (result < 0) {
      throw new BpfException("map '" + name + "' could not be " + what, -result, "", null);
    }
  }

  /** Never changes while a machine runs; only where the library is there. */
  private static final class PossibleCpus {
    static final int COUNT = Libbpf.libbpf_num_possible_cpus();
  }

  @Override
  public String toString() {
    return "map '" + name + "' (" + type + ")";
  }
}
