package io.x0tta6bl4.payment.internal.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class WorkersTest {

  @Test
  void runOnTheGivenExecutorAndLeaveItOpen() throws Exception {
    ExecutorService given = Executors.newSingleThreadExecutor(task -> new Thread(task, "the user's"));
    try {
      List<String> threads = new ArrayList<>();
      try (Workers workers = new Workers("w", given)) {
        assertThat(workers.run(() -> threads.add(Thread.currentThread().getName()))).isTrue();
      }
      assertThat(threads).containsExactly("the user's");
      assertThat(given.isShutdown()).isFalse();
    } finally {
      given.shutdownNow();
    }
  }

  @Test
  void ownThreadsAreDaemonsWithAName() {
    List<Thread> threads = new ArrayList<>();
    try (Workers workers = new Workers("w", null)) {
      workers.run(() -> threads.add(Thread.currentThread()));
    }
    assertThat(threads).singleElement().satisfies(thread -> {
      assertThat(thread.getName()).isEqualTo("w-1");
      assertThat(thread.isDaemon()).isTrue();
    });
  }

  @Test
  void aTaskThatFailsIsTheLastOneOnlyOfItself() {
    AtomicInteger done = new AtomicInteger();
    try (Workers workers = new Workers("w", Runnable::run)) {
      assertThat(workers.run(() -> {
        throw new IllegalStateException("on purpose");
      })).isTrue();
      assertThat(workers.run(done::incrementAndGet)).isTrue();
    }
    assertThat(done).hasValue(1);
  }

  @Test
  void takeMoreTasksThanAPhaserCounts() {
    List<Runnable> held = new ArrayList<>();
    AtomicInteger done = new AtomicInteger();
    Workers workers = new Workers("w", held::add);
    for (int i = 0; i < 70_000; i++) {
      assertThat(workers.run(done::incrementAndGet)).isTrue();
    }
    held.forEach(Runnable::run);
    workers.close();
    assertThat(done).hasValue(70_000);
  }

  @Test
  void anExecutorThatRefusesIsToldToTheCallerAndForgottenByTheEnd() {
    Workers refused = new Workers("w", task -> {
      throw new RejectedExecutionException("full");
    });
    assertThat(refused.run(() -> {})).isFalse();
    refused.close();
    Workers broken = new Workers("w", task -> {
      throw new IllegalStateException("a bug of the user's executor");
    });
    assertThat(broken.run(() -> {})).isFalse();
    broken.close();
  }

  @Test
  void anErrorOfTheExecutorOrATaskIsNotTheEndOfTheBeats() throws Exception {
    CountDownLatch beats = new CountDownLatch(4);
    Executor outOfThreads = task -> {
      throw new OutOfMemoryError("unable to create native thread");
    };
    try (Workers workers = new Workers("w", outOfThreads)) {
      workers.every(
          Duration.ofMillis(1),
          () -> {
            beats.countDown();
            if (workers.run(() -> {}) || beats.getCount() == 2) {
              throw new NoClassDefFoundError("a part is missing");
            }
          });
      await(beats);
    }
  }

  @Test
  void anOwnPoolHasAsManyThreadsAsItMay() throws Exception {
    CountDownLatch atWork = new CountDownLatch(20);
    CountDownLatch goOn = new CountDownLatch(1);
    try (Workers workers = new Workers("w", null, 20)) {
      for (int i = 0; i < 20; i++) {
        workers.run(() -> {
          atWork.countDown();
          await(goOn);
        });
      }
      await(atWork);
      goOn.countDown();
    }
  }

  @Test
  void closeWaitsForWhatHasBegunAndLetsNothingMoreBegin() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    AtomicInteger done = new AtomicInteger();
    Workers workers = new Workers("w", null);
    workers.run(() -> {
      begun.countDown();
      await(goOn);
      done.incrementAndGet();
    });
    begun.await();
    AtomicInteger seen = new AtomicInteger(-1);
    Thread closing = new Thread(() -> {
      workers.close();
      seen.set(done.get());
    });
    closing.start();
    while (!workers.isClosed()) {
      Thread.onSpinWait();
    }
    assertThat(workers.run(done::incrementAndGet)).isFalse();
    goOn.countDown();
    closing.join();
    assertThat(seen).hasValue(1);
    workers.close();
    assertThatThrownBy(() -> workers.every(Duration.ofSeconds(1), () -> {}))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("w is closed");
  }

  @Test
  void anInterruptEndsTheWaitWithTheFlagSet() throws Exception {
    CountDownLatch goOn = new CountDownLatch(1);
    Workers workers = new Workers("w", null);
    workers.run(() -> await(goOn));
    Thread.currentThread().interrupt();
    workers.close();
    assertThat(Thread.interrupted()).isTrue();
    goOn.countDown();
  }

  @Test
  void beatsComeAgainAlsoAfterOneThatFails() throws Exception {
    CountDownLatch beats = new CountDownLatch(3);
    AtomicInteger second = new AtomicInteger();
    try (Workers workers = new Workers("w", null)) {
      workers.every(Duration.ofMillis(1), () -> {
        beats.countDown();
        throw new IllegalStateException("on purpose");
      });
      workers.every(Duration.ofMillis(1), second::incrementAndGet);
      beats.await();
    }
    assertThat(second).hasValue(0);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
