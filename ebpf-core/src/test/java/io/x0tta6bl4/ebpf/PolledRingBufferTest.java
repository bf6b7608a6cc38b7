package io.x0tta6bl4.ebpf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.ByteBuffer;
import java.time.Duration;
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
import org.junit.jupiter.api.Timeout;

/** A ring buffer into which a program writes a record of each packet: its number, its length, its first bytes. */
@RequiresBpf
@Timeout(60)
class PolledRingBufferTest {

  /** A record and its header are 24 bytes of the 16 KiB. */
  private static final int MOST = 16_384 / 24;

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
  void recordsComeInTheirOrder() {
    List<Long> numbers = new ArrayList<>();
    List<Integer> lengths = new ArrayList<>();
    try (RingBuffer ring =
        object.map("events")
            .ringBuffer(
                data -> {
                  assertThat(data.remaining()).isEqualTo(16);
                  assertThat(data.isReadOnly()).isTrue();
                  numbers.add(data.getLong());
                  lengths.add(data.getInt());
                  assertThat(data.getInt()).isEqualTo(0x04030201);
                })) {
      assertThat(ring.poll(Duration.ZERO)).isZero();
      emit(60, 1);
      emit(100, 2);
      assertThat(ring.poll(Duration.ZERO)).isEqualTo(3);
      assertThat(ring.poll(Duration.ZERO)).isZero();
    }
    assertThat(numbers).containsExactly(0L, 1L, 2L);
    assertThat(lengths).containsExactly(60, 100, 100);
  }

  @Test
  void aFullRingLosesTheNewestWhichTheNumbersTell() {
    List<Long> numbers = new ArrayList<>();
    try (RingBuffer ring = object.map("events").ringBuffer(data -> numbers.add(data.getLong()))) {
      emit(60, MOST + 100);
      int kept = ring.poll(Duration.ZERO);
      assertThat(kept).isBetween(MOST - 1, MOST);
      emit(60, 1);
      assertThat(ring.poll(Duration.ZERO)).isOne();
      assertThat(numbers).hasSize(kept + 1).startsWith(0L, 1L).endsWith(kept - 1L, MOST + 100L);
    }
  }

  @Test
  void whatTheConsumerThrowsEndsThePollAndTheNextGoesOn() {
    List<Long> numbers = new ArrayList<>();
    try (RingBuffer ring =
        object.map("events")
            .ringBuffer(
                data -> {
                  numbers.add(data.getLong());
                  if (numbers.size() == 2) {
                    throw new ArithmeticException("not this one");
                  }
                  if (numbers.size() == 3) {
                    throw new AssertionError("nor this one");
                  }
                })) {
      emit(60, 5);
      assertThatExceptionOfType(ArithmeticException.class)
          .isThrownBy(() -> ring.poll(Duration.ZERO))
          .withMessage("not this one");
      assertThatExceptionOfType(AssertionError.class)
          .isThrownBy(() -> ring.poll(Duration.ZERO))
          .withMessage("nor this one");
      ring.poll(Duration.ZERO);
    }
    assertThat(numbers).endsWith(4L).isSorted();
  }

  @Test
  void aRecordThatWasKeptIsGoneAfterThePoll() {
    List<ByteBuffer> kept = new ArrayList<>();
    try (RingBuffer ring = object.map("events").ringBuffer(kept::add)) {
      emit(60, 1);
      assertThat(ring.poll(Duration.ZERO)).isOne();
      assertThatIllegalStateException().isThrownBy(() -> kept.get(0).getLong());
    }
  }

  @Test
  void aPollWaitsForARecord() throws Exception {
    CountDownLatch came = new CountDownLatch(1);
    try (ExecutorService other = Executors.newSingleThreadExecutor();
        RingBuffer ring = object.map("events").ringBuffer(data -> came.countDown())) {
      Future<Integer> poll = other.submit(() -> ring.poll(Duration.ofMinutes(1)));
      emit(60, 1);
      assertThat(poll.get(30, TimeUnit.SECONDS)).isOne();
      assertThat(came.getCount()).isZero();
    }
  }

  @Test
  void closingEndsALongPoll() throws Exception {
    CountDownLatch polling = new CountDownLatch(1);
    try (ExecutorService other = Executors.newSingleThreadExecutor()) {
      RingBuffer ring = object.map("events").ringBuffer(data -> polling.countDown());
      Future<Integer> poll =
          other.submit(
              () -> {
                int first = ring.poll(Duration.ofMinutes(1));
                return first + ring.poll(Duration.ofHours(1));
              });
      emit(60, 1);
      assertThat(polling.await(30, TimeUnit.SECONDS)).isTrue();
      object.close();
      // The second poll either was under way, and ends with nothing, or had not begun.
      try {
        assertThat(poll.get(30, TimeUnit.SECONDS)).isOne();
      } catch (java.util.concurrent.ExecutionException e) {
        assertThat(e).hasCauseInstanceOf(IllegalStateException.class);
      }
      ring.close();
      assertThatIllegalStateException()
          .isThrownBy(() -> ring.poll(Duration.ZERO))
          .withMessage("reader of ring buffer 'events' is closed");
    }
  }

  @Test
  void anInterruptEndsThePollAndStays() {
    try (RingBuffer ring = object.map("events").ringBuffer(data -> {})) {
      Thread.currentThread().interrupt();
      assertThat(ring.poll(Duration.ofMinutes(1))).isZero();
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void cannotBeClosedByItsOwnConsumer() {
    RingBuffer[] ring = new RingBuffer[1];
    ring[0] = object.map("events").ringBuffer(data -> ring[0].close());
    emit(60, 1);
    assertThatIllegalStateException()
        .isThrownBy(() -> ring[0].poll(Duration.ZERO))
        .withMessage("reader of ring buffer 'events' cannot be closed from inside a call to it");
    ring[0].close();
  }

  @Test
  void cannotBePolledByItsOwnConsumer() {
    RingBuffer[] self = new RingBuffer[1];
    try (RingBuffer ring = object.map("events").ringBuffer(data -> self[0].poll(Duration.ZERO))) {
      self[0] = ring;
      emit(60, 1);
      assertThatIllegalStateException()
          .isThrownBy(() -> ring.poll(Duration.ZERO))
          .withMessage("ring buffer 'events' cannot be polled from inside of its consumer");
    }
  }

  @Test
  void aPollMayLastAsLongAsThereAreDurations() throws Exception {
    for (Duration longest : List.of(Duration.ofNanos(Long.MAX_VALUE), Duration.ofSeconds(Long.MAX_VALUE, 999_999_999))) {
      RingBuffer ring = object.map("events").ringBuffer(data -> {});
      CountDownLatch started = new CountDownLatch(1);
      try (ExecutorService poller = Executors.newSingleThreadExecutor()) {
        Future<Integer> poll =
            poller.submit(
                () -> {
                  started.countDown();
                  return ring.poll(longest);
                });
        started.await();
        emit(60, 1);
        assertThat(poll.get()).isEqualTo(1);
      }
      ring.close();
    }
  }

  @Test
  void anotherKindOfMapHasNoReader() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> object.map("by_length").ringBuffer(data -> {}))
        .withMessage("map 'by_length' is a HASH: expected a ring buffer");
  }

  private void emit(int length, int times) {
    byte[] packet = new byte[length];
    System.arraycopy(new byte[] {1, 2, 3, 4}, 0, packet, 0, 4);
    object.program("emit_prog").testRun(packet, times);
  }
}
