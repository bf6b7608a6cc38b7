package io.x0tta6bl4.payment.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.x0tta6bl4.payment.Amount;
import io.x0tta6bl4.payment.Asset;
import io.x0tta6bl4.payment.PaymentRequest;
import io.x0tta6bl4.payment.PaymentVerifier;
import io.x0tta6bl4.payment.Verification;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class InMemoryChainTest {

  @Test
  void isPaidIntoAndVerified() {
    // @start region="pay"
    MutableClock clock = new MutableClock(Instant.parse("2026-01-01T01:00:00Z"));
    InMemoryChain chain = new InMemoryChain(clock);
    try (PaymentVerifier verifier = InMemoryPaymentVerifier.of(chain, clock)) {
      Amount price = Amount.of(Asset.USDT_TRC20, new BigDecimal("25.00"));
      chain.pay("shop-wallet", price).memo("ORD-1001").submit();

      Verification verdict = verifier.verify(PaymentRequest.builder("ORD-1001", "shop-wallet", price).build());

      assertThat(verdict.isVerified()).isTrue();
    }
    // @end
  }

  @Test
  void givesEachTransactionItsOwnHash() {
    InMemoryChain chain = new InMemoryChain(new MutableClock(Instant.EPOCH));
    Amount one = Amount.ofUnits(Asset.TRX, 1);
    assertThat(chain.pay("shop", one).submit().hash())
        .matches("[0-9a-f]{64}")
        .isNotEqualTo(chain.pay("shop", one).submit().hash());
  }

  @Test
  void theClockStandsUntilItIsMoved() {
    MutableClock clock = new MutableClock(Instant.EPOCH);
    java.time.Clock inParis = clock.withZone(ZoneId.of("Europe/Paris"));
    clock.advance(Duration.ofSeconds(5));
    assertThat(inParis.instant()).isEqualTo(Instant.EPOCH.plusSeconds(5));
    clock.set(Instant.EPOCH);
    assertThat(clock.millis()).isZero();
  }

  @Test
  void theSleeperDoesNotSleepButMovesTimeOn() throws InterruptedException {
    ManualTicker ticker = new ManualTicker();
    ticker.sleep(Duration.ofHours(1));
    ticker.sleep(Duration.ZERO);
    assertThat(ticker.nanoTime()).isEqualTo(Duration.ofHours(1).toNanos());
    assertThat(ticker.sleeps()).containsExactly(Duration.ofHours(1));
  }
}
