package io.x0tta6bl4.example.shop;

import io.x0tta6bl4.payment.ledger.OrderEvent;
import io.x0tta6bl4.payment.ledger.PaymentEvent;
import io.x0tta6bl4.payment.ledger.PaymentListener;
import io.x0tta6bl4.payment.ledger.WalletEvent;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** The trail of what happened, for operators, beside another listener: one of its own would double the outbox. Thread-safe. */
final class EventLog implements PaymentListener {

  private static final Logger LOG = LoggerFactory.getLogger(EventLog.class);

  private final String name;
  private final @Nullable PaymentListener listener;

  private EventLog(String name, @Nullable PaymentListener listener) {
    this.name = name;
    this.listener = listener;
  }

  /**
   * Logs what a listener was told.
   *
   * @param listeners of whom the last is listened to; perhaps none. The first may be a server elsewhere, which is not always there
   * @return the listeners, one at least
   */
  static List<PaymentListener> beside(List<PaymentListener> listeners) {
    if (listeners.isEmpty()) {
      return List.of(new EventLog("log", null));
    }
    List<PaymentListener> all = new ArrayList<>(listeners);
    all.set(all.size() - 1, new EventLog(listeners.getLast().name(), listeners.getLast()));
    return all;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void onEvent(PaymentEvent event) throws Exception {
    if (listener != null) {
      listener.onEvent(event);
    }
    log(event);
  }

  private static void log(PaymentEvent event) {
    switch (event) {
      case OrderEvent change -> {
        MDC.put("order_id", change.request().orderId());
        try {
          LOG.info(
              "order {}: {}{}, transactions {}",
              change.request().orderId(),
              change.type(),
              change.reason().map(reason -> " " + reason).orElse(""),
              change.transfers().stream().map(transfer -> transfer.id().transactionHash()).toList());
        } finally {
          MDC.remove("order_id");
        }
      }
      case WalletEvent concern ->
          LOG.warn("wallet {}: {}: {}", concern.wallet().key(), concern.type(), concern.detail());
    }
  }
}
