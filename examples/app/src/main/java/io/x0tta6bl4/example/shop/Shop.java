package io.x0tta6bl4.example.shop;

import com.zaxxer.hikari.HikariDataSource;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.x0tta6bl4.example.callback.MerchantCallback;
import io.x0tta6bl4.example.orders.CheckoutLinks;
import io.x0tta6bl4.example.orders.Explorers;
import io.x0tta6bl4.example.orders.IdempotencyKeys;
import io.x0tta6bl4.example.orders.Offer;
import io.x0tta6bl4.example.orders.OrderApi;
import io.x0tta6bl4.example.orders.OrderEvents;
import io.x0tta6bl4.example.orders.OrderFeed;
import io.x0tta6bl4.example.orders.OrderViews;
import io.x0tta6bl4.example.pages.CheckoutPages;
import io.x0tta6bl4.example.pages.QrCodes;
import io.x0tta6bl4.example.settings.Settings;
import io.x0tta6bl4.example.status.Observers;
import io.x0tta6bl4.example.status.ProviderHealth;
import io.x0tta6bl4.example.status.StatusPages;
import io.x0tta6bl4.example.status.StatusReader;
import io.x0tta6bl4.example.status.TrafficHistory;
import io.x0tta6bl4.example.web.Assets;
import io.x0tta6bl4.example.web.BasicPassword;
import io.x0tta6bl4.example.web.BearerKeys;
import io.x0tta6bl4.example.web.ClientRateLimit;
import io.x0tta6bl4.example.web.HttpMetrics;
import io.x0tta6bl4.example.web.ManagementServer;
import io.x0tta6bl4.example.web.Router;
import io.x0tta6bl4.example.web.WebServer;
import io.x0tta6bl4.payment.http.Ticker;
import io.x0tta6bl4.payment.ledger.JdbcPaymentLedger;
import io.x0tta6bl4.payment.ledger.LedgerException;
import io.x0tta6bl4.payment.ledger.PaymentListener;
import io.x0tta6bl4.payment.metrics.PaymentObserver;
import io.x0tta6bl4.payment.metrics.PrometheusPaymentMetrics;
import io.x0tta6bl4.payment.watch.EventDelivery;
import io.x0tta6bl4.payment.watch.PaymentDesk;
import io.x0tta6bl4.payment.watch.PaymentWatcher;
import io.x0tta6bl4.telegram.PrometheusTelegramMetrics;
import io.x0tta6bl4.telegram.StoreException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/**
 * The whole of it: orders come in by the API, are paid, watched, credited, shown, and told of. Opened, started and stopped by one
 * thread; the rest is thread-safe.
 */
public final class Shop implements AutoCloseable {

  private static final Duration FEED_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_DRAIN = Duration.ofSeconds(5);
  private static final Duration PURGE = Duration.ofMinutes(30);
  private static final int CHECK_SECONDS = 2;
  private static final int TOLD_AT_ONCE = 32;

  private final Settings settings;
  private final Clock clock;
  private final PrometheusRegistry registry = ProcessFigures.registry();
  private final Closing closing = new Closing();
  private final HikariDataSource database;
  private final JdbcPaymentLedger ledger;
  private final Chains chains;
  private final PaymentWatcher watcher;
  private final EventDelivery delivery;
  private final Optional<Bot> bot;
  private final WebServer publicServer;
  private final ManagementServer management;
  private final Chores chores;
  private final KernelTraffic kernel;
  private volatile boolean serving;
  private volatile boolean withdrawn;

  /** Opens everything in the order in which one thing needs another. */
  private Shop(Settings settings, Clock clock, Consumer<Router> more) throws StartException {
    this.settings = settings;
    this.clock = clock;
    boolean complete = false;
    try {
      database = closing.add("database", Databases.open(settings.database()));
      ledger = closing.add("ledger", openLedger());
      ProviderHealth health = new ProviderHealth(clock);
      PrometheusPaymentMetrics metrics =
          closing.add("metrics", PrometheusPaymentMetrics.register(registry, clock)).watch(ledger);
      PaymentObserver observer = new Observers(metrics, health);
      chains = closing.add("chains", Chains.open(settings.chains(), clock, observer));
      PaymentDesk desk = new PaymentDesk(ledger, chains.sources(), clock, observer);
      ExecutorService threads = closing.add("threads", Executors.newVirtualThreadPerTaskExecutor());
      watcher = closing.add("watcher", openWatcher(observer, threads));
      bot = settings.telegram().map(telegram -> openBot(telegram, desk));
      CheckoutLinks links = new CheckoutLinks(settings.web().publicUrl(), settings.keys().links());
      Explorers explorers = Explorers.of(testnets());
      OrderViews views =
          new OrderViews(ledger, links, order -> bot.flatMap(known -> known.link(order)), explorers);
      delivery = closing.add("delivery", openDelivery(observer, views, threads));
      kernel = closing.add("traffic", KernelTraffic.open(settings.traffic(), registry));
      TrafficHistory traffic = new TrafficHistory(kernel);
      chores = closing.add("chores", new Chores());
      IdempotencyKeys idempotency = IdempotencyKeys.open(database, clock);
      chores.every(TrafficHistory.INTERVAL, "the reading of the traffic", traffic::sample);
      chores.every(PURGE, "the purge of idempotency keys", idempotency::purge);

      OrderEvents events = new OrderEvents(closing.add("feed", new OrderFeed(views, FEED_PAUSE)));
      BearerKeys keys = new BearerKeys(settings.keys().api());
      Assets assets = Assets.load("/assets", "shop.css", "icon.svg", "checkout.js", "status.js");
      publicServer = closing.add("public port", bindPublic(keys));
      publicServer.observe(HttpMetrics.register(registry));
      Offer offer = new Offer(chains.wallets(), chains::asset, settings.pace().expiry());
      new OrderApi(desk, views, events, idempotency, keys, offer).addTo(publicServer);
      new CheckoutPages(links, views, events, assets, settings.web().shopName()).addTo(publicServer);
      bot.ifPresent(known -> known.addTo(publicServer));
      more.accept(publicServer);

      StatusReader status =
          new StatusReader(ledger, views, explorers, health, traffic, this::botState, clock);
      management =
          closing.add(
              "management port",
              startManagement(
                  router ->
                      settings
                          .keys()
                          .operator()
                          .ifPresent(key -> new StatusPages(status, new BasicPassword(key), assets).addTo(router))));
      complete = true;
    } catch (LedgerException | StoreException e) {
      throw StartException.unavailable("the database", e);
    } finally {
      if (!complete) {
        closing.close();
      }
    }
  }

  /**
   * Opens a shop and begins to serve.
   *
   * @param settings what it runs with
   * @param clock tells the present
   * @param more adds routes to the public port
   * @return a shop that serves
   * @throws StartException if anything fails; then nothing is left open
   */
  public static Shop start(Settings settings, Clock clock, Consumer<Router> more) throws StartException {
    Shop shop = new Shop(settings, clock, more);
    try {
      shop.begin();
      return shop;
    } catch (LedgerException e) {
      shop.closing.close();
      throw StartException.unavailable("the database", e);
    }
  }

  private void begin() {
    delivery.start();
    watcher.start();
    chains.listen(watcher.asActivityListener()).forEach(feed -> closing.add("activity feed", feed));
    publicServer.start();
    // After the public port, where Telegram may post to at once.
    bot.ifPresent(Bot::start);
    serving = true;
  }

  private JdbcPaymentLedger openLedger() {
    return JdbcPaymentLedger.open(database, clock);
  }

  private PaymentWatcher openWatcher(PaymentObserver observer, ExecutorService threads) {
    PaymentWatcher.Builder builder =
        PaymentWatcher.builder(ledger)
            .clock(clock)
            .observer(observer)
            .executor(threads)
            .pace(settings.pace().fast(), settings.pace().slow())
            .overlap(settings.pace().overlap());
    chains.sources().forEach(builder::source);
    return builder.build();
  }

  private EventDelivery openDelivery(PaymentObserver observer, OrderViews views, ExecutorService threads) {
    List<PaymentListener> listeners = new ArrayList<>();
    settings
        .callback()
        .ifPresent(
            to ->
                listeners.add(
                    closing.add("callback", new MerchantCallback(to.url(), to.secrets(), views::find, clock))));
    bot.ifPresent(known -> listeners.add(known.listener()));
    EventDelivery.Builder builder =
        EventDelivery.builder(ledger).clock(clock).observer(observer).executor(threads).concurrency(TOLD_AT_ONCE);
    EventLog.beside(listeners).forEach(builder::listener);
    return builder.build();
  }

  private Bot openBot(Settings.Telegram telegram, PaymentDesk desk) {
    PrometheusTelegramMetrics metrics = closing.add("bot metrics", PrometheusTelegramMetrics.register(registry));
    return closing.add(
        "bot",
        Bot.open(
            telegram,
            settings.keys().links(),
            settings.web().publicUrl(),
            database,
            ledger,
            desk,
            watcher,
            new QrCodes(),
            metrics));
  }

  private Map<String, String> testnets() {
    Map<String, String> testnets = new HashMap<>();
    settings.chains().forEach(chain -> chain.testnet().ifPresent(name -> testnets.put(chain.network(), name)));
    return testnets;
  }

  private WebServer bindPublic(BearerKeys keys) throws StartException {
    PublicAdmission admission =
        new PublicAdmission(
            keys,
            request -> bot.filter(known -> known.sent(request)).isPresent(),
            new ClientRateLimit(settings.web().rateLimit(), Ticker.system()));
    try {
      return WebServer.bind(address(settings.web().port()), admission, settings.web().trustedProxies());
    } catch (IOException e) {
      throw StartException.unavailable("PORT", e);
    }
  }

  private ManagementServer startManagement(Consumer<Router> more) throws StartException {
    try {
      return ManagementServer.start(address(settings.web().managementPort()), registry, this::isReady, more);
    } catch (IOException e) {
      throw StartException.unavailable("MANAGEMENT_PORT", e);
    }
  }

  private InetSocketAddress address(int port) {
    return new InetSocketAddress(InetAddress.ofLiteral(settings.web().bindAddress()), port);
  }

  private String botState() {
    return bot.map(known -> known.isRunning() ? "running" : "stopped").orElse("none");
  }

  private boolean isReady() {
    if (!serving || withdrawn) {
      return false;
    }
    try (Connection connection = database.getConnection()) {
      return connection.isValid(CHECK_SECONDS);
    } catch (SQLException e) {
      return false;
    }
  }

  /**
   * Where the public port is.
   *
   * @return its number
   */
  public int port() {
    return publicServer.port();
  }

  /**
   * Where the management port is.
   *
   * @return its number
   */
  public int managementPort() {
    return management.port();
  }

  /**
   * What the kernel has counted.
   *
   * @return one line, which says why if it has not
   */
  public String traffic() {
    return kernel.describe();
  }

  /**
   * Serves as before but is not ready any more, for as long as the settings say, so that whoever sends buyers here learns of the end
   * before it comes.
   *
   * @throws InterruptedException if the thread is interrupted; then the wait is over
   */
  public void withdraw() throws InterruptedException {
    withdrawn = true;
    Ticker.system().sleep(settings.drain());
  }

  /**
   * Stops: takes nothing in any more, finishes what is in flight, tells what is still to be told as far as the time goes, and
   * closes everything. Idempotent.
   */
  @Override
  public void close() {
    if (serving) {
      // Whoever sends buyers here sees it, and sends them elsewhere.
      serving = false;
      Duration time = settings.shutdown();
      bot.ifPresent(Bot::stopIntake);
      publicServer.drain(shorter(LONGEST_DRAIN, time.dividedBy(4)));
      Closing.within(time.dividedBy(4), "watcher", watcher::close);
      OutboxFlush.flush(ledger, delivery, time.dividedBy(4));
      Closing.within(time.dividedBy(8), "delivery", delivery::close);
    }
    closing.close();
  }

  private static Duration shorter(Duration a, Duration b) {
    return a.compareTo(b) < 0 ? a : b;
  }
}
