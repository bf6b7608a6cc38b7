package io.x0tta6bl4.payment.testkit.watching;

import io.x0tta6bl4.payment.Amount;
import io.x0tta6bl4.payment.Asset;
import io.x0tta6bl4.payment.PaymentRequest;
import io.x0tta6bl4.payment.ledger.Claim;
import io.x0tta6bl4.payment.ledger.ClaimRole;
import io.x0tta6bl4.payment.ledger.InMemoryPaymentLedger;
import io.x0tta6bl4.payment.ledger.NewOrder;
import io.x0tta6bl4.payment.ledger.Order;
import io.x0tta6bl4.payment.ledger.OrderEvent;
import io.x0tta6bl4.payment.ledger.OrderState;
import io.x0tta6bl4.payment.ledger.PaymentEvent;
import io.x0tta6bl4.payment.ledger.PaymentLedger;
import io.x0tta6bl4.payment.ledger.PaymentListener;
import io.x0tta6bl4.payment.ledger.WalletEvent;
import io.x0tta6bl4.payment.metrics.PaymentObserver;
import io.x0tta6bl4.payment.testkit.InMemoryChain;
import io.x0tta6bl4.payment.testkit.InMemoryTransferSource;
import io.x0tta6bl4.payment.testkit.ManualTicker;
import io.x0tta6bl4.payment.testkit.MutableClock;
import io.x0tta6bl4.payment.watch.EventDelivery;
import io.x0tta6bl4.payment.watch.PaymentDesk;
import io.x0tta6bl4.payment.watch.PaymentWatcher;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** A shop with one coin, on a chain, a clock and threads that do only what a test says. */
final class Shop {

  static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
  static final Asset COIN = new Asset("memory", "COIN", null, 2);
  static final String WALLET = "shop-wallet";

  final MutableClock clock = new MutableClock(START);
  final ManualTicker ticker = new ManualTicker();
  final InMemoryChain chain = new InMemoryChain(clock);
  final RecordingSource source;
  final PaymentLedger ledger;
  final PaymentDesk desk;
  final List<PaymentEvent> told = new ArrayList<>();
  PaymentWatcher watcher;

  private final EventDelivery delivery;
  private int restarts;

  Shop() {
    this(UnaryOperator.identity());
  }

  /** Makes a shop whose ledger is seen through something else. */
  Shop(UnaryOperator<PaymentLedger> around) {
    PaymentLedger store = new InMemoryPaymentLedger(clock);
    source = new RecordingSource(new InMemoryTransferSource(chain));
    ledger = around.apply(store);
    desk = new PaymentDesk(store, List.of(source), clock, PaymentObserver.NONE);
    watcher = watcher("watcher-0").build();
    delivery = EventDelivery.builder(store).listener(new Ear(told)).clock(clock).build();
    delivery.deliverDue();
  }

  PaymentWatcher.Builder watcher(String name) {
    return PaymentWatcher.builder(ledger).source(source).clock(clock).ticker(ticker).name(name);
  }

  Order open(String id, String price) {
    return open(NewOrder.of(request(id, price).build()));
  }

  Order open(NewOrder order) {
    return desk.open(order);
  }

  static PaymentRequest.Builder request(String id, String price) {
    return PaymentRequest.builder(id, WALLET, coins(price));
  }

  static Amount coins(String value) {
    return Amount.of(COIN, new BigDecimal(value));
  }

  /** Starts a payment of this instant. */
  InMemoryChain.Payment pay(String value) {
    return chain.pay(WALLET, coins(value)).at(clock.instant());
  }

  /** Lets time pass, scans once, and tells what is to be told. */
  void tickAfter(Duration time) {
    pass(time);
    watcher.tick();
    tell();
  }

  void tick() {
    tickAfter(Duration.ofSeconds(5));
  }

  void pass(Duration time) {
    clock.advance(time);
    ticker.advance(time);
  }

  void tell() {
    delivery.deliverDue();
  }

  /** Ends the watcher and starts another one, which knows only what the ledger does. */
  void restart() {
    watcher.close();
    crash();
  }

  /** As {@link #restart}, but the first one does not come to give its wallets back. */
  void crash() {
    restarts++;
    watcher = watcher("watcher-" + restarts).build();
  }

  OrderState state(String id) {
    return desk.find(id).orElseThrow().order().state();
  }

  /** Gives what an order's listeners were told, such as {@code REJECTED UNDERPAID}. */
  List<String> story(String id) {
    return told.stream()
        .filter(event -> event instanceof OrderEvent order && order.request().orderId().equals(id))
        .map(event -> (OrderEvent) event)
        .map(event -> event.type() + event.reason().map(reason -> " " + reason).orElse(""))
        .toList();
  }

  List<WalletEvent.Type> walletStory() {
    return told.stream()
        .filter(WalletEvent.class::isInstance)
        .map(event -> ((WalletEvent) event).type())
        .toList();
  }

  /** Gives what an order got in a role, in coins. */
  BigDecimal got(String id, ClaimRole role) {
    return desk.find(id).orElseThrow().claims().stream()
        .filter(claim -> claim.role() == role)
        .map(Claim::transfer)
        .map(transfer -> transfer.amount().toDecimal())
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private record Ear(List<PaymentEvent> told) implements PaymentListener {
    @Override
    public String name() {
      return "ear";
    }

    @Override
    public void onEvent(PaymentEvent event) {
      told.add(event);
    }
  }
}
