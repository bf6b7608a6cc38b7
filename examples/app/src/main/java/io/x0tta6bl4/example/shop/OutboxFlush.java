package io.x0tta6bl4.example.shop;

import io.x0tta6bl4.payment.ledger.LedgerException;
import io.x0tta6bl4.payment.ledger.PaymentLedger;
import io.x0tta6bl4.payment.watch.EventDelivery;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a shop that ends has still to tell. */
final class OutboxFlush {

  private static final Logger LOG = LoggerFactory.getLogger(OutboxFlush.class);
  private static final Duration LOOK = Duration.ofMillis(50);

  private OutboxFlush() {}

  /**
   * Waits until all is told, while the delivery is still at work. What is left is told after the next start.
   *
   * @param ledger whose outbox it is
   * @param delivery tells
   * @param patience how long at most
   */
  static void flush(PaymentLedger ledger, EventDelivery delivery, Duration patience) {
    long end = System.nanoTime() + patience.toNanos();
    try {
      long left = ledger.statistics().undelivered();
      while (left > 0 && System.nanoTime() < end) {
        delivery.wake();
        Thread.sleep(LOOK);
        left = ledger.statistics().undelivered();
      }
      if (left > 0) {
        LOG.warn("{} events are told after the next start", left);
      }
    } catch (LedgerException e) {
      LOG.warn("whether events are left to be told is not known: {}", e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
