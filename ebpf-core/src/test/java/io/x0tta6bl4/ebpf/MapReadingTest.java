package io.x0tta6bl4.ebpf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ReadOnlyBufferException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Maps that a program fills with the lengths of the packets that it is given. */
@RequiresBpf
class MapReadingTest {

  private static final int SHORTEST = 14;

  private BpfObject object;

  @BeforeEach
  void load() {
    object = TestObjects.samples();
  }

  @AfterEach
  void close() {
    object.close();
  }

  @Test
  void whatAProgramWroteIsReadByItsKey() {
    run(64, 3);
    BpfMap lengths = object.map("by_length");
    assertThat(lengths.lookup(BpfMap.key(64)).map(MapReadingTest::number)).contains(3L);
    assertThat(lengths.lookup(BpfMap.key(65))).isEmpty();
    assertThat(lengths.toString()).isEqualTo("map 'by_length' (HASH)");
  }

  @Test
  void aPerCpuValueHasANumberForEachCpu() {
    run(64, 3);
    byte[] value = object.map("by_length_percpu").lookup(BpfMap.key(64)).orElseThrow();
    assertThat(value).hasSize(Long.BYTES * BpfMap.possibleCpus());
    assertThat(sum(ByteBuffer.wrap(value).order(ByteOrder.LITTLE_ENDIAN))).isEqualTo(3);
  }

  @Test
  void allEntriesOfAHashAreReadOnce() {
    Map<Integer, Long> expected = new HashMap<>();
    for (int length = SHORTEST; length < 3_000; length++) {
      run(length, 1);
      expected.put(length, 1L);
    }
    for (String map : List.of("by_length", "by_length_percpu")) {
      List<Integer> keys = new ArrayList<>();
      Map<Integer, Long> found = new HashMap<>();
      object.map(map)
          .forEach(
              (key, value) -> {
                keys.add(key.getInt(0));
                found.put(key.getInt(0), sum(value));
              });
      assertThat(keys).as(map).doesNotHaveDuplicates();
      assertThat(found).as(map).isEqualTo(expected);
    }
  }

  @Test
  void anEmptyHashHasNothingToRead() {
    object.map("by_length").forEach((key, value) -> assertThat(key).as("an entry").isNull());
  }

  @Test
  void allEntriesOfAnArrayAreRead() {
    try (BpfObject counter = BpfObject.open(BundledObject.XDP_COUNTER).load()) {
      counter.program("xdp_counter_prog").testRun(new byte[100], 5);
      Map<Integer, Long> found = new HashMap<>();
      counter.map("packet_count").forEach((key, value) -> found.put(key.getInt(0), sum(value)));
      assertThat(found).isEqualTo(Map.of(0, 5L, 1, 500L));
    }
  }

  @Test
  void whatAReaderGetsCannotBeWritten() {
    run(64, 1);
    object.map("by_length")
        .forEach(
            (key, value) -> {
              assertThatExceptionOfType(ReadOnlyBufferException.class).isThrownBy(() -> key.putInt(0, 1));
              assertThatExceptionOfType(ReadOnlyBufferException.class).isThrownBy(() -> value.putLong(0, 1));
            });
  }

  @Test
  void whatAReaderThrowsEndsTheReading() {
    run(64, 1);
    assertThatExceptionOfType(ArithmeticException.class)
        .isThrownBy(
            () -> object.map("by_length")
                .forEach(
                    (key, value) -> {
                      throw new ArithmeticException("enough");
                    }));
  }

  @Test
  void anEntryIsWrittenReadAndDeleted() {
    BpfMap lengths = object.map("by_length");
    byte[] seven = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(7).array();
    lengths.update(BpfMap.key(64), seven);
    run(64, 1);
    assertThat(lengths.lookup(BpfMap.key(64)).map(MapReadingTest::number)).contains(8L);
    assertThat(lengths.delete(BpfMap.key(64))).isTrue();
    assertThat(lengths.delete(BpfMap.key(64))).isFalse();
    assertThat(lengths.lookup(BpfMap.key(64))).isEmpty();
  }

  @Test
  void keysAndValuesHaveTheirLengths() {
    BpfMap lengths = object.map("by_length");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> lengths.lookup(new byte[3]))
        .withMessage("map 'by_length', key of 3 bytes: expected 4");
    assertThatIllegalArgumentException().isThrownBy(() -> lengths.delete(new byte[8]));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> lengths.update(BpfMap.key(0), new byte[4]))
        .withMessage("map 'by_length', value of 4 bytes: expected 8");
    int all = Long.BYTES * BpfMap.possibleCpus();
    object.map("by_length_percpu").update(BpfMap.key(0), new byte[all]);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> object.map("by_length_percpu").update(BpfMap.key(0), new byte[all + 1]))
        .withMessageContaining("expected " + all);
  }

  @Test
  void whatTheKernelRefusesIsToldWithItsNumber() {
    BpfMap array = object.map("other_filter_count");
    assertThatExceptionOfType(BpfException.class)
        .isThrownBy(() -> array.update(BpfMap.key(1), new byte[8]))
        .withMessage("map 'other_filter_count' could not be written (E2BIG: too long or too many)");
    assertThatExceptionOfType(BpfException.class)
        .isThrownBy(() -> array.delete(BpfMap.key(0)))
        .withMessage("map 'other_filter_count' could not be deleted from (EINVAL: invalid argument)");
  }

  @Test
  void aSumIsOfAnArrayOfNumbersOnly() {
    assertThat(object.map("other_filter_count").sum(0)).isZero();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> object.map("other_filter_count").sum(1))
        .withMessage("map 'other_filter_count', entry 1: expected one below 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> object.map("by_length").sum(0))
        .withMessage("map 'by_length' is a HASH with values of 8 bytes: expected an array of 8-byte numbers");
  }

  @Test
  void theKindsOfMapsAreTold() {
    assertThat(object.map("by_length").type()).isEqualTo(MapType.HASH);
    assertThat(object.map("by_length_percpu").type()).isEqualTo(MapType.PERCPU_HASH);
    assertThat(object.map("events").type()).isEqualTo(MapType.RING_BUFFER);
    assertThat(object.map("other_filter_count").type()).isEqualTo(MapType.ARRAY);
    assertThat(MapType.of(4711)).isEqualTo(MapType.OTHER);
    assertThat(MapType.PERCPU_ARRAY.isPerCpu() && MapType.PERCPU_ARRAY.isArray()).isTrue();
    assertThat(MapType.RING_BUFFER.isPerCpu() || MapType.HASH.isArray()).isFalse();
  }

  private void run(int length, int times) {
    object.program("emit_prog").testRun(new byte[length], times);
  }

  private static long number(byte[] value) {
    return ByteBuffer.wrap(value).order(ByteOrder.LITTLE_ENDIAN).getLong();
  }

  private static long sum(ByteBuffer values) {
    long sum = 0;
    while (values.hasRemaining()) {
      sum += values.getLong();
    }
    return sum;
  }
}
