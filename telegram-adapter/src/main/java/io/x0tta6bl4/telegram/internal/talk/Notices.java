package io.x0tta6bl4.telegram.internal.talk;

import io.x0tta6bl4.payment.Reason;
import io.x0tta6bl4.payment.ledger.OrderAccount;
import io.x0tta6bl4.payment.ledger.OrderEvent;
import io.x0tta6bl4.payment.ledger.OrderState;
import io.x0tta6bl4.payment.ledger.PaymentEvent;
import io.x0tta6bl4.payment.ledger.PaymentListener;
import io.x0tta6bl4.payment.ledger.WalletEvent;
import io.x0tta6bl4.payment.watch.PaymentDesk;
import io.x0tta6bl4.telegram.internal.store.Buyers;
import io.x0tta6bl4.telegram.internal.store.Buyers.Buyer;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns what the ledger tells into what chats are to show, durably, and sends nothing itself: so an event is taken within
 * milliseconds however long a chat cannot be reached, and told again it changes nothing.
 */
final class Notices implements PaymentListener {

  private static final Logger LOG = LoggerFactory.getLogger(Notices.class);

  private final String name;
  private final PaymentDesk desk;
  private final Buyers buyers;
  private final Orders orders;
  private final Alerts alerts;

  Notices(String name, PaymentDesk desk, Buyers buyers, Orders orders, Alerts alerts) {
    this.name = name;
    this.desk = desk;
    this.buyers = buyers;
    this.orders = orders;
    this.alerts = alerts;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void onEvent(PaymentEvent event) {
    if (event instanceof OrderEvent order) {
      ofOrder(order);
    } else if (event instanceof WalletEvent wallet) {
      alerts.once(wallet.id(), "alert.wallet", wallet.type().name(), wallet.wallet().address(), wallet.detail());
    }
  }

  private void ofOrder(OrderEvent event) {
    String id = event.request().orderId();
    Optional<OrderAccount> account = desk.find(id);
    if (account.isPresent() && account.get().order().state() != OrderState.OPEN) {
      alerts.end(Supervision.stuck(id), null);
    }
    Optional<Buyer> buyer = buyers.find(id);
    if (buyer.isEmpty() || account.isEmpty()) {
      // Whoever opens the order's link later is shown how it stands then.
      LOG.debug("order {}: nobody to tell {}", id, event.type());
      return;
    }
    LOG.debug("order {}: {} is to be told", id, event.type());
    orders.ring(event, buyer.get());
    orders.show(account.get(), buyer.get());
    if (event.reason().filter(Reason.UNDERPAID::equals).isPresent()) {
      orders.drawQr(account.get(), buyer.get());
    }
  }
}
