package io.x0tta6bl4.ebpf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.x0tta6bl4.ebpf.kernel.Await;
import io.x0tta6bl4.ebpf.kernel.RequiresKernel;
import io.x0tta6bl4.ebpf.kernel.Samples;
import java.nio.ByteBuffer;
import java.nio.ReadOnlyBufferException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@RequiresKernel
class RingBufferTest {

  private static final Duration LONG = Duration.ofMinutes(5);

  /** What the ring of samples.bpf.c has room for: 16 KiB, and 8 bytes more for each record of 16. */
  private static final int ROOM = 4 * 4096 / 24;

  private BpfObject samples;
  private BpfMap events;

  @BeforeEach
  void load() {
    samples = Samples.load();
    events = samples.map("events");
  }

  @AfterEach
  void close() {
    samples.close();
  }

  private void emit(int records) {
    TestRun _ = samples.program("emit_prog").testRun(new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15}, records);
  }

  @Test
  void givesRecordsInTheOrderInWhichTheyWereWritten() {
    List<Long> sequence = new ArrayList<>();
    try (RingBuffer ring =
        events.ringBuffer(
            data -> {
              assertThat(data.remaining()).isEqualTo(16);
              assertThat(data.getInt(8)).isEqualTo(15);
              assertThat(data.getInt(12)).isEqualTo(0x04030201);
              sequence.add(data.getLong(0));
            })) {
      emit(100);
      assertThat(ring.poll(LONG)).isEqualTo(100);
      emit(50);
      assertThat(ring.poll(LONG)).isEqualTo(50);
      assertThat(ring.poll(Duration.ZERO)).isZero();
    }

    assertThat(sequence).containsExactlyElementsOf(LongStream.range(0, 150).boxed().toList());
  }

  @Test
  void goesRoundAndShowsTheGapWhereItWasFull() {
    List<Long> sequence = new ArrayList<>();
    try (RingBuffer ring = events.ringBuffer(data -> sequence.add(data.getLong(0)))) {
      emit(ROOM + 300);
      int first = ring.poll(LONG);
      assertThat(first).isBetween(ROOM - 2, ROOM);
      emit(200);
      assertThat(ring.poll(LONG)).isEqualTo(200);

      List<Long> expected = new ArrayList<>(LongStream.range(0, first).boxed().toList());
      expected.addAll(LongStream.range(ROOM + 300, ROOM + 500).boxed().toList());
      assertThat(sequence).isEqualTo(expected);
    }
  }

  @Test
  void endsThePollWithWhatItsConsumerThrowsAndGoesOnBehindThatRecord() {
    List<Long> sequence = new ArrayList<>();
    try (RingBuffer ring =
        events.ringBuffer(
            data -> {
              sequence.add(data.getLong(0));
              if (data.getLong(0) == 3) {
                throw new IllegalArgumentException("the fourth");
              }
            })) {
      emit(10);

      assertThatThrownBy(() -> ring.poll(LONG)).isInstanceOf(IllegalArgumentException.class).hasMessage("the fourth");
      assertThat(ring.poll(LONG)).isEqualTo(6);
      assertThat(sequence).containsExactlyElementsOf(LongStream.range(0, 10).boxed().toList());
    }
  }

  @Test
  void passesOnAnErrorOfItsConsumer() {
    try (RingBuffer ring =
        events.ringBuffer(
            data -> {
              throw new StackOverflowError("deep");
            })) {
      emit(1);

      assertThatThrownBy(() -> ring.poll(LONG)).isInstanceOf(StackOverflowError.class);
      assertThat(ring.poll(Duration.ZERO)).isZero();
    }
  }

  @Test
  void lendsARecordForTheCallOnly() {
    AtomicReference<ByteBuffer> kept = new AtomicReference<>();
    try (RingBuffer ring =
        events.ringBuffer(
            data -> {
              assertThatThrownBy(() -> data.putLong(0, 5)).isInstanceOf(ReadOnlyBufferException.class);
              kept.set(data);
            })) {
      emit(1);
      assertThat(ring.poll(LONG)).isOne();

      assertThatThrownBy(() -> kept.get().getLong(0)).isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void waitsAsLongAsItWasToldAndNotLonger() {
    try (RingBuffer ring = events.ringBuffer(data -> {})) {
      for (Duration timeout : List.of(Duration.ZERO, Duration.ofMillis(20), Duration.ofMillis(250))) {
        long start = System.nanoTime();
        assertThat(ring.poll(timeout)).isZero();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(timeout, timeout.plusSeconds(10));
      }
    }
  }

  @Test
  void isWokenByARecord() throws Exception {
    try (RingBuffer ring = events.ringBuffer(data -> {});
        ExecutorService thread = Executors.newSingleThreadExecutor()) {
      Future<Integer> poll = thread.submit(() -> ring.poll(LONG));
      emit(1);
      assertThat(poll.get(1, TimeUnit.MINUTES)).isOne();
    }
  }

  @Test
  void endsItsPollOnAnInterruptAndLeavesTheFlagSet() throws Exception {
    try (RingBuffer ring = events.ringBuffer(data -> {})) {
      CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
      Thread thread =
          Thread.ofPlatform().start(
              () -> {
                int records = ring.poll(LONG);
                interrupted.complete(records == 0 && Thread.currentThread().isInterrupted());
              });
      thread.interrupt();

      assertThat(interrupted.get(1, TimeUnit.MINUTES)).isTrue();
    }
  }

  @Test
  void endsThePollOfAnotherThreadWhenItIsClosed() throws Exception {
    RingBuffer ring = events.ringBuffer(data -> {});
    try (ExecutorService thread = Executors.newSingleThreadExecutor()) {
      CountDownLatch polling = new CountDownLatch(1);
      Future<Integer> poll =
          thread.submit(
              () -> {
                polling.countDown();
                return ring.poll(LONG);
              });
      polling.await();
      ring.close();

      // The poll may have come after the close.
      assertThatCode(() -> assertThat(poll.get(1, TimeUnit.MINUTES)).isZero())
          .satisfiesAnyOf(
              none -> assertThat(none).isNull(), late -> assertThat(late).hasCauseInstanceOf(IllegalStateException.class));
    }
    assertThatThrownBy(() -> ring.poll(Duration.ZERO)).isInstanceOf(IllegalStateException.class);
    ring.close();
  }

  @Test
  void endsThePollOfAnotherThreadWhenItsObjectIsClosed() throws Exception {
    RingBuffer ring = events.ringBuffer(data -> {});
    emit(1);
    AtomicInteger polls = new AtomicInteger();
    try (ExecutorService thread = Executors.newSingleThreadExecutor()) {
      Future<?> poll =
          thread.submit(
              () -> {
                while (true) {
                  ring.poll(LONG);
                  polls.incrementAndGet();
                }
              });
      assertThat(Await.until(polls::get, count -> count > 0)).isPositive();
      samples.close();

      assertThatThrownBy(() -> poll.get(1, TimeUnit.MINUTES)).hasCauseInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void isNotClosedFromInsideOfItsConsumerAndGoesOnAsBefore() {
    AtomicReference<RingBuffer> itself = new AtomicReference<>();
    try (RingBuffer ring = events.ringBuffer(data -> itself.get().close())) {
      itself.set(ring);
      emit(1);
      assertThatThrownBy(() -> ring.poll(LONG))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("from inside");

      long start = System.nanoTime();
      assertThat(ring.poll(Duration.ofMillis(300))).isZero();
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(300));
    }
  }

  @Test
  void doesNotCrashWhereItsConsumerClosesTheObject() {
    RingBuffer ring = events.ringBuffer(data -> samples.close());
    emit(1);

    assertThatThrownBy(() -> ring.poll(LONG)).isInstanceOf(IllegalStateException.class);
    ring.close();
    assertThatThrownBy(() -> ring.poll(Duration.ZERO)).isInstanceOf(IllegalStateException.class);
    samples.close();
    assertThatThrownBy(() -> events.ringBuffer(data -> {})).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void mayBeReadAgainByASecondReaderAfterTheFirst() {
    List<Long> sequence = new ArrayList<>();
    try (RingBuffer ring = events.ringBuffer(data -> sequence.add(data.getLong(0)))) {
      emit(2);
      assertThat(ring.poll(LONG)).isEqualTo(2);
    }
    try (RingBuffer ring = events.ringBuffer(data -> sequence.add(data.getLong(0)))) {
      emit(2);
      assertThat(ring.poll(LONG)).isEqualTo(2);
    }
    assertThat(sequence).containsExactly(0L, 1L, 2L, 3L);
  }

  @Test
  void isNotPolledFromInsideOfItsConsumerAndGoesOnBehindThatRecord() {
    AtomicReference<RingBuffer> itself = new AtomicReference<>();
    List<Long> sequence = new ArrayList<>();
    try (RingBuffer ring =
        events.ringBuffer(
            data -> {
              sequence.add(data.getLong(0));
              if (data.getLong(0) == 0) {
                itself.get().poll(Duration.ZERO);
              }
            })) {
      itself.set(ring);
      emit(3);

      assertThatThrownBy(() -> ring.poll(LONG)).isInstanceOf(IllegalStateException.class).hasMessageContaining("inside");
      assertThat(ring.poll(LONG)).isEqualTo(2);
      assertThat(sequence).containsExactly(0L, 1L, 2L);
    }
  }
}
