package io.x0tta6bl4.telegram.internal.talk;

import io.x0tta6bl4.payment.http.Ticker;
import io.x0tta6bl4.payment.ledger.Order;
import io.x0tta6bl4.payment.ledger.OrderAccount;
import io.x0tta6bl4.payment.ledger.OrderState;
import io.x0tta6bl4.payment.watch.PaymentDesk;
import io.x0tta6bl4.telegram.BotApi;
import io.x0tta6bl4.telegram.BotApiException;
import io.x0tta6bl4.telegram.CheckNow;
import io.x0tta6bl4.telegram.internal.intake.Processor;
import io.x0tta6bl4.telegram.internal.intake.Update;
import io.x0tta6bl4.telegram.internal.store.Buyers;
import io.x0tta6bl4.telegram.internal.store.Buyers.Buyer;
import io.x0tta6bl4.telegram.internal.store.Posts;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a buyer and the bot say to each other. All that is said is wanted from {@link Orders}, so that an update that is worked
 * on twice says it once; only the answer to a pressed button is given at once. Thread-safe.
 */
final class Conversation implements Processor.Handler {

  private static final Duration CHECK_PAUSE = Duration.ofSeconds(5);
  private static final Duration HELP_PAUSE = Duration.ofSeconds(10);
  private static final int ORDERS_SHOWN = 5;

  private static final Logger LOG = LoggerFactory.getLogger(Conversation.class);

  private final BotApi api;
  private final PaymentDesk desk;
  private final Buyers buyers;
  private final Posts posts;
  private final Orders orders;
  private final Views views;
  private final Seal seal;
  private final CheckNow checkNow;
  private final Alerts alerts;
  private final Clock clock;
  private final Debounce checks;
  private final Debounce helps;
  private final Runnable wake;

  Conversation(
      BotApi api,
      PaymentDesk desk,
      Buyers buyers,
      Posts posts,
      Orders orders,
      Views views,
      Seal seal,
      CheckNow checkNow,
      Alerts alerts,
      Clock clock,
      Ticker ticker,
      Runnable wake) {
    this.api = api;
    this.desk = desk;
    this.buyers = buyers;
    this.posts = posts;
    this.orders = orders;
    this.views = views;
    this.seal = seal;
    this.checkNow = checkNow;
    this.alerts = alerts;
    this.clock = clock;
    this.checks = new Debounce(ticker, CHECK_PAUSE);
    this.helps = new Debounce(ticker, HELP_PAUSE);
    this.wake = wake;
  }

  @Override
  public void handle(Update update) {
    if (update instanceof Update.Text text) {
      written(text);
    } else if (update instanceof Update.Press press) {
      pressed(press);
    } else if (update instanceof Update.Membership membership) {
      moved(membership);
    }
  }

  @Override
  public void setAside(long updateId, Throwable failure) {
    alerts.once("aside/" + updateId, "alert.aside", updateId, Processor.TRIES, failure.getClass().getSimpleName());
  }

  /** In a group others read along, so that there the bot says nothing. */
  private void written(Update.Text text) {
    if (!text.isPrivate()) {
      return;
    }
    comeBack(text.chatId());
    String[] words = text.text().strip().split("\\s+", 3);
    String command = words[0].split("@", 2)[0];
    Language language = Language.of(text.language());
    switch (command) {
      case "/start" -> start(text, words.length > 1 ? words[1] : "", language);
      case "/status" -> status(text, language);
      case "/cancel" -> cancel(text, language);
      default -> {
        if (helps.admits(Long.toString(text.chatId()))) {
          orders.reply(text.id(), text.chatId(), language.text("hello"));
        }
      }
    }
  }

  private void start(Update.Text text, String payload, Language language) {
    if (payload.isEmpty()) {
      orders.reply(text.id(), text.chatId(), language.text("hello"));
      return;
    }
    Optional<Seal.Reference> reference = seal.open(payload);
    Optional<OrderAccount> account = reference.flatMap(r -> desk.find(r.orderId()));
    if (reference.isEmpty() || account.isEmpty() || !opens(reference.get(), text.chatId(), language)) {
      // One text for all reasons: who tries links learns nothing from it.
      LOG.debug("update {}: a link that opens nothing here", text.id());
      orders.reply(text.id(), text.chatId(), language.text("link.unknown"));
      return;
    }
    Buyer buyer = buyers.find(account.get().order().id()).orElseThrow();
    LOG.debug("update {}: order {} is shown", text.id(), buyer.orderId());
    // Read again: what happened before the binding was told to nobody.
    OrderAccount now = desk.find(buyer.orderId()).orElseThrow();
    orders.show(now, buyer, text.id());
    orders.drawQr(now, buyer);
  }

  /** Whether a reference opens its order for a chat: the first one within its time, and that one for ever. */
  private boolean opens(Seal.Reference reference, long chatId, Language language) {
    Optional<Buyer> known = buyers.find(reference.orderId());
    if (known.isPresent()) {
      return known.get().chatId() == chatId;
    }
    Instant now = Instant.ofEpochMilli(clock.millis());
    return now.isBefore(reference.expiresAt())
        && buyers.bind(new Buyer(reference.orderId(), chatId, language.code()), now).chatId() == chatId;
  }

  private void status(Update.Text text, Language language) {
    List<OrderAccount> accounts = accounts(text.chatId());
    if (accounts.isEmpty()) {
      orders.reply(text.id(), text.chatId(), language.text("order.none"));
      return;
    }
    Optional<OrderAccount> open = open(accounts);
    if (accounts.size() > 1) {
      List<String> lines = new ArrayList<>();
      lines.add(language.plural("orders", accounts.size()));
      accounts.forEach(account -> lines.add(views.line(account.order(), language)));
      orders.reply(text.id(), text.chatId(), String.join("\n", lines));
    }
    OrderAccount shown = open.orElse(accounts.get(0));
    buyers.find(shown.order().id()).ifPresent(buyer -> orders.show(shown, buyer, text.id()));
  }

  private void cancel(Update.Text text, Language language) {
    Optional<Order> order = open(accounts(text.chatId())).map(OrderAccount::order);
    Optional<Buyer> buyer = order.flatMap(o -> buyers.find(o.id()));
    if (order.isEmpty() || buyer.isEmpty()) {
      orders.reply(text.id(), text.chatId(), language.text("cancel.none"));
      return;
    }
    orders.askWhetherToCancel(order.get(), buyer.get());
  }

  private List<OrderAccount> accounts(long chatId) {
    return buyers.orders(chatId, ORDERS_SHOWN).stream().flatMap(id -> desk.find(id).stream()).toList();
  }

  private static Optional<OrderAccount> open(List<OrderAccount> accounts) {
    return accounts.stream().filter(account -> account.order().state() == OrderState.OPEN).findFirst();
  }

  private void pressed(Update.Press press) {
    Language language = Language.of(press.language());
    Optional<Seal.Pressed> pressed = seal.pressed(press.data(), press.chatId());
    Optional<Buyer> buyer =
        pressed.flatMap(p -> buyers.find(p.orderId())).filter(b -> b.chatId() == press.chatId());
    Optional<OrderAccount> account = buyer.flatMap(b -> desk.find(b.orderId()));
    if (pressed.isEmpty() || buyer.isEmpty() || account.isEmpty()) {
      answer(press, language.text("toast.stale"));
      return;
    }
    comeBack(press.chatId());
    if (account.get().order().state() != OrderState.OPEN) {
      answer(press, language.text("toast.closed"));
      orders.show(account.get(), buyer.get());
      return;
    }
    act(pressed.get().action(), press, account.get(), buyer.get(), language);
  }

  private void act(char action, Update.Press press, OrderAccount account, Buyer buyer, Language language) {
    Order order = account.order();
    switch (action) {
      case Views.CHECK -> {
        boolean admitted = checks.admits(order.id());
        answer(press, language.text(admitted ? "toast.checking" : "toast.wait"));
        if (admitted) {
          checkNow.check(order);
        }
      }
      case Views.CANCEL -> {
        answer(press, "");
        orders.askWhetherToCancel(order, buyer);
      }
      case Views.NO -> {
        answer(press, language.text("toast.done"));
        orders.show(account, buyer);
      }
      case Views.YES -> {
        answer(press, language.text("toast.done"));
        LOG.debug("update {}: the buyer cancels order {}", press.id(), order.id());
        desk.cancel(order.id()).ifPresent(now -> orders.show(now, buyer));
      }
      default -> answer(press, language.text("toast.stale"));
    }
  }

  /** Ends the button's waiting animation; if that fails it ends by itself, and nothing else depends on it. */
  private void answer(Update.Press press, String text) {
    try {
      api.answerCallbackQuery(press.queryId(), text);
    } catch (BotApiException e) {
      LOG.debug("update {}: the press could not be answered: {}", press.id(), e.getMessage());
    }
  }

  private void moved(Update.Membership membership) {
    if (membership.isIn()) {
      comeBack(membership.chatId());
    } else {
      posts.park(membership.chatId());
    }
  }

  private void comeBack(long chatId) {
    posts.unpark(chatId, Instant.ofEpochMilli(clock.millis()));
    wake.run();
  }
}
