package io.x0tta6bl4.example.shop;

import io.x0tta6bl4.example.settings.Settings;
import io.x0tta6bl4.example.web.BearerKeys;
import io.x0tta6bl4.example.web.Request;
import io.x0tta6bl4.example.web.Response;
import io.x0tta6bl4.example.web.Router;
import io.x0tta6bl4.payment.PaymentException;
import io.x0tta6bl4.payment.http.Secret;
import io.x0tta6bl4.payment.ledger.Order;
import io.x0tta6bl4.payment.ledger.PaymentLedger;
import io.x0tta6bl4.payment.ledger.PaymentListener;
import io.x0tta6bl4.payment.watch.PaymentDesk;
import io.x0tta6bl4.payment.watch.PaymentWatcher;
import io.x0tta6bl4.telegram.BotApi;
import io.x0tta6bl4.telegram.BuyerBot;
import io.x0tta6bl4.telegram.LongPolling;
import io.x0tta6bl4.telegram.OrderLinks;
import io.x0tta6bl4.telegram.QrRenderer;
import io.x0tta6bl4.telegram.StoreException;
import io.x0tta6bl4.telegram.TelegramObserver;
import io.x0tta6bl4.telegram.UpdateStore;
import io.x0tta6bl4.telegram.WebhookHandler;
import io.x0tta6bl4.telegram.WebhookSecrets;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The bot, with updates by webhook or by polling. Telegram need not be reachable at the start: who the bot is, and that it has a
 * webhook, is asked until it is known. Thread-safe.
 */
final class Bot implements AutoCloseable {

  /** Where Telegram posts to, on the public port. */
  static final String WEBHOOK_PATH = "/telegram/webhook";

  private static final Logger LOG = LoggerFactory.getLogger(Bot.class);
  private static final Duration RETRY = Duration.ofSeconds(10);
  private static final int CONNECTIONS = 40;

  private final BotApi api;
  private final BuyerBot bot;
  private final OrderLinks links;
  private final Optional<WebhookSecrets> secrets;
  private final Optional<BearerKeys> webhookKey;
  private final URI webhookUrl;
  private final @Nullable LongPolling polling;
  private volatile @Nullable String username;
  private volatile @Nullable Thread introduction;

  private Bot(BotApi api, BuyerBot bot, OrderLinks links, Settings.Telegram settings, URI publicUrl) {
    this.api = api;
    this.bot = bot;
    this.links = links;
    this.secrets = settings.webhookSecret().map(WebhookSecrets::of);
    this.webhookKey = settings.webhookSecret().map(secret -> new BearerKeys(List.of(secret)));
    this.webhookUrl = URI.create(publicUrl + WEBHOOK_PATH);
    this.polling = secrets.isPresent() ? null : bot.polling();
  }

  static Bot open(
      Settings.Telegram settings,
      List<Secret> linkKeys,
      URI publicUrl,
      DataSource database,
      PaymentLedger ledger,
      PaymentDesk desk,
      PaymentWatcher watcher,
      QrRenderer qr,
      TelegramObserver observer) {
    BotApi api =
        BotApi.builder(settings.token())
            .baseUrl(settings.url())
            .allowHttp(settings.allowHttp())
            .observer(observer)
            .build();
    OrderLinks links =
        linkKeys.size() == 1 ? OrderLinks.of(linkKeys.get(0)) : OrderLinks.rotating(linkKeys.get(0), linkKeys.get(1));
    BuyerBot.Builder builder =
        BuyerBot.builder(api, UpdateStore.jdbc(database), desk, links)
            .ledger(ledger)
            .checkNow(order -> watcher.hint(order.request().recipient()))
            .qr(qr)
            .observer(observer);
    settings.adminChat().ifPresent(chat -> builder.adminChat(chat, "en"));
    return new Bot(api, builder.build(), links, settings, publicUrl);
  }

  PaymentListener listener() {
    return bot.listener();
  }

  /**
   * The order in the chat.
   *
   * @param order which
   * @return a link; empty while it is not known who the bot is
   */
  Optional<URI> link(Order order) {
    return Optional.ofNullable(username).map(name -> links.link(name, order.id(), order.expiresAt()));
  }

  /**
   * Adds the webhook, if updates come by one.
   *
   * @param router of the public port
   */
  void addTo(Router router) {
    secrets.ifPresent(
        known -> {
          WebhookHandler handler = bot.webhook(known);
          router.route("POST", WEBHOOK_PATH, WebhookHandler.MAX_BODY_BYTES, request -> take(handler, request));
        });
  }

  private static Response take(WebhookHandler handler, Request request) {
    WebhookHandler.Answer answer;
    try (InputStream body = new ByteArrayInputStream(request.body())) {
      answer =
          handler.handle(
              request.method(),
              request.header("Content-Type").orElse(null),
              request.header(WebhookHandler.SECRET_HEADER).orElse(null),
              body);
    } catch (IOException e) {
      throw new UncheckedIOException("bytes in memory could not be read", e);
    }
    Response.Whole response = new Response.Whole(answer.status(), Map.of(), "");
    Duration pause = answer.retryAfter();
    return pause == null ? response : response.with("Retry-After", Long.toString(Math.max(1, pause.toSeconds())));
  }

  /**
   * Whether a request comes from Telegram, which must not be counted as one client among others.
   *
   * @param request on the public port
   * @return whether it is for the webhook and knows its secret
   */
  boolean sent(Request request) {
    return request.path().equals(WEBHOOK_PATH)
        && webhookKey.isPresent()
        && request.header(WebhookHandler.SECRET_HEADER).filter(webhookKey.get()::matches).isPresent();
  }

  /** Begins to work; the webhook has to be reachable. */
  void start() {
    bot.start();
    introduction = Thread.ofVirtual().name("bot-introduction").start(this::introduce);
    LongPolling poller = polling;
    if (poller != null) {
      poller.start();
    }
  }

  private void introduce() {
    try {
      while (!introduced()) {
        Thread.sleep(RETRY);
      }
    } catch (InterruptedException e) {
      // The bot was closed.
    }
  }

  private boolean introduced() throws InterruptedException {
    try {
      if (username == null) {
        username = api.getMe().username();
      }
      if (secrets.isPresent() && bot.registerWebhook(webhookUrl, secrets.get(), CONNECTIONS)) {
        LOG.info("Telegram posts updates to {}", webhookUrl);
      }
      return true;
    } catch (PaymentException | StoreException e) {
      LOG.warn("the bot does not know yet who it is, or has no webhook: {}", e.getMessage());
      return false;
    }
  }

  /**
   * Whether it works.
   *
   * @return false after Telegram has refused its token
   */
  boolean isRunning() {
    return bot.isRunning();
  }

  /** Fetches no updates any more. */
  void stopIntake() {
    Thread thread = introduction;
    if (thread != null) {
      thread.interrupt();
    }
    LongPolling poller = polling;
    if (poller != null) {
      poller.close();
    }
  }

  @Override
  public void close() {
    stopIntake();
    bot.close();
    api.close();
  }
}
