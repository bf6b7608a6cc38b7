package io.x0tta6bl4.payment.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.x0tta6bl4.payment.Amount;
import io.x0tta6bl4.payment.Asset;
import io.x0tta6bl4.payment.PaymentRequest;
import io.x0tta6bl4.payment.PaymentVerifier;
import io.x0tta6bl4.payment.ledger.InMemoryPaymentLedger;
import io.x0tta6bl4.payment.ledger.NewOrder;
import io.x0tta6bl4.payment.ledger.OrderState;
import io.x0tta6bl4.payment.ledger.PaymentLedger;
import io.x0tta6bl4.payment.metrics.PaymentObserver;
import io.x0tta6bl4.payment.watch.PaymentDesk;
import io.x0tta6bl4.payment.watch.PaymentWatcher;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whoever has no Prometheus on his path, as this module has none, verifies and watches all the same. */
class WithoutPrometheusTest {

  @Test
  void thereIsNoPrometheusOnThisPath() {
    assertThatExceptionOfType(ClassNotFoundException.class)
        .isThrownBy(() -> Class.forName("io.prometheus.metrics.model.registry.PrometheusRegistry"));
  }

  @Test
  void aShopIsRunWithoutIt() {
    MutableClock clock = new MutableClock(Instant.parse("2026-01-01T01:00:00Z"));
    InMemoryChain chain = new InMemoryChain(clock);
    InMemoryTransferSource source = new InMemoryTransferSource(chain);
    PaymentLedger ledger = new InMemoryPaymentLedger(clock);
    PaymentDesk desk = new PaymentDesk(ledger, List.of(source), clock, PaymentObserver.NONE);
    PaymentRequest request =
        PaymentRequest.builder("ORD-1", "wallet", Amount.ofUnits(new Asset("memory", "COIN", null, 2), 2_500)).build();
    desk.open(NewOrder.of(request));
    chain.pay("wallet", request.amount()).memo("ORD-1").submit();

    try (PaymentWatcher watcher = PaymentWatcher.builder(ledger).source(source).clock(clock).build();
        PaymentVerifier verifier = InMemoryPaymentVerifier.of(chain, clock)) {
      watcher.tick();

      assertThat(ledger.find("ORD-1").orElseThrow().order().state()).isEqualTo(OrderState.PAID);
      assertThat(verifier.verify(request).isVerified()).isTrue();
    }
  }
}
