package io.x0tta6bl4.payment.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.x0tta6bl4.payment.RateLimitedException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RateLimiterTest {

  private static final Duration SECOND = Duration.ofSeconds(1);

  private final ManualTicker ticker = new ManualTicker();

  @AfterEach
  void clearTheFlag() {
    Thread.interrupted();
  }

  private Deadline in(Duration duration) {
    return Deadline.after(duration, ticker);
  }

  @Test
  void letsABurstThroughAtOnceAndThenMakesWait() throws InterruptedException {
    RateLimiter limiter = new RateLimiter(3, SECOND, ticker);
    for (int i = 0; i < 3; i++) {
      assertThat(limiter.acquire("tron", in(Duration.ofMinutes(1)))).isZero();
    }
    assertThat(ticker.slept).isEmpty();

    Duration waited = limiter.acquire("tron", in(Duration.ofMinutes(1)));

    assertThat(ticker.slept).containsExactly(SECOND);
    assertThat(waited).isEqualTo(SECOND);
  }

  @Test
  void neverLetsMoreThanItsNumberThroughInAnyWindow() throws InterruptedException {
    long seed = System.nanoTime();
    System.out.println("RateLimiterTest seed " + seed);
    Random random = new Random(seed);
    for (int round = 0; round < 200; round++) {
      int permits = 1 + random.nextInt(5);
      ManualTicker time = new ManualTicker(random.nextLong());
      RateLimiter limiter = new RateLimiter(permits, SECOND, time);
      List<Long> passed = new ArrayList<>();
      long start = time.nanoTime();
      for (int i = 0; i < 50; i++) {
        if (random.nextInt(4) == 0) {
          time.sleep(Duration.ofMillis(random.nextInt(2_500)));
        }
        if (random.nextInt(10) == 0) {
          limiter.suspend(Duration.ofMillis(random.nextInt(3_000)));
        }
        Deadline deadline = Deadline.after(Duration.ofMillis(random.nextInt(3_000)), time);
        try {
          limiter.acquire("tron", deadline);
          passed.add(time.nanoTime() - start);
        } catch (RateLimitedException e) {
          assertThat(deadline.remaining()).as("seed %d", seed).isLessThanOrEqualTo(e.retryAfter().orElseThrow());
        }
      }
      for (int i = permits; i < passed.size(); i++) {
        assertThat(passed.get(i) - passed.get(i - permits)).as("seed %d, round %d", seed, round)
            .isGreaterThanOrEqualTo(SECOND.toNanos());
      }
    }
  }

  @Test
  void isFullyUsedWhereCallersQueue() throws InterruptedException {
    RateLimiter limiter = new RateLimiter(2, SECOND, ticker);
    long start = ticker.nanoTime();

    for (int i = 0; i < 20; i++) {
      limiter.acquire("tron", in(Duration.ofHours(1)));
    }

    assertThat(Duration.ofNanos(ticker.nanoTime() - start)).isEqualTo(Duration.ofSeconds(9));
  }

  @Test
  void servesWaitersInTheOrderTheyCame() throws InterruptedException {
    SteppedTicker steps = new SteppedTicker();
    RateLimiter limiter = new RateLimiter(1, SECOND, steps);
    limiter.acquire("tron", Deadline.after(Duration.ofMinutes(1), steps));
    List<Integer> served = new CopyOnWriteArrayList<>();
    for (int i = 0; i < 3; i++) {
      int number = i;
      steps.run(
          () -> {
            limiter.acquire("tron", Deadline.after(Duration.ofMinutes(1), steps));
            served.add(number);
          });
      steps.awaitSleepers(i + 1);
    }

    for (int i = 0; i < 3; i++) {
      steps.advance(SECOND);
      steps.awaitSleepers(2 - i);
    }

    steps.awaitEnd();
    assertThat(served).containsExactly(0, 1, 2);
  }

  @Test
  void refusesAtOnceWhoseTurnComesAfterItsDeadline() throws InterruptedException {
    RateLimiter limiter = new RateLimiter(1, Duration.ofSeconds(4), ticker);
    limiter.acquire("tron", in(SECOND));

    assertThatExceptionOfType(RateLimitedException.class)
        .isThrownBy(() -> limiter.acquire("tron", in(SECOND)))
        .satisfies(
            e -> {
              assertThat(e.retryAfter()).contains(Duration.ofSeconds(4));
              assertThat(e.providerId()).isEqualTo("tron");
              assertThat(e.httpStatus()).isEmpty();
            });
    assertThatExceptionOfType(RateLimitedException.class)
        .as("a turn at the very deadline is too late")
        .isThrownBy(() -> limiter.acquire("tron", in(Duration.ofSeconds(4))));

    assertThat(ticker.slept).isEmpty();
  }

  @Test
  void aRefusedCallerTakesNoPlace() throws InterruptedException {
    RateLimiter limiter = new RateLimiter(1, Duration.ofSeconds(4), ticker);
    limiter.acquire("tron", in(SECOND));
    for (int i = 0; i < 10; i++) {
      assertThatExceptionOfType(RateLimitedException.class).isThrownBy(() -> limiter.acquire("tron", in(SECOND)));
    }

    limiter.acquire("tron", in(Duration.ofMinutes(1)));

    assertThat(ticker.slept).containsExactly(Duration.ofSeconds(4));
  }

  @Test
  void letsAFreeTurnThroughEvenAtTheLastInstant() throws InterruptedException {
    new RateLimiter(1, SECOND, ticker).acquire("tron", in(Duration.ZERO));

    assertThat(ticker.slept).isEmpty();
  }

  @Test
  void row72_keepsEverybodyAwayWhileSuspended() throws InterruptedException {
    RateLimiter limiter = new RateLimiter(5, SECOND, ticker);
    limiter.suspend(Duration.ofSeconds(30));

    assertThatExceptionOfType(RateLimitedException.class)
        .isThrownBy(() -> limiter.acquire("tron", in(Duration.ofSeconds(30))))
        .satisfies(e -> assertThat(e.retryAfter()).contains(Duration.ofSeconds(30)));
    limiter.acquire("tron", in(Duration.ofSeconds(31)));

    assertThat(ticker.slept).containsExactly(Duration.ofSeconds(30));
  }

  @Test
  void aShorterSuspensionDoesNotEndALongerOne() throws InterruptedException {
    RateLimiter limiter = new RateLimiter(5, SECOND, ticker);
    limiter.suspend(Duration.ofSeconds(30));
    limiter.suspend(Duration.ofSeconds(1));

    limiter.acquire("tron", in(Duration.ofMinutes(1)));

    assertThat(ticker.slept).containsExactly(Duration.ofSeconds(30));
  }

  @Test
  void aSuspensionThatIsOverDoesNotMatter() throws InterruptedException {
    RateLimiter limiter = new RateLimiter(5, SECOND, ticker);
    limiter.suspend(SECOND);
    ticker.sleep(SECOND);
    ticker.slept.clear();

    limiter.acquire("tron", in(SECOND));

    assertThat(ticker.slept).isEmpty();
  }

  @Test
  void aWaiterStaysAwayLongerIfTheProviderSaysSoMeanwhile() throws InterruptedException {
    SteppedTicker steps = new SteppedTicker();
    RateLimiter limiter = new RateLimiter(1, SECOND, steps);
    limiter.acquire("tron", Deadline.after(Duration.ofMinutes(1), steps));
    List<Long> passed = new CopyOnWriteArrayList<>();
    List<RateLimitedException> refused = new CopyOnWriteArrayList<>();
    steps.run(
        () -> {
          limiter.acquire("tron", Deadline.after(Duration.ofMinutes(1), steps));
          passed.add(steps.nanoTime());
        });
    steps.awaitSleepers(1);
    steps.run(
        () -> {
          try {
            limiter.acquire("tron", Deadline.after(Duration.ofSeconds(5), steps));
          } catch (RateLimitedException e) {
            refused.add(e);
          }
        });
    steps.awaitSleepers(2);

    limiter.suspend(Duration.ofSeconds(10));
    steps.advance(SECOND);
    steps.awaitSleepers(2);
    steps.advance(SECOND);
    steps.awaitSleepers(1);
    assertThat(refused).singleElement().satisfies(e -> assertThat(e.retryAfter()).contains(Duration.ofSeconds(9)));
    assertThat(passed).isEmpty();
    steps.advance(Duration.ofSeconds(8));

    steps.awaitEnd();
    assertThat(passed).containsExactly(Duration.ofSeconds(10).toNanos());
  }

  @Test
  void row72_doesNotLetAllWaitersThroughTogetherWhenASuspensionEnds() throws InterruptedException {
    SteppedTicker steps = new SteppedTicker();
    RateLimiter limiter = new RateLimiter(2, SECOND, steps);
    List<Long> passed = Collections.synchronizedList(new ArrayList<>());
    for (int i = 0; i < 2; i++) {
      limiter.acquire("tron", Deadline.after(Duration.ofMinutes(5), steps));
    }
    for (int i = 0; i < 6; i++) {
      steps.run(
          () -> {
            limiter.acquire("tron", Deadline.after(Duration.ofMinutes(5), steps));
            passed.add(steps.nanoTime());
          });
      steps.awaitSleepers(i + 1);
    }

    limiter.suspend(Duration.ofSeconds(10));
    for (int i = 0; i < 40; i++) {
      steps.advance(Duration.ofMillis(500));
    }

    steps.awaitEnd();
    List<Long> sorted = passed.stream().sorted().toList();
    assertThat(sorted).hasSize(6);
    for (int i = 2; i < sorted.size(); i++) {
      assertThat(Duration.ofNanos(sorted.get(i) - sorted.get(i - 2)))
          .as("at most two in any second, but they passed at %s", sorted)
          .isGreaterThanOrEqualTo(SECOND);
    }
  }

  @Test
  void row80_anInterruptEndsAWait() throws InterruptedException {
    RateLimiter limiter = new RateLimiter(1, SECOND, ticker);
    limiter.acquire("tron", in(SECOND));
    Thread.currentThread().interrupt();

    assertThatExceptionOfType(InterruptedException.class)
        .isThrownBy(() -> limiter.acquire("tron", in(Duration.ofMinutes(1))));
  }

  @Test
  void row80_anInterruptedThreadGetsNoTurnEvenIfOneIsFree() {
    RateLimiter limiter = new RateLimiter(1, SECOND, Ticker.system());
    Thread.currentThread().interrupt();

    assertThatExceptionOfType(InterruptedException.class)
        .isThrownBy(() -> limiter.acquire("tron", Deadline.after(Duration.ofMinutes(1), Ticker.system())));
  }

  @ParameterizedTest
  @CsvSource({"0, PT1S", "-1, PT1S", "1, PT0S", "1, PT-1S"})
  void refusesLimitsThatLetNothingThrough(int permits, Duration window) {
    assertThatIllegalArgumentException().isThrownBy(() -> new RateLimiter(permits, window, ticker));
  }

  @Test
  void isSharedByAllThatUseOneKeyAtOneProvider() {
    URI base = URI.create("https://api.example/v1");
    RateLimiter shared = RateLimiter.shared(base, Secret.of("k1"), 5, SECOND, ticker);

    assertThat(RateLimiter.shared(URI.create("https://api.example/v2"), Secret.of("k1"), 9, SECOND, ticker))
        .isSameAs(shared);
    assertThat(RateLimiter.shared(base, Secret.of("k2"), 5, SECOND, ticker)).isNotSameAs(shared);
    assertThat(RateLimiter.shared(base, null, 5, SECOND, ticker)).isNotSameAs(shared);
    assertThat(RateLimiter.shared(base, null, 5, SECOND, ticker))
        .isSameAs(RateLimiter.shared(base, null, 5, SECOND, ticker));
    assertThat(RateLimiter.shared(URI.create("https://other.example"), Secret.of("k1"), 5, SECOND, ticker))
        .isNotSameAs(shared);
    assertThat(RateLimiter.shared(base, Secret.of("k1"), 5, SECOND, new ManualTicker())).isNotSameAs(shared);
  }

  /** Time that a test moves on by hand while threads sleep in it. */
  private static final class SteppedTicker implements Ticker {

    private final List<Thread> threads = new ArrayList<>();
    private final List<Throwable> failures = new CopyOnWriteArrayList<>();
    private final CountDownLatch never = new CountDownLatch(1);
    private long now;

    private interface Task {
      void run() throws InterruptedException;
    }

    @Override
    public synchronized long nanoTime() {
      return now;
    }

    @Override
    public synchronized void sleep(Duration duration) throws InterruptedException {
      long until = now + duration.toNanos();
      while (now - until < 0) {
        wait();
      }
    }

    void run(Task task) {
      Thread thread =
          new Thread(
              () -> {
                try {
                  task.run();
                } catch (InterruptedException | RuntimeException e) {
                  failures.add(e);
                }
              });
      thread.setDaemon(true);
      threads.add(thread);
      thread.start();
    }

    /** Wakes those whose time has come and waits until each has ended or sleeps again. */
    void advance(Duration duration) throws InterruptedException {
      synchronized (this) {
        now += duration.toNanos();
        notifyAll();
      }
      awaitRest(-1);
    }

    void awaitSleepers(int number) throws InterruptedException {
      awaitRest(number);
    }

    /** Nobody tells when a woken thread has done its work: it is at rest if it waits in this ticker or has ended. */
    private void awaitRest(int sleepers) throws InterruptedException {
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
      while (true) {
        long alive;
        long waiting;
        synchronized (this) {
          alive = threads.stream().filter(Thread::isAlive).count();
          waiting = threads.stream().filter(t -> t.getState() == Thread.State.WAITING).count();
        }
        if (alive == waiting && (sleepers < 0 || waiting == sleepers)) {
          return;
        }
        if (System.nanoTime() - end > 0) {
          throw new AssertionError(waiting + " of " + alive + " threads sleep, expected " + sleepers);
        }
        never.await(1, TimeUnit.MILLISECONDS);
      }
    }

    void awaitEnd() throws InterruptedException {
      for (Thread thread : threads) {
        thread.join(30_000);
      }
      assertThat(threads).noneMatch(Thread::isAlive);
      assertThat(failures).isEmpty();
    }
  }
}
