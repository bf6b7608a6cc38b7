package io.x0tta6bl4.ebpf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The classifier's table and its ports, in memory. */
@RequiresBpf
class MappedArrayTest {

  private static final int SLOTS = 1 << 10;
  private static final int ENTRIES = SLOTS * BpfMap.possibleCpus();
  private static final int ARP = 3 << 8;

  private BpfObject object;

  @BeforeEach
  void load() {
    object = BpfObject.open(BundledObject.TC_CLASSIFIER);
    object.map("traffic").setMaxEntries(ENTRIES);
    object.load();
  }

  @AfterEach
  void close() {
    object.close();
  }

  @Test
  void showsWhatAProgramCountsWithoutBeingAsked() {
    MappedArray table = object.map("traffic").mapped(false);
    assertThat(table.entries()).isEqualTo(ENTRIES);
    assertThat(table.valueSize()).isEqualTo(16);
    for (int i = 1; i <= 3; i++) {
      object.program("tc_classifier_prog").testRun(arp(), 10);
      assertThat(sum(table, 0)).isEqualTo(10L * i);
      assertThat(sum(table, 8)).isEqualTo(10L * i * arp().length);
    }
  }

  @Test
  void aPlaceOutsideOfItIsNotRead() {
    MappedArray table = object.map("traffic").mapped(false);
    assertThat(table.getLong(ENTRIES - 1, 8)).isZero();
    int[][] places = {{ENTRIES, 0}, {-1, 0}, {0, -1}, {0, 9}, {0, 16}, {0, Integer.MAX_VALUE}, {Integer.MIN_VALUE, 0}};
    for (int[] place : places) {
      assertThatExceptionOfType(IndexOutOfBoundsException.class)
          .isThrownBy(() -> table.getLong(place[0], place[1]))
          .withMessage(
              "entry " + place[0] + ", offset " + place[1] + ": expected an entry below " + ENTRIES
                  + " and 8 bytes within 16");
    }
    assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> table.getByte(0, 16));
  }

  @Test
  void oneThatIsMappedForReadingIsNotWritten() {
    MappedArray ports = object.map(".bss").mapped(false);
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> ports.setByte(0, 0, (byte) 1))
        .withMessage("the map was mapped for reading only: expected mapped(true)");
  }

  @Test
  void oneThatIsMappedForWritingIsSeenByTheOthers() {
    int port = object.offsetOf("port_class") + 443;
    MappedArray writer = object.map(".bss").mapped(true);
    MappedArray reader = object.map(".bss").mapped(false);
    writer.setByte(0, port, (byte) 3);
    assertThat(reader.getByte(0, port)).isEqualTo((byte) 3);
    writer.close();
    assertThat(reader.getByte(0, port)).isEqualTo((byte) 3);
  }

  @Test
  void aReadAfterCloseIsAnExceptionAndClosingTwiceDoesNothing() {
    MappedArray table = object.map("traffic").mapped(false);
    table.close();
    table.close();
    assertThatIllegalStateException().isThrownBy(() -> table.getLong(0, 0));
    object.close();
    table.close();
    assertThatIllegalStateException().isThrownBy(() -> table.getLong(0, 0));
  }

  @Test
  void constantsAreFrozenAndOtherKindsOfMapsCannotBeMapped() {
    assertThatExceptionOfType(BpfUnsupportedException.class)
        .isThrownBy(() -> object.map(".rodata").mapped(true))
        .withMessageStartingWith(
            "map '.rodata' could not be mapped writable: it must be an array made with BPF_F_MMAPABLE, and not frozen");
    try (BpfObject counter = BpfObject.open(BundledObject.XDP_COUNTER).load()) {
      assertThatExceptionOfType(BpfUnsupportedException.class)
          .isThrownBy(() -> counter.map("packet_count").mapped(false))
          .withMessageStartingWith("map 'packet_count' could not be mapped: ");
    }
  }

  @Test
  void readersOfManyThreadsEndWithAnExceptionWhenItsObjectIsClosed() throws Exception {
    MappedArray table = object.map("traffic").mapped(false);
    CountDownLatch reading = new CountDownLatch(3);
    try (ExecutorService threads = Executors.newFixedThreadPool(3)) {
      List<Future<Boolean>> readers = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        readers.add(threads.submit(() -> endsWithAnException(table, reading)));
      }
      assertThat(reading.await(30, TimeUnit.SECONDS)).isTrue();
      object.close();
      for (Future<Boolean> reader : readers) {
        assertThat(reader.get(30, TimeUnit.SECONDS)).isTrue();
      }
    }
  }

  private static boolean endsWithAnException(MappedArray table, CountDownLatch reading) {
    long sum = table.getLong(0, 0);
    reading.countDown();
    try {
      while (sum >= 0) {
        for (int i = 0; i < ENTRIES; i++) {
          sum += table.getLong(i, 0);
        }
      }
      return false;
    } catch (IllegalStateException closed) {
      return true;
    }
  }

  private static long sum(MappedArray table, int offset) {
    long sum = 0;
    for (int row = ARP; row < table.entries(); row += SLOTS) {
      sum += table.getLong(row, offset);
    }
    return sum;
  }

  private static byte[] arp() {
    byte[] packet = new byte[42];
    packet[12] = 8;
    packet[13] = 6;
    return packet;
  }
}
