package io.x0tta6bl4.telegram;

import io.x0tta6bl4.payment.Amount;
import io.x0tta6bl4.payment.Asset;
import io.x0tta6bl4.payment.PaymentRequest;
import io.x0tta6bl4.payment.http.Secret;
import io.x0tta6bl4.payment.ledger.InMemoryPaymentLedger;
import io.x0tta6bl4.payment.ledger.NewOrder;
import io.x0tta6bl4.payment.ledger.Order;
import io.x0tta6bl4.payment.ledger.OrderState;
import io.x0tta6bl4.payment.ledger.PaymentLedger;
import io.x0tta6bl4.payment.metrics.PaymentObserver;
import io.x0tta6bl4.payment.testkit.InMemoryChain;
import io.x0tta6bl4.payment.testkit.InMemoryTransferSource;
import io.x0tta6bl4.payment.watch.EventDelivery;
import io.x0tta6bl4.payment.watch.PaymentDesk;
import io.x0tta6bl4.payment.watch.PaymentWatcher;
import io.x0tta6bl4.simulator.telegram.FakeTelegram;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** A whole shop on a chain in memory, a strict Telegram and a virtual time. */
public final class ShopRig {

  public static final Asset COIN = new Asset("memory", "COIN", null, 2);
  public static final String WALLET = "shop-wallet";
  public static final long ADMIN = 999;
  public static final WebhookSecrets SECRETS = WebhookSecrets.of(Secret.of("webhook-secret-0123456789"));
  public static final URI URL = URI.create("https://shop.example:8443/telegram");

  public final VirtualTime time = new VirtualTime();
  public final FakeTelegram telegram = new FakeTelegram(time);
  public final InMemoryChain chain = new InMemoryChain(time);
  public final PaymentLedger ledger = new InMemoryPaymentLedger(time);
  public final InMemoryTransferSource source = new InMemoryTransferSource(chain);
  public final PaymentDesk desk = new PaymentDesk(ledger, List.of(source), time, PaymentObserver.NONE);
  public final PaymentWatcher watcher =
      PaymentWatcher.builder(ledger).source(source).clock(time).ticker(time).name("watcher").build();
  public final OrderLinks links = OrderLinks.of(Secret.of("link-key-0123456789"));
  public final UpdateStore store = UpdateStore.inMemory();
  public final List<String> checked = new ArrayList<>();
  public final BotApi api;
  public BuyerBot bot;
  private final UnaryOperator<BuyerBot.Builder> settings;
  private EventDelivery delivery;

  public ShopRig() {
    this(builder -> builder);
  }

  public ShopRig(UnaryOperator<BuyerBot.Builder> settings) {
    this.settings = settings;
    api =
        BotApi.builder(BotToken.of(FakeTelegram.TOKEN)).transport(telegram).ticker(time).build();
    restart();
  }

  /** Makes a bot that knows only what the stores do, as after a crash. */
  public void restart() {
    bot =
        settings
            .apply(
                BuyerBot.builder(api, store, desk, links)
                    .clock(time)
                    .ticker(time)
                    .ledger(ledger)
                    .adminChat(ADMIN, "en")
                    .checkNow(order -> checked.add(order.id()))
                    .executor(Runnable::run))
            .build();
    delivery = EventDelivery.builder(ledger).listener(bot.listener()).clock(time).build();
    delivery.deliverDue();
    telegram.webhook().target(WebhookLeg.of(bot.webhook(SECRETS)));
  }

  /** Has Telegram post updates to the bot. */
  public ShopRig withWebhook() throws InterruptedException {
    boolean unused = bot.registerWebhook(URL, SECRETS, 40);
    return this;
  }

  public static Amount coins(String value) {
    return Amount.of(COIN, new BigDecimal(value));
  }

  public Order open(String id, String price) {
    return desk.open(NewOrder.of(PaymentRequest.builder(id, WALLET, coins(price)).build()));
  }

  public String payload(String orderId) {
    return links.payload(orderId, time.instant().plus(Duration.ofDays(1)));
  }

  /** A buyer opens the link of an order. */
  public void start(long chatId, String language, String orderId) {
    telegram.write(chatId, language, "/start " + payload(orderId));
    run(Duration.ofSeconds(2));
  }

  public InMemoryChain.Payment pay(String value) {
    return chain.pay(WALLET, coins(value)).at(time.instant());
  }

  public void tell() {
    watcher.tick();
    delivery.deliverDue();
  }

  /** Lets time pass, with the bot at work. */
  public void run(Duration duration) {
    Instant end = time.instant().plus(duration);
    while (true) {
      try {
        telegram.webhook().deliver();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      Duration wait = bot.step();
      Duration left = Duration.between(time.instant(), end);
      if (left.isZero() || left.isNegative()) {
        return;
      }
      Duration step = wait.isNegative() || wait.compareTo(Duration.ofMillis(250)) > 0 ? Duration.ofMillis(250) : wait;
      time.pass(step.compareTo(left) < 0 ? step : left);
    }
  }

  public List<FakeTelegram.Shown> chat(long chatId) {
    return telegram.chat(chatId);
  }

  public FakeTelegram.Shown last(long chatId) {
    List<FakeTelegram.Shown> chat = chat(chatId);
    return chat.get(chat.size() - 1);
  }

  public OrderState state(String orderId) {
    return desk.find(orderId).orElseThrow().order().state();
  }
}
