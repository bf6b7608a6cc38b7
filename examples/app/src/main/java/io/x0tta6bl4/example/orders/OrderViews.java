package io.x0tta6bl4.example.orders;

import io.x0tta6bl4.payment.Amount;
import io.x0tta6bl4.payment.MatchMode;
import io.x0tta6bl4.payment.PaymentRequest;
import io.x0tta6bl4.payment.Transfer;
import io.x0tta6bl4.payment.ledger.Claim;
import io.x0tta6bl4.payment.ledger.ClaimRole;
import io.x0tta6bl4.payment.ledger.Order;
import io.x0tta6bl4.payment.ledger.OrderAccount;
import io.x0tta6bl4.payment.ledger.OrderEvent;
import io.x0tta6bl4.payment.ledger.OrderState;
import io.x0tta6bl4.payment.ledger.PaymentLedger;
import io.x0tta6bl4.telegram.WalletLinks;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Makes {@link OrderView}s of what the ledger has. Thread-safe. */
public final class OrderViews {

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
   * Looks orders up in one go.
   *
   * @param orderIds at most 1,000
   * @return the views of those that are known, by id
   */
  public Map<String, OrderView> find(Collection<String> orderIds) {
    Map<String, OrderView> views = new HashMap<>();
    ledger.find(orderIds).forEach(account -> views.put(account.order().id(), of(account)));
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
    BigInteger counted =
        account.claims().stream()
            .filter(claim -> claim.role() == ClaimRole.PART || claim.role() == ClaimRole.PAYMENT)
            .map(claim -> claim.transfer().amount().units())
            .reduce(BigInteger.ZERO, BigInteger::add);
    OrderView.Status status = status(order.state(), counted, last);
    BigInteger missing =
        status == OrderView.Status.PAID ? BigInteger.ZERO : request.amount().units().subtract(counted).max(BigInteger.ZERO);
    int decimals = request.asset().decimals();
    return new OrderView(
        order.id(),
        order.version(),
        status,
        request.asset(),
        request.amount().toDecimal(),
        new BigDecimal(counted, decimals),
        new BigDecimal(missing, decimals),
        request.recipient(),
        request.matchMode(),
        request.matchMode() == MatchMode.MEMO ? order.id() : null,
        order.openedAt(),
        order.expiresAt(),
        status.isFinal() ? null : walletLink(order, missing),
        checkout.of(order.id()),
        bot.apply(order).orElse(null),
        account.claims().stream().map(this::payment).toList(),
        last == null ? null : event(last));
  }

  /** With what is missing: a link that pays the whole again would overpay. */
  private static @Nullable URI walletLink(Order order, BigInteger missing) {
    PaymentRequest rest =
        PaymentRequest.builder(order.request()).amount(new Amount(order.request().asset(), missing)).build();
    Order asked =
        new Order(rest, order.state(), order.version(), order.openedAt(), order.expiresAt(), order.watchedUntil());
    return WalletLinks.TON.link(asked).orElse(null);
  }

  private static OrderView.Status status(OrderState state, BigInteger counted, @Nullable OrderEvent last) {
    return switch (state) {
      case PAID -> OrderView.Status.PAID;
      case EXPIRED -> OrderView.Status.EXPIRED;
      case CANCELLED -> OrderView.Status.CANCELLED;
      case OPEN -> {
        if (last != null && last.type() == OrderEvent.Type.SEEN) {
          yield OrderView.Status.SEEN;
        }
        yield counted.signum() > 0 ? OrderView.Status.PARTLY_PAID : OrderView.Status.WAITING;
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
