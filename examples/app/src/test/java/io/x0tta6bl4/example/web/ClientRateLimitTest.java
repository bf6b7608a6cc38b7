package io.x0tta6bl4.example.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.x0tta6bl4.payment.http.Ticker;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ClientRateLimitTest {

  private long now = 1;
  private final Ticker ticker =
      new Ticker() {
        @Override
        public long nanoTime() {
          return now;
        }

        @Override
        public void sleep(Duration duration) {
          throw new AssertionError("nobody sleeps");
        }
      };

  @Test
  void letsAClientGoOnAfterTheTimeThatItWasTold() {
    ClientRateLimit limit = new ClientRateLimit(60, ticker);
    for (int i = 0; i < 60; i++) {
      assertThat(limit.tryAcquire("a")).isEmpty();
    }
    Duration pause = limit.tryAcquire("a").orElseThrow();
    assertThat(pause).isEqualTo(Duration.ofSeconds(1));
    now += pause.toNanos();
    assertThat(limit.tryAcquire("a")).isEmpty();
    assertThat(limit.tryAcquire("a")).isPresent();
  }

  @Test
  void savesNoMoreThanAMinutesTokens() {
    ClientRateLimit limit = new ClientRateLimit(2, ticker);
    now += Duration.ofHours(5).toNanos();
    assertThat(limit.tryAcquire("a")).isEmpty();
    assertThat(limit.tryAcquire("a")).isEmpty();
    assertThat(limit.tryAcquire("a")).isPresent();
  }

  @Test
  void takesTheAddressesOfAnIpv6NetworkAsOneClient() {
    ClientRateLimit limit = new ClientRateLimit(1, ticker);
    assertThat(limit.tryAcquire("2001:db8:1:2::1")).isEmpty();
    assertThat(limit.tryAcquire("2001:db8:1:2:ffff::9")).isPresent();
    assertThat(limit.tryAcquire("2001:db8:1:3::1")).isEmpty();
  }

  @Test
  void forgetsTheClientsThatWereSeenLongAgo() {
    ClientRateLimit limit = new ClientRateLimit(1, ticker);
    assertThat(limit.tryAcquire("first")).isEmpty();
    for (int i = 0; i < 20_000; i++) {
      assertThat(limit.tryAcquire("client-" + i)).isEmpty();
    }
    assertThat(limit.tryAcquire("first")).as("not known any more").isEmpty();
  }

  @Test
  void refusesALimitOfNothing() {
    assertThatThrownBy(() -> new ClientRateLimit(0, ticker)).hasMessageContaining("0 requests a minute");
  }
}
