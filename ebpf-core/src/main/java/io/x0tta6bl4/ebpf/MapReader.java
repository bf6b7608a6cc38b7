package io.x0tta6bl4.ebpf;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import io.x0tta6bl4.ebpf.internal.Errno;
import io.x0tta6bl4.ebpf.internal.libbpf.Libbpf;
import io.x0tta6bl4.ebpf.internal.libbpf.bpf_map_batch_opts;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.BiConsumer;

/** Reads all entries of a map: in batches, or one by one where the kernel has no batches for it. */
final class MapReader {

  private static final int BATCH = 1024;

  /** A hash map's batch holds whole buckets, so one that is full of collisions needs more room. */
  private static final int LARGEST_BATCH = 1 << 20;

  private final BpfMap map;
  private final int fd;
  private final int entrySize;
  private final int room;

  MapReader(BpfMap map, int fd, int entrySize, int room) {
    this.map = map;
    this.fd = fd;
    this.entrySize = entrySize;
    this.room = room;
  }

  void read(BiConsumer<ByteBuffer, ByteBuffer> reader) {
    // Where one value lies after the other is known of known types only.
    boolean known = map.type() != MapType.OTHER;
    if (!known || !readBatches(reader, Math.min(BATCH, Math.max(1, map.maxEntries())))) {
      readOneByOne(reader);
    }
  }

  private enum Outcome {
    DONE,
    NO_BATCHES,
    NEEDS_MORE_ROOM
  }

  /** Whether the kernel has batches for this map; if not, nothing was read. */
  private boolean readBatches(BiConsumer<ByteBuffer, ByteBuffer> reader, int firstSize) {
    try (Arena arena = Arena.ofConfined()) {
      Place place = new Place(arena, map.keySize());
      int size = firstSize;
      Outcome outcome;
      do {
        outcome = readBatches(reader, place, size);
        size *= 2;
      } while (outcome == Outcome.NEEDS_MORE_ROOM);
      return outcome == Outcome.DONE;
    }
  }

  /** Goes on from a place, as far as a room of this size will do. */
  private Outcome readBatches(BiConsumer<ByteBuffer, ByteBuffer> reader, Place place, int size) {
    try (Arena room = Arena.ofConfined()) {
      MemorySegment options = bpf_map_batch_opts.allocate(room);
      bpf_map_batch_opts.sz(options, bpf_map_batch_opts.sizeof());
      MemorySegment count = room.allocate(JAVA_INT);
      MemorySegment keys = room.allocate((long) size * map.keySize(), Long.BYTES);
      MemorySegment values = room.allocate((long) size * entrySize, Long.BYTES);
      while (true) {
        count.set(JAVA_INT, 0, size);
        int error = Libbpf.bpf_map_lookup_batch(fd, place.from(), place.to, keys, values, count, options);
        if (error == -Errno.ENOSPC && size < LARGEST_BATCH) {
          return Outcome.NEEDS_MORE_ROOM;
        }
        if (place.isBeginning && (error == -Errno.EINVAL || error == -Errno.ENOTSUPP || error == -Errno.EOPNOTSUPP)) {
          return Outcome.NO_BATCHES;
        }
        if (error != 0 && error != -Errno.ENOENT) {
          throw new BpfException("map '" + map.name() + "' could not be read", -error, "", null);
        }
        tell(reader, keys, values, count.get(JAVA_INT, 0));
        // The last batch is told together with the end.
        if (error == -Errno.ENOENT) {
          return Outcome.DONE;
        }
        place.advance();
      }
    }
  }

  /** How far the map was read: an index, a bucket or, with some kinds of maps, a key. */
  private static final class Place {

    private final MemorySegment from;
    private final MemorySegment to;
    private boolean isBeginning = true;

    Place(Arena arena, int keySize) {
      int size = Math.max(keySize, Long.BYTES);
      from = arena.allocate(size, Long.BYTES);
      to = arena.allocate(size, Long.BYTES);
    }

    MemorySegment from() {
      return isBeginning ? MemorySegment.NULL : from;
    }

    void advance() {
      from.copyFrom(to);
      isBeginning = false;
    }
  }

  private void tell(BiConsumer<ByteBuffer, ByteBuffer> reader, MemorySegment keys, MemorySegment values, int count) {
    for (int i = 0; i < count; i++) {
      reader.accept(
          view(keys.asSlice((long) i * map.keySize(), map.keySize())),
          view(values.asSlice((long) i * entrySize, entrySize)));
    }
  }

  private static ByteBuffer view(MemorySegment segment) {
    return segment.asReadOnly().asByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
  }

  private void readOneByOne(BiConsumer<ByteBuffer, ByteBuffer> reader) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment key = arena.allocate(map.keySize(), Long.BYTES);
      MemorySegment next = arena.allocate(map.keySize(), Long.BYTES);
      MemorySegment value = arena.allocate(room, Long.BYTES);
      int error = Libbpf.bpf_map_get_next_key(fd, MemorySegment.NULL, next);
      while (error == 0) {
        MemorySegment.copy(next, JAVA_BYTE, 0, key, JAVA_BYTE, 0, map.keySize());
        int found = Libbpf.bpf_map_lookup_elem(fd, key, value);
        if (found == 0) {
          reader.accept(view(key), view(value.asSlice(0, entrySize)));
        } else if (found != -Errno.ENOENT) {
          throw new BpfException("map '" + map.name() + "' could not be read", -found, "", null);
        }
        error = Libbpf.bpf_map_get_next_key(fd, key, next);
      }
      if (error != -Errno.ENOENT) {
        throw new BpfException("map '" + map.name() + "' could not be read", -error, "", null);
      }
    }
  }
}
