package io.x0tta6bl4.payment.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DeadlineTest {

  private final ManualTicker ticker = new ManualTicker();

  @AfterEach
  void clearTheFlag() {
    Thread.interrupted();
  }

  @Test
  void tellsWhatIsLeft() throws InterruptedException {
    Deadline deadline = Deadline.after(Duration.ofSeconds(5), ticker);
    assertThat(deadline.remaining()).isEqualTo(Duration.ofSeconds(5));

    ticker.sleep(Duration.ofSeconds(4));

    assertThat(deadline.remaining()).isEqualTo(Duration.ofSeconds(1));
    assertThat(deadline.isOver()).isFalse();
  }

  @Test
  void isOverAtItsInstantAndNeverLeavesLessThanNothing() throws InterruptedException {
    Deadline deadline = Deadline.after(Duration.ofSeconds(5), ticker);
    ticker.sleep(Duration.ofSeconds(5));
    assertThat(deadline.isOver()).isTrue();
    assertThat(deadline.remaining()).isZero();

    ticker.sleep(Duration.ofDays(1));

    assertThat(deadline.isOver()).isTrue();
    assertThat(deadline.remaining()).isZero();
  }

  @Test
  void sleepsWhereTheWaitEndsBeforeIt() throws InterruptedException {
    Deadline deadline = Deadline.after(Duration.ofSeconds(5), ticker);

    assertThat(deadline.sleep(Duration.ofSeconds(5).minusNanos(1))).isTrue();

    assertThat(ticker.slept).containsExactly(Duration.ofSeconds(5).minusNanos(1));
  }

  @Test
  void doesNotSleepAtAllWhereTheWaitWouldReachIt() throws InterruptedException {
    Deadline deadline = Deadline.after(Duration.ofSeconds(5), ticker);

    assertThat(deadline.sleep(Duration.ofSeconds(5))).isFalse();

    assertThat(ticker.slept).isEmpty();
  }

  @Test
  void holdsWhereTheTickersNumbersOverflow() throws InterruptedException {
    ManualTicker late = new ManualTicker(Long.MAX_VALUE - 1_000);
    Deadline deadline = Deadline.after(Duration.ofSeconds(5), late);

    assertThat(deadline.remaining()).isEqualTo(Duration.ofSeconds(5));
    late.sleep(Duration.ofSeconds(4));
    assertThat(deadline.isOver()).isFalse();
    late.sleep(Duration.ofSeconds(2));
    assertThat(deadline.isOver()).isTrue();
  }

  @Test
  void anInterruptEndsTheSystemsSleep() {
    Thread.currentThread().interrupt();

    assertThatExceptionOfType(InterruptedException.class).isThrownBy(() -> Ticker.system().sleep(Duration.ofSeconds(30)));
  }

  @Test
  void theSystemsTimeMovesForwardAndNoWaitIsNoWait() throws InterruptedException {
    long before = Ticker.system().nanoTime();

    Ticker.system().sleep(Duration.ZERO);
    Ticker.system().sleep(Duration.ofSeconds(-5));
    Ticker.system().sleep(Duration.ofNanos(1));

    assertThat(Ticker.system().nanoTime() - before).isNotNegative();
  }
}
