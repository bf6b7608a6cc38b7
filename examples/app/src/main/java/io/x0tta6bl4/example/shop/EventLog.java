package io.x0tta6bl4.example.shop;

import io.x0tta6bl4.payment.ledger.OrderEvent;
import io.x0tta6bl4.payment.ledger.PaymentEvent;
import io.x0tta6bl4.payment.ledger.PaymentListener;
import io.x0tta6bl4.payment.ledger.WalletEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** The trail of what happened, for operators. Thread-safe. */
final class EventLog implements PaymentListener {

  private static final Logger LOG = LoggerFactory.getLogger(EventLog.class);

  @Override
  public String name() {
    return "log";
  }

  @Override
  public void onEvent(PaymentEvent event) {
    switch (event) {
      case OrderEvent change -> {
        MDC.put("order", change.request().orderId());
        try {
          LOG.info(
              "order {}: {}{}, transactions {}",
              change.request().orderId(),
              change.type(),
              change.reason().map(reason -> " " + reason).orElse(""),
              change.transfers().stream().map(transfer -> transfer.id().transactionHash()).toList());
        } finally {
          MDC.remove("order");
        }
      }
      case WalletEvent concern ->
          LOG.warn("wallet {}: {}: {}", concern.wallet().key(), concern.type(), concern.detail());
    }
  }
}
