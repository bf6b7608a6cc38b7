package io.x0tta6bl4.payment.watch;

import io.x0tta6bl4.payment.PaymentRequest;
import io.x0tta6bl4.payment.http.Ticker;
import io.x0tta6bl4.payment.internal.watch.Defaults;
import io.x0tta6bl4.payment.internal.watch.Rounds;
import io.x0tta6bl4.payment.internal.watch.Sources;
import io.x0tta6bl4.payment.internal.watch.WatchSettings;
import io.x0tta6bl4.payment.internal.watch.Workers;
import io.x0tta6bl4.payment.ledger.PaymentLedger;
import io.x0tta6bl4.payment.metrics.PaymentObserver;
import io.x0tta6bl4.payment.spi.ActivityFeed;
import io.x0tta6bl4.payment.spi.TransferSource;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Watches the wallets of a ledger's orders, all the time: one scan for each wallet and tick, however many orders it has.
 *
 * <p>What it finds is claimed and told through the ledger; see {@link PaymentDesk} for opening orders and
 * {@link EventDelivery} for hearing of them. A wallet is scanned every few seconds while orders are fresh or payments on their
 * way, less often where nothing happens, at once on a hint, and ever less often while its provider fails. Scans go on from a
 * saved cursor with an overlap; when more time was missed than is worth reading, a
 * {@link io.x0tta6bl4.payment.ledger.WalletEvent.Type#COVERAGE_GAP} says so. Several watchers on one store share its wallets by
 * leases, and take over those of one that died.
 *
 * <p>Thread-safe. One thread keeps time and one says that the watcher lives; scans block threads of the {@link Executor}.
 *
 * @since 0.1.0
 */
public final class PaymentWatcher implements AutoCloseable {

  /** Between two scans of a wallet where something is going on. */
  public static final Duration DEFAULT_FAST = Duration.ofSeconds(5);

  /** Between two scans of a wallet where nothing is. */
  public static final Duration DEFAULT_SLOW = Duration.ofMinutes(1);

  /** How long after its opening an order counts as something going on. */
  public static final Duration DEFAULT_FRESH = Duration.ofMinutes(15);

  /** How far behind the cursor a scan begins: by as much may a provider list a transfer late. */
  public static final Duration DEFAULT_OVERLAP = Duration.ofMinutes(10);

  /** Within this time other watchers serve the wallets of one that died. */
  public static final Duration DEFAULT_LEASE = Duration.ofSeconds(30);

  /** How long past an order's end the chain must have been read before it expires. */
  public static final Duration DEFAULT_EXPIRY_GRACE = Duration.ofMinutes(2);

  /** How long a scan may take. */
  public static final Duration DEFAULT_SCAN_TIMEOUT = Duration.ofSeconds(60);

  private static final Duration SHORTEST_BEAT = Duration.ofMillis(20);
  private static final Duration LONGEST_BEAT = Duration.ofMillis(200);

  private final Workers workers;
  private final Workers renewals;
  private final Rounds rounds;
  private final Duration beat;

  private PaymentWatcher(Builder builder) {
    this.workers = new Workers("x0tta6bl4-watcher", builder.executor);
    this.renewals = new Workers("x0tta6bl4-leases", null, 1);
    this.rounds =
        new Rounds(
            builder.name,
            builder.ledger,
            new Sources(builder.sources),
            builder.observer,
            builder.settings(),
            builder.lease,
            builder.clock,
            builder.ticker,
            renewals,
            workers);
    Duration part = builder.fast.dividedBy(10);
    this.beat =
        part.compareTo(SHORTEST_BEAT) < 0 ? SHORTEST_BEAT : part.compareTo(LONGEST_BEAT) > 0 ? LONGEST_BEAT : part;
  }

  /**
   * Starts a watcher.
   *
   * @param ledger whose orders are watched; not closed by the watcher
   * @return a builder
   */
  public static Builder builder(PaymentLedger ledger) {
    return new Builder(ledger);
  }

  /**
   * Begins to watch. The first call counts.
   *
   * @throws IllegalStateException after {@link #close()}
   */
  public void start() {
    workers.every(beat, rounds::beat);
  }

  /**
   * Scans every wallet that this watcher may have, once, on the caller's thread, due or not. For tests, and for programs that
   * keep time themselves; not while {@link #start} is at work.
   *
   * @throws io.x0tta6bl4.payment.ledger.LedgerException if the ledger's store failed; what was done before is done
   */
  public void tick() {
    rounds.tick();
  }

  /**
   * Has the wallets of an address scanned at the next beat, which comes at least five times a second. What a provider pushes
   * goes here, and a buyer's "check now". Returns at once; an unknown address does nothing.
   *
   * @param address in the chain's canonical spelling, as {@link PaymentRequest#recipient()} of an opened order has it
   */
  public void hint(String address) {
    rounds.hint(address);
  }

  /**
   * Gives this watcher as the listener of a provider's push.
   *
   * @return calls {@link #hint}
   */
  public ActivityFeed.Listener asActivityListener() {
    return this::hint;
  }

  /**
   * Ends the watch: waits for scans under way, saves, and gives the wallets back to other watchers. An interrupt ends the wait,
   * with the flag set. Sources and ledger stay open. Idempotent.
   */
  @Override
  public void close() {
    if (!workers.isClosed()) {
      workers.close();
      renewals.close();
      rounds.release();
    }
  }

  /** Collects the parts of a {@link PaymentWatcher}. Not thread-safe. */
  public static final class Builder {
    private final PaymentLedger ledger;
    private final List<TransferSource> sources = new ArrayList<>();
    private String name = UUID.randomUUID().toString();
    private @Nullable Executor executor;
    private Clock clock = Defaults.CLOCK;
    private Ticker ticker = Defaults.TICKER;
    private PaymentObserver observer = PaymentObserver.NONE;
    private Duration fast = DEFAULT_FAST;
    private Duration slow = DEFAULT_SLOW;
    private Duration fresh = DEFAULT_FRESH;
    private Duration overlap = DEFAULT_OVERLAP;
    private Duration window = PaymentRequest.DEFAULT_MAX_AGE;
    private Duration lease = DEFAULT_LEASE;
    private Duration expiryGrace = DEFAULT_EXPIRY_GRACE;
    private Duration scanTimeout = DEFAULT_SCAN_TIMEOUT;

    private Builder(PaymentLedger ledger) {
      this.ledger = ledger;
    }

    /**
     * Adds a chain. Wallets of chains without a source are left to other watchers.
     *
     * @param source reads the chain; not closed by the watcher
     * @return this
     */
    public Builder source(TransferSource source) {
      sources.add(source);
      return this;
    }

    /**
     * Sets the watcher's name, under which it owns wallets; a random one if not called.
     *
     * @param newName 1 to 64 visible ASCII characters, another for every watcher
     * @return this
     */
    public Builder name(String newName) {
      name = newName;
      return this;
    }

    /**
     * Sets where scans run; an own pool of at most 16 daemon threads if not called.
     *
     * @param newExecutor runs tasks that block, for instance on virtual threads; not shut down by the watcher
     * @return this
     */
    public Builder executor(Executor newExecutor) {
      executor = newExecutor;
      return this;
    }

    /**
     * Sets what dates are judged by.
     *
     * @param newClock the clock; the system's if not called
     * @return this
     */
    public Builder clock(Clock newClock) {
      clock = newClock;
      return this;
    }

    /**
     * Sets what waits are measured by.
     *
     * @param newTicker the ticker; the system's if not called
     * @return this
     */
    public Builder ticker(Ticker newTicker) {
      ticker = newTicker;
      return this;
    }

    /**
     * Sets who is told of scans and claims, for metrics.
     *
     * @param newObserver nobody if not called
     * @return this
     */
    public Builder observer(PaymentObserver newObserver) {
      observer = newObserver;
      return this;
    }

    /**
     * Sets the pace of scans.
     *
     * @param newFast between two scans of a wallet where something is going on, more than 0; 5 seconds if not called
     * @param newSlow between two scans of a wallet where nothing is, at least as much; a minute if not called
     * @return this
     */
    public Builder pace(Duration newFast, Duration newSlow) {
      fast = newFast;
      slow = newSlow;
      return this;
    }

    /**
     * Sets how long after its opening an order counts as something going on.
     *
     * @param duration 0 or more; 15 minutes if not called
     * @return this
     */
    public Builder fresh(Duration duration) {
      fresh = duration;
      return this;
    }

    /**
     * Sets how far behind the cursor a scan begins.
     *
     * @param duration 0 or more; 10 minutes if not called
     * @return this
     */
    public Builder overlap(Duration duration) {
      overlap = duration;
      return this;
    }

    /**
     * Sets how far back a scan reads at most; an outage that lasts longer leaves a gap, which is told.
     *
     * @param duration more than the overlap; 24 hours if not called
     * @return this
     */
    public Builder window(Duration duration) {
      window = duration;
      return this;
    }

    /**
     * Sets within what time other watchers serve this one's wallets if it dies; it says six times as often that it lives.
     *
     * @param duration more than 0; 30 seconds if not called
     * @return this
     */
    public Builder lease(Duration duration) {
      lease = duration;
      return this;
    }

    /**
     * Sets how long past an order's end the chain must have been read before the order expires.
     *
     * @param duration 0 or more; 2 minutes if not called
     * @return this
     */
    public Builder expiryGrace(Duration duration) {
      expiryGrace = duration;
      return this;
    }

    /**
     * Sets how long a scan may take.
     *
     * @param duration more than 0; a minute if not called
     * @return this
     */
    public Builder scanTimeout(Duration duration) {
      scanTimeout = duration;
      return this;
    }

    /**
     * Checks the parts and makes the watcher. Starts no thread.
     *
     * @return the watcher
     * @throws IllegalArgumentException if a part is outside its range, there is no source, or two of one chain
     */
    public PaymentWatcher build() {
      if (sources.isEmpty()) {
        throw new IllegalArgumentException("no source: expected one for each chain that is watched");
      }
      require("fast pace", fast, !fast.isNegative() && !fast.isZero(), "more than PT0S");
      require("slow pace", slow, slow.compareTo(fast) >= 0, "at least the fast one, " + fast);
      require("fresh", fresh, !fresh.isNegative(), "PT0S or more");
      require("overlap", overlap, !overlap.isNegative(), "PT0S or more");
      require("window", window, window.compareTo(overlap) > 0, "more than the overlap, " + overlap);
      require("lease", lease, !lease.isNegative() && !lease.isZero(), "more than PT0S");
      require("expiry grace", expiryGrace, !expiryGrace.isNegative(), "PT0S or more");
      require("scan timeout", scanTimeout, !scanTimeout.isNegative() && !scanTimeout.isZero(), "more than PT0S");
      return new PaymentWatcher(this);
    }

    private static void require(String what, Duration value, boolean fits, String expected) {
      if (!fits) {
        throw new IllegalArgumentException(what + " " + value + ": expected " + expected);
      }
    }

    private WatchSettings settings() {
      return new WatchSettings(fast, slow, fresh, overlap, window, expiryGrace, scanTimeout);
    }
  }
}
