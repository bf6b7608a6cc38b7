package io.x0tta6bl4.payment.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.x0tta6bl4.payment.ProviderUnavailableException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PollingTest {

  private final ManualTicker ticker = new ManualTicker();
  private final AtomicInteger asked = new AtomicInteger();

  @Test
  void asksUntilThereIsAnAnswer() {
    Deadline deadline = Deadline.after(Duration.ofSeconds(30), ticker);
    assertThat(Polling.untilKnown("tron", () -> asked.incrementAndGet() == 3 ? "known" : null, deadline)).isEqualTo("known");
    assertThat(ticker.slept).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(1));
  }

  @Test
  void asksOnceThoughThereIsNoTime() {
    assertThat(Polling.<String>untilKnown("tron", this::unknown, Deadline.after(Duration.ofMillis(1), ticker))).isNull();
    assertThat(asked).hasValue(1);
  }

  @Test
  void row73_beginsNoQuestionThatCouldNotBeAnsweredInTime() {
    Deadline deadline = Deadline.after(Duration.ofSeconds(5), ticker);
    assertThat(Polling.<String>untilKnown("tron", this::unknown, deadline)).isNull();
    assertThat(asked).hasValue(4);
    assertThat(deadline.remaining()).isEqualTo(Duration.ofSeconds(2));
  }

  @Test
  void row80_anInterruptEndsItWithTheFlagKept() {
    Deadline deadline = Deadline.after(Duration.ofSeconds(30), Ticker.system());
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> Polling.<String>untilKnown("tron", this::unknown, deadline))
        .isInstanceOf(ProviderUnavailableException.class)
        .hasMessageContaining("interrupted");
    assertThat(Thread.interrupted()).isTrue();
  }

  private String unknown() {
    asked.incrementAndGet();
    return null;
  }
}
