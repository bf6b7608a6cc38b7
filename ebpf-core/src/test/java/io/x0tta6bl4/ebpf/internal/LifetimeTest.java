package io.x0tta6bl4.ebpf.internal;

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
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LifetimeTest {

  private static final int THREADS = 8;
  private static final int ROUNDS = 200;

  private final Lifetime lifetime = new Lifetime("thing 'x'");

  @Test
  void afterCloseACallIsRefused() {
    lifetime.close(() -> {});
    assertThat(lifetime.isClosed()).isTrue();
    assertThatIllegalStateException().isThrownBy(lifetime::enter).withMessage("thing 'x' is closed");
  }

  @Test
  void isReleasedOnceHoweverOftenItIsClosed() {
    AtomicInteger releases = new AtomicInteger();
    lifetime.close(releases::incrementAndGet);
    lifetime.close(releases::incrementAndGet);
    assertThat(releases).hasValue(1);
  }

  @Test
  void cannotBeClosedFromInsideACallWhichWouldWaitForItself() {
    try (Lifetime.Use _ = lifetime.enter();
        Lifetime.Use _ = lifetime.enter()) {
      assertThatIllegalStateException()
          .isThrownBy(() -> lifetime.close(() -> {}))
          .withMessage("thing 'x' cannot be closed from inside a call to it");
    }
    assertThat(lifetime.isClosed()).isFalse();
    lifetime.close(() -> {});
    assertThat(lifetime.isClosed()).isTrue();
  }

  @Test
  void staysOpenWhereTheReleaseFails() {
    assertThatExceptionOfType(ArithmeticException.class)
        .isThrownBy(
            () -> lifetime.close(
                () -> {
                  throw new ArithmeticException("not now");
                }));
    assertThat(lifetime.isClosed()).isFalse();
    try (Lifetime.Use _ = lifetime.enter()) {
      assertThat(lifetime.isClosed()).isFalse();
    }
    lifetime.close(() -> {});
    assertThat(lifetime.isClosed()).isTrue();
  }

  @Test
  void closingWaitsForTheCallThatIsUnderWay() throws Exception {
    AtomicBoolean callIsOver = new AtomicBoolean();
    AtomicBoolean overAtRelease = new AtomicBoolean();
    try (ExecutorService other = Executors.newSingleThreadExecutor()) {
      Future<?> closing;
      try (Lifetime.Use _ = lifetime.enter()) {
        CountDownLatch begun = new CountDownLatch(1);
        closing =
            other.submit(
                () -> {
                  begun.countDown();
                  lifetime.close(() -> overAtRelease.set(callIsOver.get()));
                });
        assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();
        // A call inside the call must not wait for the one who waits to close.
        try (Lifetime.Use _ = lifetime.enter()) {
          callIsOver.set(true);
        }
      }
      closing.get(30, TimeUnit.SECONDS);
    }
    assertThat(overAtRelease).isTrue();
  }

  @Test
  void noCallOfManyThreadsEverSeesTheThingReleased() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      Lifetime shared = new Lifetime("thing");
      AtomicBoolean released = new AtomicBoolean();
      AtomicInteger releases = new AtomicInteger();
      CountDownLatch start = new CountDownLatch(1);
      List<Future<Boolean>> users = new ArrayList<>();
      try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
        for (int i = 0; i < THREADS; i++) {
          boolean closer = i < 2;
          users.add(
              threads.submit(
                  () -> closer ? close(shared, start, released, releases) : use(shared, start, released)));
        }
        start.countDown();
        for (Future<Boolean> user : users) {
          assertThat(user.get(30, TimeUnit.SECONDS)).as("saw it released in round " + round).isFalse();
        }
      }
      assertThat(releases).hasValue(1);
    }
  }

  private static boolean close(Lifetime shared, CountDownLatch start, AtomicBoolean released, AtomicInteger releases)
      throws InterruptedException {
    start.await();
    shared.close(
        () -> {
          released.set(true);
          releases.incrementAndGet();
        });
    return false;
  }

  /** Calls until it is refused; whether a call saw the thing released. */
  private static boolean use(Lifetime shared, CountDownLatch start, AtomicBoolean released)
      throws InterruptedException {
    start.await();
    while (true) {
      try (Lifetime.Use _ = shared.enter()) {
        boolean early = released.get();
        Thread.onSpinWait();
        if (early || released.get()) {
          return true;
        }
      } catch (IllegalStateException closed) {
        return false;
      }
    }
  }
}
