package io.x0tta6bl4.payment.internal.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.x0tta6bl4.payment.Paid;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScanPaceTest {

  private static final Duration FAST = Duration.ofSeconds(5);
  private static final Duration SLOW = Duration.ofMinutes(1);
  private static final Duration FRESH = Duration.ofMinutes(15);
  private static final Instant NOW = Paid.NOW;

  private final ScanPace pace =
      new ScanPace(
          new WatchSettings(FAST, SLOW, FRESH, Duration.ZERO, Duration.ofDays(1), Duration.ZERO, Duration.ofMinutes(1)));

  @Test
  void isFastWhileAnOrderIsFresh() {
    pace.succeeded(false);
    assertThat(pace.next(NOW.minus(FRESH), NOW)).isEqualTo(FAST);
    assertThat(pace.next(NOW.minus(FRESH).minusMillis(1), NOW)).isEqualTo(SLOW);
    assertThat(pace.next(null, NOW)).isEqualTo(SLOW);
  }

  @Test
  void isFastWhileAPaymentIsOnItsWay() {
    pace.succeeded(true);
    assertThat(pace.next(null, NOW)).isEqualTo(FAST);
    pace.succeeded(false);
    assertThat(pace.next(null, NOW)).isEqualTo(SLOW);
  }

  @Test
  void backsOffWhileTheProviderFailsHoweverFreshAnOrderIs() {
    List<Long> waits = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      pace.failed(null);
      waits.add(pace.next(NOW, NOW).toSeconds());
    }
    assertThat(waits).containsExactly(5L, 10L, 20L, 40L, 60L, 60L, 60L, 60L, 60L, 60L, 60L, 60L);
    assertThat(pace.failures()).isEqualTo(12);
  }

  @Test
  void beginsAnewAfterASuccess() {
    for (int i = 0; i < 12; i++) {
      pace.failed(Duration.ofHours(1));
    }
    pace.succeeded(false);
    assertThat(pace.failures()).isZero();
    assertThat(pace.next(NOW, NOW)).isEqualTo(FAST);
    pace.failed(null);
    assertThat(pace.next(NOW, NOW)).isEqualTo(FAST);
  }

  @Test
  void waitsAsLongAsTheProviderWishes() {
    pace.failed(Duration.ofSeconds(30));
    assertThat(pace.next(NOW, NOW)).isEqualTo(Duration.ofSeconds(30));
    pace.failed(Duration.ofSeconds(1));
    assertThat(pace.next(NOW, NOW)).isEqualTo(Duration.ofSeconds(10));
    pace.failed(null);
    assertThat(pace.next(NOW, NOW)).isEqualTo(Duration.ofSeconds(20));
  }
}
