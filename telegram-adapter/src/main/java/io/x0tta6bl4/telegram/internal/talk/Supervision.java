package io.x0tta6bl4.telegram.internal.talk;

import io.x0tta6bl4.payment.ledger.Order;
import io.x0tta6bl4.payment.ledger.PaymentLedger;
import io.x0tta6bl4.telegram.BotApi;
import io.x0tta6bl4.telegram.BotApiException;
import io.x0tta6bl4.telegram.WebhookInfo;
import io.x0tta6bl4.telegram.internal.store.Memory;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks every minute at what nobody is told of otherwise. Of several processes one looks, by a lease. */
public final class Supervision {

  private static final Duration PACE = Duration.ofMinutes(1);
  private static final Duration LEASE = Duration.ofMinutes(3);

  /** An order expires when its time was read, which takes some scans: longer means that nobody reads. */
  private static final Duration STUCK_AFTER = Duration.ofMinutes(15);

  /** An error that Telegram remembers is old news after this. */
  private static final Duration ERROR_IS_FRESH = Duration.ofMinutes(5);

  private static final long MOST_PENDING = 100;
  private static final int MOST_ORDERS = 100;

  /** Telegram sends an update for 24 hours at the most; a week covers whatever a store was restored from. */
  private static final Duration REMEMBERED = Duration.ofDays(7);

  private static final String DUTY = "supervision";
  private static final String WEBHOOK = "webhook";
  private static final String PENDING = "pending";

  private static final Logger LOG = LoggerFactory.getLogger(Supervision.class);

  private final BotApi api;
  private final Memory memory;
  private final @Nullable PaymentLedger ledger;
  private final Alerts alerts;
  private final Clock clock;
  private final String owner;

  Supervision(
      BotApi api, Memory memory, @Nullable PaymentLedger ledger, Alerts alerts, Clock clock, String owner) {
    this.api = api;
    this.memory = memory;
    this.ledger = ledger;
    this.alerts = alerts;
    this.clock = clock;
    this.owner = owner;
  }

  /** Names the trouble of an order that does not end. */
  static String stuck(String orderId) {
    return "stuck/" + orderId;
  }

  /**
   * Looks once.
   *
   * @return how long to wait before the next time
   */
  public Duration step() {
    Instant now = Instant.ofEpochMilli(clock.millis());
    if (memory.duties().lease(DUTY, owner, now, now.plus(LEASE))) {
      memory.updates().purge(now.minus(REMEMBERED));
      lookAtOrders(now);
      lookAtWebhook(now);
    }
    return PACE;
  }

  private void lookAtOrders(Instant now) {
    if (ledger == null) {
      return;
    }
    for (Order order : ledger.overdue(now.minus(STUCK_AFTER), MOST_ORDERS)) {
      alerts.begin(stuck(order.id()), "alert.stuck", order.id(), Views.time(order.expiresAt()));
    }
  }

  private void lookAtWebhook(Instant now) {
    WebhookInfo info;
    try {
      info = api.getWebhookInfo();
    } catch (BotApiException e) {
      LOG.debug("the webhook's state could not be had: {}", e.getMessage());
      return;
    }
    Instant failedAt = info.lastErrorAt();
    if (!info.url().isEmpty() && failedAt != null && failedAt.plus(ERROR_IS_FRESH).isAfter(now)) {
      String why = info.lastErrorMessage();
      alerts.begin(WEBHOOK, "alert.webhook", why == null ? "?" : why);
    } else {
      alerts.end(WEBHOOK, "alert.webhook.over");
    }
    if (info.pendingUpdates() > MOST_PENDING) {
      alerts.begin(PENDING, "alert.pending", info.pendingUpdates());
    } else {
      alerts.end(PENDING, "alert.pending.over");
    }
  }
}
