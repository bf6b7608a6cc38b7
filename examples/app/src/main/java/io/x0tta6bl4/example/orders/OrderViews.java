package io.x0tta6bl4.example.orders;

import io.x0tta6bl4.payment.MatchMode;
import io.x0tta6bl4.payment.PaymentRequest;
import io.x0tta6bl4.payment.Transfer;
import io.x0tta6bl4.payment.ledger.Claim;
import io.x0tta6bl4.payment.ledger.Order;
import io.x0tta6bl4.payment.ledger.OrderAccount;
import io.x0tta6bl4.payment.ledger.OrderEvent;
import io.x0tta6bl4.payment.ledger.PaymentLedger;
import io.x0tta6bl4.telegram.WalletLinks;
import java.net.URI;
import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes {@link OrderView}s of what the ledger has. Thread-safe. */
public final class OrderViews {

  private static final Logger LOG = LoggerFactory.getLogger(OrderViews.class);

  private final PaymentLedger ledger;
  private final CheckoutLinks checkout;
  private final Function<Order, Optional<URI>> bot;
  private final Explorers explorers;

  /**
   * Makes views.
   *
   * @param ledger where the orders are; not closed here
   * @param checkout the addresses of the pages
   * @param bot the order in the chat, if there is one
   * @param explorers where transactions are looked up
   */
  public OrderViews(
      PaymentLedger ledger, CheckoutLinks checkout, Function<Order, Optional<URI>> bot, Explorers explorers) {
    this.ledger = ledger;
    this.checkout = checkout;
    this.bot = bot;
    this.explorers = explorers;
  }

  /**
   * Looks an order up.
   *
   * @param orderId which
   * @return its view, empty if it is not known
   */
  public Optional<OrderView> find(String orderId) {
    return ledger.find(orderId).map(this::of);
  }

  /**
   * Looks orders up in one go. One that cannot be shown is left out, and logged.
   *
   * @param orderIds at most 1,000
   * @return the views of those that are known, by id
   */
  public Map<String, OrderView> find(Collection<String> orderIds) {
    Map<String, OrderView> views = new HashMap<>();
    for (OrderAccount account : ledger.find(orderIds)) {
      try {
        views.put(account.order().id(), of(account));
      } catch (RuntimeException e) {
        // A page of many orders is not to fail for one of them.
        LOG.error("order {} cannot be shown", account.order().id(), e);
      }
    }
    return views;
  }

  /**
   * Makes a view.
   *
   * @param account an order with its claims
   * @return how it looks
   */
  public OrderView of(OrderAccount account) {
    Order order = account.order();
    PaymentRequest request = order.request();
    OrderEvent last = account.lastEvent();
    OrderView.Status status = status(account);
    return new OrderView(
        order.id(),
        order.version(),
        status,
        request.asset(),
        request.amount().toDecimal(),
        account.received().toDecimal(),
        account.missing().toDecimal(),
        request.recipient(),
        request.matchMode(),
        request.matchMode() == MatchMode.MEMO ? order.id() : null,
        order.openedAt(),
        order.expiresAt(),
        account.rest().flatMap(WalletLinks.TON::link).orElse(null),
        checkout.of(order.id()),
        bot.apply(order).orElse(null),
        account.claims().stream().map(this::payment).toList(),
        last == null ? null : event(last));
  }

  private static OrderView.Status status(OrderAccount account) {
    return switch (account.order().state()) {
      case PAID -> OrderView.Status.PAID;
      case EXPIRED -> OrderView.Status.EXPIRED;
      case CANCELLED -> OrderView.Status.CANCELLED;
      case OPEN -> {
        if (account.latest().filter(last -> last.type() == OrderEvent.Type.SEEN).isPresent()) {
          yield OrderView.Status.SEEN;
        }
        if (account.received().units().signum() == 0) {
          yield OrderView.Status.WAITING;
        }
        yield account.missing().units().signum() > 0 ? OrderView.Status.PARTLY_PAID : OrderView.Status.OVERPAID;
      }
    };
  }

  private OrderView.Payment payment(Claim claim) {
    Transfer transfer = claim.transfer();
    String hash = transfer.id().transactionHash();
    return new OrderView.Payment(
        hash,
        claim.role(),
        transfer.amount().toDecimal(),
        transfer.from(),
        transfer.blockTime(),
        explorers.transaction(transfer.amount().asset().chain(), hash).orElse(null));
  }

  private static OrderView.Event event(OrderEvent last) {
    return new OrderView.Event(
        last.type(), last.reason().map(reason -> reason.name().toLowerCase(Locale.ROOT)).orElse(null), last.at());
  }
}
