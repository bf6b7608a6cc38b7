package io.x0tta6bl4.payment.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.x0tta6bl4.payment.Amount;
import io.x0tta6bl4.payment.Asset;
import io.x0tta6bl4.payment.PaymentRequest;
import io.x0tta6bl4.payment.ledger.InMemoryPaymentLedger;
import io.x0tta6bl4.payment.ledger.NewOrder;
import io.x0tta6bl4.payment.ledger.OrderEvent;
import io.x0tta6bl4.payment.ledger.PaymentEvent;
import io.x0tta6bl4.payment.ledger.PaymentLedger;
import io.x0tta6bl4.payment.ledger.PaymentListener;
import io.x0tta6bl4.payment.metrics.PaymentObserver;
import io.x0tta6bl4.payment.spi.TransferSource;
import io.x0tta6bl4.payment.watch.EventDelivery;
import io.x0tta6bl4.payment.watch.PaymentDesk;
import io.x0tta6bl4.payment.watch.PaymentWatcher;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The README's shop. */
class ShopExampleTest {

  @Test
  void creditsAWatchedOrderAndTellsTheShop() {
    MutableClock clock = new MutableClock(Instant.parse("2026-01-01T01:00:00Z"));
    InMemoryChain chain = new InMemoryChain(clock);
    TransferSource source = new InMemoryTransferSource(chain);
    Asset coin = new Asset("memory", "COIN", null, 2);
    List<String> delivered = new ArrayList<>();

    // @start region="shop"
    PaymentLedger ledger = new InMemoryPaymentLedger(clock);
    PaymentDesk desk = new PaymentDesk(ledger, List.of(source), clock, PaymentObserver.NONE);
    PaymentWatcher watcher = PaymentWatcher.builder(ledger).source(source).clock(clock).build();
    EventDelivery delivery = EventDelivery.builder(ledger).listener(new Shop(delivered)).clock(clock).build();

    delivery.deliverDue(); // in a program: delivery.start() and watcher.start()
    Amount price = Amount.of(coin, new BigDecimal("25.00"));
    desk.open(NewOrder.of(PaymentRequest.builder("ORD-1001", "shop-wallet", price).build()));

    chain.pay("shop-wallet", price).memo("ORD-1001").submit();
    watcher.tick();
    delivery.deliverDue();

    assertThat(delivered).containsExactly("ORD-1001");
    // @end
    watcher.close();
    delivery.close();
  }

  // @start region="listener"
  record Shop(List<String> delivered) implements PaymentListener {
    @Override
    public String name() {
      return "shop";
    }

    @Override
    public void onEvent(PaymentEvent event) {
      if (event instanceof OrderEvent order && order.type() == OrderEvent.Type.VERIFIED) {
        delivered.add(order.request().orderId());
      }
    }
  }
  // @end
}
