package io.x0tta6bl4.telegram;

import io.x0tta6bl4.payment.http.Ticker;
import io.x0tta6bl4.payment.ledger.PaymentLedger;
import io.x0tta6bl4.payment.ledger.PaymentListener;
import io.x0tta6bl4.payment.watch.PaymentDesk;
import io.x0tta6bl4.telegram.internal.Loop;
import io.x0tta6bl4.telegram.internal.intake.Intake;
import io.x0tta6bl4.telegram.internal.intake.Poller;
import io.x0tta6bl4.telegram.internal.intake.Processor;
import io.x0tta6bl4.telegram.internal.intake.WebhookRegistration;
import io.x0tta6bl4.telegram.internal.send.Messenger;
import io.x0tta6bl4.telegram.internal.send.Sender;
import io.x0tta6bl4.telegram.internal.store.Memory;
import io.x0tta6bl4.telegram.internal.talk.Language;
import io.x0tta6bl4.telegram.internal.talk.Talk;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Shows buyers in their chats how to pay, and tells them what becomes of their payment. Thread-safe; several processes may run
 * the same bot over one database.
 *
 * <p>The buyer opens a link of {@link OrderLinks}, and the order is his chat's. One status message shows how to pay and is
 * edited as the payment goes on; the end of the order, and a payment that is too little, too much or without its memo, is a new
 * message, so that the phone rings. What chats are to show is kept
 * in the {@link UpdateStore} before anything is sent, so that a crash, an outage or a limit delays a message and loses none, and
 * no failure of a message changes a payment.
 *
 * <p>The Bot API has no way to send a message at most once. What follows from each failure, and from a crash between sending and
 * noting it:
 *
 * <table>
 *   <caption>The policy</caption>
 *   <tr><th>what happened<th>what follows
 *   <tr><td>an edit whose outcome is not known<td>it is done again: done twice is done once
 *   <tr><td>a message for the end of an order, whose outcome is not known, while its status message is known<td>not sent again;
 *     the status message is edited to say the same
 *   <tr><td>any other first message to a buyer or to the operator, whose outcome is not known<td>sent again, with a line that
 *     says that it may be a repeat, at most five times
 *   <tr><td>an answer to what a buyer wrote, or a QR code, whose outcome is not known<td>not sent again: he can ask again
 *   <tr><td>no connection was made<td>again after 1 to 30 seconds
 *   <tr><td>429<td>the chat waits for as long as Telegram says, the others go on
 *   <tr><td>the buyer has blocked the bot, or is gone<td>his messages wait until he comes back or writes; the others go on
 *   <tr><td>a message that is to be edited is deleted or too old<td>a new message
 *   <tr><td>Telegram refuses a text<td>given up; the operator is told
 *   <tr><td>Telegram does not know the token<td>nothing is sent any more; the log says so as an error
 * </table>
 *
 * @since 0.1.0
 */
public final class BuyerBot implements AutoCloseable {

  /** How long a process that died keeps the others from sending where nothing else is said. */
  public static final Duration DEFAULT_LEASE = Duration.ofSeconds(10);

  private static final int THREADS = 16;
  private static final int IDLE_SECONDS = 30;
  private static final int END_SECONDS = 15;

  private final BotApi api;
  private final Memory memory;
  private final Clock clock;
  private final Ticker ticker;
  private final TelegramObserver observer;
  private final String owner = UUID.randomUUID().toString();
  private final Duration lease;
  private final Talk talk;
  private final Intake intake;
  private final Processor processor;
  private final Sender sender;
  private final Loop processing;
  private final Loop sending;
  private final Loop supervising;
  private final @Nullable ExecutorService own;

  private BuyerBot(Builder builder) {
    api = builder.api;
    memory = builder.store.of(api.botId());
    clock = builder.clock;
    ticker = builder.ticker;
    observer = builder.observer;
    lease = builder.lease;
    Executor given = builder.executor;
    ExecutorService pool = given == null ? threads() : null;
    own = pool;
    Executor executor = given == null ? Objects.requireNonNull(pool) : given;
    QrRenderer qr = builder.qr;
    talk =
        new Talk(
            new Talk.Parts(
                api, memory, builder.desk, builder.ledger, builder.links.seal(), builder.checkNow, builder.wallets,
                qr != null, builder.adminChat, builder.adminLanguage, clock, ticker, owner, this::wanted));
    sender =
        new Sender(
            new Sender.Parts(
                memory.posts(),
                memory.duties(),
                new Messenger(api, qr == null ? BuyerBot::noQr : qr, Talk.repeatMark()),
                talk, builder.limits, executor, clock, ticker, observer, owner, lease,
                this::wakeSender));
    processor = new Processor(memory.updates(), talk.conversation(), executor, clock, observer, this::wakeProcessor);
    intake = new Intake(memory.updates(), clock, observer, this::wakeProcessor);
    processing = new Loop("x0tta6bl4-telegram-updates", processor::step);
    sending = new Loop("x0tta6bl4-telegram-sender", sender::step);
    supervising = new Loop("x0tta6bl4-telegram-supervision", talk.supervision()::step);
  }

  /** A post may have been left by a process that had a renderer. */
  private static byte[] noQr(String text) {
    throw new IllegalStateException("no QR renderer");
  }

  private static ExecutorService threads() {
    AtomicInteger number = new AtomicInteger();
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            THREADS, THREADS, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(),
            task -> {
              Thread thread = new Thread(task, "x0tta6bl4-telegram-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }

  /**
   * Starts a bot.
   *
   * @param api the calls; not closed by the bot
   * @param store what it remembers
   * @param desk where the shop's orders are
   * @param links which references to orders are good
   * @return a builder
   */
  public static Builder builder(BotApi api, UpdateStore store, PaymentDesk desk, OrderLinks links) {
    return new Builder(api, store, desk, links);
  }

  /**
   * Gives what has to hear of payments: to be handed to {@link io.x0tta6bl4.payment.watch.EventDelivery}. It only notes what
   * chats are to show, so that it is done within milliseconds, and a repeat changes nothing.
   *
   * @return a listener by the name {@code telegram-} and the bot's number
   */
  public PaymentListener listener() {
    return talk.notices();
  }

  /**
   * Makes the handler of a webhook.
   *
   * @param secrets what proves that an update comes from Telegram
   * @return the handler
   */
  public WebhookHandler webhook(WebhookSecrets secrets) {
    return new WebhookHandler(secrets, intake, observer);
  }

  /**
   * Has Telegram send updates to an address, if it does not do so already. To be called after the handler is reachable; several
   * processes may call it. Nothing undoes it: at a rolling update the old process would take away the new one's webhook.
   *
   * @param url https, on port 443, 80, 88 or 8443
   * @param secrets whose first is sent along
   * @param maxConnections how many updates may be sent at once, 1 to 100
   * @return whether anything had to be set
   * @throws BotApiException if Telegram refuses, or cannot be reached
   * @throws InterruptedException if the thread is interrupted while it waits as Telegram asked, for at most a minute
   * @throws StoreException if the store failed
   */
  public boolean registerWebhook(URI url, WebhookSecrets secrets, int maxConnections) throws InterruptedException {
    return new WebhookRegistration(api, memory.duties(), clock, ticker)
        .ensure(url, secrets.current(), secrets.former(), maxConnections);
  }

  /**
   * Makes what fetches updates, where there is no webhook.
   *
   * @return a polling that is not started
   */
  public LongPolling polling() {
    return new LongPolling(new Poller(api, intake, memory.duties(), clock, owner, lease, talk));
  }

  /** Begins to work on updates, to send, and to look after the operator's side. The first call counts. */
  public void start() {
    processing.start();
    sending.start();
    supervising.start();
  }

  /**
   * Does, on the caller's thread, what is due: for tests, and for programs that have no threads to spare; not while
   * {@link #start} is at work. With an executor that runs tasks at once all of it is done when this returns.
   *
   * @return how long to wait until something more may be due; negative if nothing will be sent any more
   * @throws StoreException if the store failed
   */
  public Duration step() {
    Duration updates = processor.step();
    Duration posts = sender.step();
    return posts.isNegative() || posts.compareTo(updates) < 0 ? posts : updates;
  }

  /**
   * Looks once at what is otherwise looked at every minute. Not while {@link #start} is at work.
   *
   * @throws StoreException if the store failed
   */
  public void supervise() {
    Duration unused = talk.supervision().step();
  }

  /**
   * Tells whether messages are sent.
   *
   * @return {@code false} before the start, after the end, and after Telegram has refused the token
   */
  public boolean isRunning() {
    return sending.isRunning();
  }

  private void wanted() {
    sender.wanted();
  }

  private void wakeSender() {
    sending.wake();
  }

  private void wakeProcessor() {
    processing.wake();
  }

  /**
   * Begins nothing any more, waits for at most 15 seconds for what is under way, and lets another process go on; what is left is
   * done after the next start. End what brings updates before. Idempotent.
   */
  @Override
  public void close() {
    supervising.close();
    processing.close();
    sending.close();
    ExecutorService threads = own;
    if (threads != null) {
      threads.shutdown();
      try {
        boolean unused = threads.awaitTermination(END_SECONDS, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    sender.close();
  }

  /** Collects the parts of a {@link BuyerBot}. Not thread-safe. */
  public static final class Builder {
    private final BotApi api;
    private final UpdateStore store;
    private final PaymentDesk desk;
    private final OrderLinks links;
    private @Nullable PaymentLedger ledger;
    private @Nullable QrRenderer qr;
    private @Nullable Executor executor;
    private @Nullable Long adminChat;
    private Language adminLanguage = Language.EN;
    private CheckNow checkNow = order -> {};
    private WalletLinks wallets = WalletLinks.TON;
    private SendLimits limits = SendLimits.TELEGRAM;
    private TelegramObserver observer = TelegramObserver.NONE;
    private Duration lease = DEFAULT_LEASE;
    private Clock clock = Clock.systemUTC();
    private Ticker ticker = Ticker.system();

    private Builder(BotApi api, UpdateStore store, PaymentDesk desk, OrderLinks links) {
      this.api = api;
      this.store = store;
      this.desk = desk;
      this.links = links;
    }

    /**
     * Sets what a pressed "check now" does; nothing if not called, so that the buyer waits for the watcher's next scan.
     *
     * @param newCheckNow most often {@code order -> watcher.hint(order.request().recipient())}
     * @return this
     */
    public Builder checkNow(CheckNow newCheckNow) {
      checkNow = newCheckNow;
      return this;
    }

    /**
     * Sets what draws QR codes; there are none if not called.
     *
     * @param newQr the host's encoder
     * @return this
     */
    public Builder qr(QrRenderer newQr) {
      qr = newQr;
      return this;
    }

    /**
     * Sets what makes links to wallets; {@link WalletLinks#TON} if not called.
     *
     * @param newWallets the links
     * @return this
     */
    public Builder wallets(WalletLinks newWallets) {
      wallets = newWallets;
      return this;
    }

    /**
     * Sets the chat in which the operator is told of trouble; only the log has it if not called.
     *
     * @param chatId a private chat, or a group that the bot is a member of
     * @param languageCode {@code en} or {@code ru}
     * @return this
     */
    public Builder adminChat(long chatId, String languageCode) {
      adminChat = chatId;
      adminLanguage = Language.of(languageCode);
      return this;
    }

    /**
     * Sets where orders are looked for that stay open long after their time; they are not looked for if not called.
     *
     * @param newLedger the desk's ledger; not closed by the bot
     * @return this
     */
    public Builder ledger(PaymentLedger newLedger) {
      ledger = newLedger;
      return this;
    }

    /**
     * Sets how much is sent; {@link SendLimits#TELEGRAM} if not called.
     *
     * @param newLimits the limits
     * @return this
     */
    public Builder limits(SendLimits newLimits) {
      limits = newLimits;
      return this;
    }

    /**
     * Sets who is told what the bot does, for metrics.
     *
     * @param newObserver nobody if not called
     * @return this
     */
    public Builder observer(TelegramObserver newObserver) {
      observer = newObserver;
      return this;
    }

    /**
     * Sets how long a process that died keeps the others, or its own successor, from sending and polling; one that is closed
     * does not. {@link #DEFAULT_LEASE} if not called.
     *
     * @param duration 1 second to 10 minutes
     * @return this
     * @throws IllegalArgumentException if it is outside its range
     */
    public Builder lease(Duration duration) {
      if (duration.compareTo(Duration.ofSeconds(1)) < 0 || duration.compareTo(Duration.ofMinutes(10)) > 0) {
        throw new IllegalArgumentException("lease " + duration + ": expected PT1S to PT10M");
      }
      lease = duration;
      return this;
    }

    /**
     * Sets where calls are made; an own pool of at most 16 daemon threads if not called.
     *
     * @param newExecutor runs tasks that block, for instance on virtual threads; not shut down by the bot
     * @return this
     */
    public Builder executor(Executor newExecutor) {
      executor = newExecutor;
      return this;
    }

    /**
     * Sets what things are dated by and are due by.
     *
     * @param newClock the clock; the system's if not called
     * @return this
     */
    public Builder clock(Clock newClock) {
      clock = newClock;
      return this;
    }

    /**
     * Sets what limits are measured by.
     *
     * @param newTicker the ticker; the system's if not called
     * @return this
     */
    public Builder ticker(Ticker newTicker) {
      ticker = newTicker;
      return this;
    }

    /**
     * Makes the bot. Starts no thread and asks no network.
     *
     * @return the bot
     */
    public BuyerBot build() {
      return new BuyerBot(this);
    }
  }
}
