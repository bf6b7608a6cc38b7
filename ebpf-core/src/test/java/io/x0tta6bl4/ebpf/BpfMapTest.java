package io.x0tta6bl4.ebpf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.x0tta6bl4.ebpf.kernel.Namespace;
import io.x0tta6bl4.ebpf.kernel.RawMap;
import io.x0tta6bl4.ebpf.kernel.RequiresKernel;
import io.x0tta6bl4.ebpf.kernel.Samples;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ReadOnlyBufferException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@RequiresKernel
class BpfMapTest {

  /** Many times what is read at once. */
  private static final int MANY = 20_000;

  private static final int E2BIG = 7;

  private BpfObject samples;

  @BeforeEach
  void load() {
    samples = Samples.load();
  }

  @AfterEach
  void close() {
    samples.close();
  }

  private static byte[] number(long value) {
    return ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(value).array();
  }

  /** A value of a per-CPU map, in which each CPU has one more than the one before. */
  private static byte[] numbers(long first) {
    ByteBuffer all = ByteBuffer.allocate(Long.BYTES * BpfMap.possibleCpus()).order(ByteOrder.LITTLE_ENDIAN);
    for (int cpu = 0; cpu < BpfMap.possibleCpus(); cpu++) {
      all.putLong(first + cpu);
    }
    return all.array();
  }

  private static Map<Integer, Long> read(BpfMap map) {
    Map<Integer, Long> read = new HashMap<>();
    map.forEach((key, value) -> assertThat(read.put(key.getInt(0), value.getLong(0))).isNull());
    return read;
  }

  @Test
  void givesBackWhatWasWritten() {
    BpfMap map = samples.map("by_length");

    assertThat(map.lookup(BpfMap.key(5))).isEmpty();
    map.update(BpfMap.key(5), number(42));
    assertThat(map.lookup(BpfMap.key(5))).hasValue(number(42));
    map.update(BpfMap.key(5), number(Long.MIN_VALUE));
    assertThat(map.lookup(BpfMap.key(5))).hasValue(number(Long.MIN_VALUE));
    assertThat(map.delete(BpfMap.key(5))).isTrue();
    assertThat(map.delete(BpfMap.key(5))).isFalse();
    assertThat(map.lookup(BpfMap.key(5))).isEmpty();
  }

  @Test
  void givesBackTheValuesOfAllCpus() {
    BpfMap map = samples.map("by_length_percpu");
    map.update(BpfMap.key(5), numbers(100));

    assertThat(map.lookup(BpfMap.key(5))).hasValue(numbers(100));
    assertThat(map.valueSize()).isEqualTo(Long.BYTES);
  }

  @Test
  void sumsTheValuesOfAllCpus() {
    try (BpfObject counter = BpfObject.open(BundledObject.XDP_COUNTER).load()) {
      BpfMap map = counter.map("packet_count");
      map.update(BpfMap.key(1), numbers(1000));

      int cpus = BpfMap.possibleCpus();
      assertThat(map.sum(1)).isEqualTo(1000L * cpus + cpus * (cpus - 1) / 2);
      assertThat(map.sum(0)).isZero();
    }
  }

  @ParameterizedTest
  @CsvSource({"by_length, HASH", "by_length_percpu, PERCPU_HASH", "other_filter_count, ARRAY", "events, RING_BUFFER"})
  void tellsWhatKindItIs(String map, MapType type) {
    assertThat(samples.map(map).type()).isEqualTo(type);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 1023, 1024, 1025, MANY})
  void tellsEachEntryOnceHoweverManyThereAre(int entries) {
    BpfMap map = samples.map("by_length");
    for (int i = 0; i < entries; i++) {
      map.update(BpfMap.key(i), number(7L * i));
    }

    Map<Integer, Long> expected = IntStream.range(0, entries).boxed().collect(Collectors.toMap(i -> i, i -> 7L * i));
    assertThat(read(map)).isEqualTo(expected);
  }

  @Test
  void tellsEachEntryOfAllCpus() {
    BpfMap map = samples.map("by_length_percpu");
    for (int i = 0; i < 3000; i++) {
      map.update(BpfMap.key(i), numbers(i));
    }
    Map<Integer, ByteBuffer> read = new HashMap<>();
    map.forEach((key, value) -> read.put(key.getInt(0), ByteBuffer.allocate(value.remaining()).put(value).flip()));

    assertThat(read).hasSize(3000);
    read.forEach((key, value) -> assertThat(value).isEqualTo(ByteBuffer.wrap(numbers(key))));
  }

  @Test
  void tellsEachEntryOfAnArray() {
    try (BpfObject classifier = BpfObject.open(BundledObject.TC_CLASSIFIER).load()) {
      BpfMap map = classifier.map("traffic");
      byte[] row = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN).putLong(3).putLong(300).array();
      map.update(BpfMap.key(1023), row);

      Map<Integer, Long> read = read(map);
      assertThat(read).hasSize(1024).containsEntry(1023, 3L);
      assertThat(read.values().stream().mapToLong(Long::longValue).sum()).isEqualTo(3);
    }
  }

  @Test
  void tellsEachEntryWhereTheKernelHasNoBatches(@TempDir Path pins) {
    try (Namespace namespace = new Namespace()) {
      namespace.mountBpfFileSystem(pins);
      try (PinnedMap cpus = namespace.call(() -> RawMap.create(RawMap.CPU_MAP, 4, 1, pins.resolve("cpus")))) {
        assertThat(cpus.map().type()).isEqualTo(MapType.OTHER);
        assertThat(keys(cpus.map())).isEmpty();

        cpus.map().update(BpfMap.key(0), new byte[] {16, 0, 0, 0});
        assertThat(keys(cpus.map())).containsExactly(0);
      }
    }
  }

  private static List<Integer> keys(BpfMap map) {
    List<Integer> keys = new ArrayList<>();
    map.forEach((key, value) -> keys.add(key.getInt(0)));
    return keys;
  }

  @Test
  void tellsEachEntryOfAMapThatDropsSome(@TempDir Path pins) {
    try (Namespace namespace = new Namespace()) {
      namespace.mountBpfFileSystem(pins);
      try (PinnedMap recent = namespace.call(() -> RawMap.create(RawMap.LRU_HASH, 8, 100, pins.resolve("recent")))) {
        for (int i = 0; i < 1000; i++) {
          recent.map().update(BpfMap.key(i), number(i));
        }
        assertThat(recent.map().type()).isEqualTo(MapType.LRU_HASH);
        assertThat(read(recent.map())).isNotEmpty().hasSizeLessThanOrEqualTo(100);
      }
    }
  }

  @Test
  void passesOnWhatItsReaderThrowsAndGoesOn() {
    BpfMap map = samples.map("by_length");
    map.update(BpfMap.key(1), number(1));

    assertThatThrownBy(
            () -> map.forEach((key, value) -> {
              throw new IllegalArgumentException("enough");
            }))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("enough");
    assertThat(read(map)).hasSize(1);
  }

  @Test
  void lendsItsReaderWhatIsValidDuringTheCallOnly() {
    BpfMap map = samples.map("by_length");
    map.update(BpfMap.key(1), number(1));
    AtomicReference<ByteBuffer> kept = new AtomicReference<>();
    map.forEach(
        (key, value) -> {
          assertThatThrownBy(() -> value.putLong(0, 5)).isInstanceOf(ReadOnlyBufferException.class);
          kept.set(value);
        });

    assertThatThrownBy(() -> kept.get().getLong(0)).isInstanceOf(IllegalStateException.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 3, 5, 8})
  void refusesKeysOfAnotherLength(int length) {
    byte[] key = new byte[length];
    for (String name : new String[] {"by_length", "by_length_percpu", "other_filter_count"}) {
      BpfMap map = samples.map(name);
      assertThatThrownBy(() -> map.lookup(key))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(name)
          .hasMessageContaining(length + " bytes")
          .hasMessageContaining("expected 4");
      assertThatThrownBy(() -> map.update(key, number(1))).isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> map.delete(key)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void refusesValuesOfAnotherLength() {
    assertThatThrownBy(() -> samples.map("by_length").update(BpfMap.key(1), new byte[7]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("7 bytes")
        .hasMessageContaining("expected 8");
    int all = Long.BYTES * BpfMap.possibleCpus();
    assertThatThrownBy(() -> samples.map("by_length_percpu").update(BpfMap.key(1), new byte[all - 8]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected " + all);
  }

  @Test
  void refusesMoreThanFits() {
    BpfMap array = samples.map("other_filter_count");
    assertThat(array.lookup(BpfMap.key(1))).isEmpty();
    assertThatThrownBy(() -> array.sum(1)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("below 1");
    assertThatThrownBy(() -> array.sum(-1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> array.update(BpfMap.key(1), number(1)))
        .isInstanceOfSatisfying(BpfException.class, e -> assertThat(e.errno()).hasValue(E2BIG));
    assertThatThrownBy(() -> array.delete(BpfMap.key(0))).isInstanceOf(BpfException.class);

    BpfMap hash = samples.map("by_length");
    for (int i = 0; i < hash.maxEntries(); i++) {
      hash.update(BpfMap.key(i), number(i));
    }
    assertThatThrownBy(() -> hash.update(BpfMap.key(hash.maxEntries()), number(1)))
        .isInstanceOfSatisfying(BpfException.class, e -> assertThat(e.errno()).hasValue(E2BIG));
  }

  @Test
  void refusesWhatItsKindCannot() {
    assertThatThrownBy(() -> samples.map("by_length").sum(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected an array");
    assertThatThrownBy(() -> samples.map("by_length").mapped(false))
        .isInstanceOf(BpfUnsupportedException.class)
        .hasMessageContaining("BPF_F_MMAPABLE");
    assertThatThrownBy(() -> samples.map("by_length").ringBuffer(data -> {}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected a ring buffer");
    assertThatThrownBy(() -> samples.map("events").lookup(new byte[0])).isInstanceOf(BpfException.class);
    assertThatThrownBy(() -> samples.map("events").forEach((key, value) -> {})).isInstanceOf(BpfException.class);
    assertThatThrownBy(() -> samples.map("nothing"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("by_length");
  }

  @Test
  void isTheSameInMemoryAndByLookups() {
    try (BpfObject classifier = BpfObject.open(BundledObject.TC_CLASSIFIER)) {
      classifier.map("traffic").setMaxEntries(5000);
      classifier.load();
      BpfMap map = classifier.map("traffic");
      MappedArray mapped = map.mapped(false);
      assertThat(mapped.entries()).isEqualTo(5000);
      assertThat(mapped.valueSize()).isEqualTo(16);
      for (int entry : new int[] {0, 1, 255, 256, 257, 4999}) {
        map.update(
            BpfMap.key(entry),
            ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN).putLong(entry + 1).putLong(-entry).array());
      }

      map.forEach(
          (key, value) -> {
            int entry = key.getInt(0);
            assertThat(mapped.getLong(entry, 0)).isEqualTo(value.getLong(0));
            assertThat(mapped.getLong(entry, 8)).isEqualTo(value.getLong(8));
            assertThat(mapped.getByte(entry, 8)).isEqualTo(value.get(8));
          });
      assertThat(mapped.getLong(4999, 0)).isEqualTo(5000);
    }
  }

  @Test
  void isWrittenInMemoryWhereItIsMappedSo() {
    try (BpfObject classifier = BpfObject.open(BundledObject.TC_CLASSIFIER).load()) {
      MappedArray writable = classifier.map(".bss").mapped(true);
      MappedArray readOnly = classifier.map(".bss").mapped(false);
      writable.setByte(0, 443, (byte) 9);

      assertThat(readOnly.getByte(0, 443)).isEqualTo((byte) 9);
      assertThat(classifier.map(".bss").lookup(BpfMap.key(0)).orElseThrow()[443]).isEqualTo((byte) 9);
      assertThatThrownBy(() -> classifier.map(".rodata").mapped(true))
          .isInstanceOf(BpfUnsupportedException.class)
          .hasMessageContaining("frozen");
    }
  }

  @Test
  void refusesToWriteInMemoryWhereItIsMappedToBeRead() {
    try (BpfObject classifier = BpfObject.open(BundledObject.TC_CLASSIFIER).load()) {
      MappedArray readOnly = classifier.map(".bss").mapped(false);

      assertThatThrownBy(() -> readOnly.setByte(0, 443, (byte) 9)).isInstanceOf(UnsupportedOperationException.class);
      assertThat(readOnly.getByte(0, 443)).isZero();
    }
  }

  @ParameterizedTest
  @CsvSource({"-1, 0", "1024, 0", "0, -8", "0, 9", "0, 16", "1023, 16", "2147483647, 8"})
  void refusesToReadBesideItsMemory(int entry, int offset) {
    try (BpfObject classifier = BpfObject.open(BundledObject.TC_CLASSIFIER).load()) {
      MappedArray mapped = classifier.map("traffic").mapped(false);

      assertThatThrownBy(() -> mapped.getLong(entry, offset)).isInstanceOf(IndexOutOfBoundsException.class);
    }
  }

  @Test
  void isNotReadOrWrittenBeforeItIsLoaded() {
    try (BpfObject object = BpfObject.open(BundledObject.XDP_COUNTER)) {
      BpfMap map = object.map("packet_count");
      assertThatThrownBy(() -> map.sum(0)).isInstanceOf(IllegalStateException.class).hasMessageContaining("load()");
      assertThatThrownBy(() -> map.update(BpfMap.key(0), numbers(0))).isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(() -> map.mapped(false)).isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(() -> map.pin(Path.of("/nowhere"))).isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(() -> object.program("xdp_counter_prog").info()).isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void isSizedBeforeItIsLoadedAndNotAfter() {
    try (BpfObject object = BpfObject.open(BundledObject.TC_CLASSIFIER)) {
      BpfMap map = object.map("traffic");
      assertThatThrownBy(() -> map.setMaxEntries(0))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("expected at least 1");
      map.setMaxEntries(4096);
      object.load();
      assertThat(map.maxEntries()).isEqualTo(4096);
      map.update(BpfMap.key(4095), new byte[16]);
      assertThatThrownBy(() -> map.setMaxEntries(5)).isInstanceOf(IllegalStateException.class);
    }
  }
}
