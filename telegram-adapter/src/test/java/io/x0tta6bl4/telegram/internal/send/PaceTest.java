package io.x0tta6bl4.telegram.internal.send;

import static org.assertj.core.api.Assertions.assertThat;

import io.x0tta6bl4.telegram.SendLimits;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PaceTest {

  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  /** Any origin: that of a ticker is arbitrary. */
  private static final long[] ORIGINS = {0, Long.MAX_VALUE - 5 * SECOND};

  private static Pace pace(long now) {
    return new Pace(SendLimits.TELEGRAM, now);
  }

  @Test
  void oneMessageASecondToAChat() {
    for (long start : ORIGINS) {
      Pace pace = pace(start);
      assertThat(pace.waitOf(7, start)).isZero();
      pace.use(7, start);
      assertThat(pace.waitOf(7, start + SECOND / 4)).isEqualTo(SECOND * 3 / 4);
      assertThat(pace.waitOf(7, start + SECOND)).isZero();
      assertThat(pace.waitOf(8, start)).isZero();
    }
  }

  @Test
  void twentyMessagesAMinuteToAGroup() {
    Pace pace = pace(0);
    for (int i = 0; i < 20; i++) {
      assertThat(pace.waitOf(-5, i * SECOND)).isZero();
      pace.use(-5, i * SECOND);
    }
    assertThat(pace.waitOf(-5, 20 * SECOND)).isEqualTo(40 * SECOND);
    assertThat(pace.waitOf(-5, 60 * SECOND)).isZero();
  }

  @Test
  void neverMoreThanThirtyInAnySecondAndNoFewerThanThatWhereTheyWait() {
    Pace pace = pace(0);
    Deque<Long> last = new ArrayDeque<>();
    long now = 0;
    for (int sent = 0; sent < 3_000; sent++) {
      now += pace.waitOfAll(now);
      pace.use(sent, now);
      last.add(now);
      if (last.size() > 30) {
        assertThat(now - last.remove()).isGreaterThanOrEqualTo(SECOND);
      }
    }
    assertThat(now).isBetween(99 * SECOND, 100 * SECOND);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 60})
  void manyRefusalsInARowArePauseForAll(int seconds) {
    Pace pace = pace(0);
    for (int chat = 1; chat <= 4; chat++) {
      pace.refused(chat, Duration.ofSeconds(seconds), 0);
      pace.refused(chat, Duration.ofSeconds(seconds), 0);
      assertThat(pace.waitOfAll(0)).isZero();
    }
    pace.refused(5, Duration.ofSeconds(seconds), 0);
    assertThat(pace.waitOfAll(0)).isEqualTo(Math.min(seconds, 30) * SECOND);
  }

  @Test
  void aSuccessBetweenSaysThatOnlySingleChatsAreMeant() {
    Pace pace = pace(0);
    for (int chat = 1; chat <= 20; chat++) {
      pace.refused(chat, Duration.ofSeconds(60), 0);
      if (chat % 4 == 0) {
        pace.succeeded();
      }
    }
    assertThat(pace.waitOfAll(0)).isZero();
  }

  @Test
  void forgetsIdleChatsOnly() {
    Pace pace = pace(0);
    pace.use(1, 0);
    for (int chat = 2; chat < 10_000; chat++) {
      pace.use(chat, 2 * SECOND);
    }
    assertThat(pace.waitOf(2, 2 * SECOND)).isEqualTo(SECOND);
    assertThat(pace.waitOf(9_999, 2 * SECOND)).isEqualTo(SECOND);
  }
}
