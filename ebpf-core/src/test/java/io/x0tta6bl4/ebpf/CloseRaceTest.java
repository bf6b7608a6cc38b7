package io.x0tta6bl4.ebpf;

import static org.assertj.core.api.Assertions.assertThat;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.x0tta6bl4.ebpf.kernel.Cable;
import io.x0tta6bl4.ebpf.kernel.Descriptors;
import io.x0tta6bl4.ebpf.kernel.RequiresKernel;
import io.x0tta6bl4.ebpf.kernel.Samples;
import io.x0tta6bl4.ebpf.metrics.EbpfMetrics;
import io.x0tta6bl4.ebpf.net.PacketCounter;
import io.x0tta6bl4.ebpf.net.TrafficClassifier;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/**
 * Others are reading while one closes. They get what there was or an {@link IllegalStateException}; anything else, and a crash
 * above all, fails the test.
 */
@RequiresKernel
class CloseRaceTest {

  private static final int ROUNDS = 100;

  /** Attaching takes its time. */
  private static final int ROUNDS_ATTACHED = 15;

  /** Reads until it is told that all is closed. */
  private static void race(List<Runnable> readers, Runnable close) throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(readers.size())) {
      CountDownLatch reading = new CountDownLatch(readers.size());
      List<Future<?>> ends = new ArrayList<>();
      for (Runnable reader : readers) {
        ends.add(threads.submit(() -> readUntilClosed(reader, reading)));
      }
      reading.await();
      close.run();
      for (Future<?> end : ends) {
        end.get();
      }
    }
  }

  private static void readUntilClosed(Runnable reader, CountDownLatch reading) {
    boolean first = true;
    while (true) {
      try {
        reader.run();
      } catch (IllegalStateException closed) {
        reading.countDown();
        return;
      }
      if (first) {
        reading.countDown();
        first = false;
      }
    }
  }

  @Test
  void readersOfMapsSeeCountsOrTheEnd() throws Exception {
    try (BpfObject warm = BpfObject.open(BundledObject.TC_CLASSIFIER).load()) {
      assertThat(warm.map("traffic").lookup(BpfMap.key(0))).isPresent();
    }
    long before = Descriptors.ofBpf();
    for (int round = 0; round < ROUNDS; round++) {
      BpfObject object = BpfObject.open(BundledObject.TC_CLASSIFIER).load();
      BpfProgram program = object.program("tc_classifier_prog");
      BpfMap map = object.map("traffic");
      MappedArray mapped = map.mapped(false);
      race(
          List.of(
              () -> require(map.lookup(BpfMap.key(7)).orElseThrow().length == 16),
              () -> require(mapped.getLong(1023, 8) == 0),
              () -> map.forEach((key, value) -> require(value.remaining() == 16)),
              () -> require(program.info().id() > 0),
              () -> map.mapped(false).close()),
          object::close);
    }
    assertThat(Descriptors.ofBpf()).isEqualTo(before);
  }

  @Test
  void readersOfOneMappingSeeCountsOrTheEndWhoeverClosesIt() throws Exception {
    try (BpfObject object = BpfObject.open(BundledObject.TC_CLASSIFIER).load()) {
      for (int round = 0; round < ROUNDS; round++) {
        MappedArray mapped = object.map("traffic").mapped(false);
        Runnable reader = () -> require(mapped.getLong(512, 0) == 0 && mapped.getByte(3, 5) == 0);
        race(List.of(reader, reader, reader), mapped::close);
      }
    }
  }

  @Test
  void closingByManyAtOnceClosesOnce() throws Exception {
    long before = Descriptors.ofBpf();
    for (int round = 0; round < ROUNDS; round++) {
      BpfObject object = Samples.load();
      RingBuffer ring = object.map("events").ringBuffer(data -> {});
      BpfMap map = object.map("by_length");
      Runnable closeAndRead =
          () -> {
            object.close();
            require(map.lookup(BpfMap.key(1)).isPresent());
          };
      Runnable poll = () -> require(ring.poll(Duration.ofSeconds(1)) == 0);
      race(List.of(closeAndRead, closeAndRead, poll), ring::close);
    }
    assertThat(Descriptors.ofBpf()).isEqualTo(before);
  }

  @Test
  void scrapesSeeCountsOrNothing() throws Exception {
    PrometheusRegistry registry = new PrometheusRegistry();
    try (Cable cable = new Cable();
        EbpfMetrics metrics = EbpfMetrics.register(registry)) {
      for (int round = 0; round < ROUNDS_ATTACHED; round++) {
        PacketCounter counter = cable.near().call(() -> PacketCounter.attach(Cable.NEAR));
        TrafficClassifier classifier =
            cable.near().call(() -> TrafficClassifier.builder().device(Cable.NEAR).direction(TcDirection.INGRESS).attach());
        metrics.add(counter).add(classifier);
        race(
            List.of(
                () -> {
                  if (registry.scrape().size() == 0) {
                    throw new IllegalStateException("nothing to see any more");
                  }
                },
                () -> require(counter.read().packets() == 0),
                () -> require(classifier.read(TcDirection.INGRESS).isEmpty()),
                () -> require(counter.link().info().programId() > 0)),
            () -> {
              counter.close();
              classifier.close();
            });
      }
    }
  }

  private static void require(boolean condition) {
    if (!condition) {
      throw new AssertionError("what was read is not what there was");
    }
  }
}
