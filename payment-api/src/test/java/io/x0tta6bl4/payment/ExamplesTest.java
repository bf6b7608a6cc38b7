package io.x0tta6bl4.payment;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.x0tta6bl4.payment.ledger.JdbcPaymentLedger;
import io.x0tta6bl4.payment.ledger.LedgerException;
import io.x0tta6bl4.payment.ledger.NewOrder;
import io.x0tta6bl4.payment.ledger.PaymentLedger;
import io.x0tta6bl4.payment.ledger.PaymentListener;
import io.x0tta6bl4.payment.metrics.PaymentObserver;
import io.x0tta6bl4.payment.spi.TransferSource;
import io.x0tta6bl4.payment.watch.EventDelivery;
import io.x0tta6bl4.payment.watch.PaymentDesk;
import io.x0tta6bl4.payment.watch.PaymentWatcher;
import java.lang.reflect.Proxy;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** The examples of the documentation, which takes them from here. They run as far as they come without a chain. */
class ExamplesTest {

  @Test
  void asksOnceWhereTheChainsArtefactIs() {
    assertThatThrownBy(() -> ask("key", "wallet"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("add the artefact io.x0tta6bl4:payment-tron");
  }

  @Test
  void watchesWhereTheDatabaseAnswers() {
    DataSource broken =
        (DataSource)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {DataSource.class},
                (proxy, method, arguments) -> {
                  throw new SQLException("no database");
                });
    assertThatThrownBy(() -> watch(broken, null, null, null)).isInstanceOf(LedgerException.class);
  }

  private static String ask(String key, String wallet) {
    // @start region="ask"
    VerifierOptions options = VerifierOptions.of(Map.of(VerifierOptions.API_KEY, key));
    try (PaymentVerifier verifier = PaymentVerifiers.load("tron", options)) {
      Amount price = Amount.of(Asset.USDT_TRC20, new BigDecimal("25.00"));
      Verification verdict = verifier.verify(PaymentRequest.builder("ORD-1001", wallet, price).build());
      return verdict.isVerified() ? "paid" : verdict.toString();
    }
    // @end
  }

  private static void watch(DataSource database, TransferSource source, PaymentListener shop, PaymentRequest request) {
    // @start region="watch"
    Clock clock = Clock.systemUTC();
    PaymentLedger ledger = JdbcPaymentLedger.open(database, clock);
    PaymentDesk desk = new PaymentDesk(ledger, List.of(source), clock, PaymentObserver.NONE);
    PaymentWatcher watcher = PaymentWatcher.builder(ledger).source(source).build();
    EventDelivery delivery = EventDelivery.builder(ledger).listener(shop).build();
    delivery.start(); // first, so that the listener is subscribed before anything happens
    watcher.start();

    desk.open(NewOrder.of(request));
    // @end
  }
}
