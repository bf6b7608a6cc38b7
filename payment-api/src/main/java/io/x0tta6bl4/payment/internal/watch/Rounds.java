package io.x0tta6bl4.payment.internal.watch;

import io.x0tta6bl4.payment.http.Ticker;
import io.x0tta6bl4.payment.ledger.LedgerException;
import io.x0tta6bl4.payment.ledger.PaymentLedger;
import io.x0tta6bl4.payment.ledger.Wallet;
import io.x0tta6bl4.payment.ledger.WalletLease;
import io.x0tta6bl4.payment.metrics.PaymentObserver;
import io.x0tta6bl4.payment.spi.TransferSource;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which wallets are ours, and whose turn it is. Thread-safe. */
public final class Rounds {

  /**
   * Of six parts of the lease's time four are owned, and one is between two renewals: what is left is for the take-over, so
   * that it is done within the lease's time.
   */
  private static final int PARTS = 6;

  private static final int PARTS_OWNED = 4;

  private static final Logger LOG = LoggerFactory.getLogger(Rounds.class);

  private final String name;
  private final PaymentLedger ledger;
  private final Sources sources;
  private final PaymentObserver observer;
  private final WatchSettings settings;
  private final Duration leaseTime;
  private final Clock clock;
  private final Ticker ticker;
  private final Workers renewals;
  private final Workers workers;

  private final Map<Wallet, Turn> turns = new ConcurrentHashMap<>();
  private final AtomicBoolean renewing = new AtomicBoolean();
  private final AtomicBoolean askedFor = new AtomicBoolean();
  private volatile @Nullable Long renewalDue;

  /**
   * Makes the rounds of a watcher.
   *
   * @param name under which wallets are owned
   * @param ledger whose orders are watched
   * @param sources the chains
   * @param observer who is told of scans and claims
   * @param settings how wallets are scanned
   * @param leaseTime within what time others have the wallets of a watcher that died
   * @param clock what dates are judged by
   * @param ticker what waits are measured by
   * @param renewals run what renews leases, which must not wait for scans
   * @param workers run scans
   */
  public Rounds(
      String name,
      PaymentLedger ledger,
      Sources sources,
      PaymentObserver observer,
      WatchSettings settings,
      Duration leaseTime,
      Clock clock,
      Ticker ticker,
      Workers renewals,
      Workers workers) {
    this.name = name;
    this.ledger = ledger;
    this.sources = sources;
    this.observer = observer;
    this.settings = settings;
    this.leaseTime = leaseTime;
    this.clock = clock;
    this.ticker = ticker;
    this.renewals = renewals;
    this.workers = workers;
  }

  /** Starts on workers what is due. Does not block. */
  public void beat() {
    long now = ticker.nanoTime();
    Long due = renewalDue;
    boolean isDue = due == null || due - now <= 0 || askedFor.get();
    if (isDue && renewing.compareAndSet(false, true) && !renewals.run(this::renewInTurn)) {
      renewing.set(false);
    }
    for (Turn turn : turns.values()) {
      if (turn.isDue(now) && turn.busy.compareAndSet(false, true) && !workers.run(turn::take)) {
        turn.busy.set(false);
      }
    }
  }

  /** Renews leases and scans all wallets on the caller's thread. */
  public void tick() {
    renew();
    turns.values().forEach(Turn::scan);
  }

  /**
   * Makes the wallets of an address due.
   *
   * @param address canonical
   */
  public void hint(String address) {
    boolean known = false;
    for (Turn turn : turns.values()) {
      if (turn.scanner.lease().wallet().address().equals(address)) {
        turn.hinted.set(true);
        known = true;
      }
    }
    if (!known) {
      // Perhaps the first order of a new wallet.
      askedFor.set(true);
    }
  }

  /** Gives all wallets back. */
  public void release() {
    turns.keySet().forEach(this::giveUp);
    try {
      ledger.release(name);
    } catch (LedgerException e) {
      LOG.warn("{}: the wallets could not be given back; they are free when their leases end", name, e);
    }
  }

  private void giveUp(Wallet wallet) {
    turns.remove(wallet);
    observer.unwatched(wallet);
  }

  private void renewInTurn() {
    try {
      // A hint that comes from here on is not forgotten: the renewal may have passed its wallet.
      askedFor.set(false);
      renew();
    } finally {
      // Also after a failure: until then our leases last.
      renewalDue = ticker.nanoTime() + leaseTime.toNanos() / PARTS;
      renewing.set(false);
    }
  }

  private void renew() {
    Instant now = Instant.ofEpochMilli(clock.millis());
    Duration owned = leaseTime.multipliedBy(PARTS_OWNED).dividedBy(PARTS);
    Map<Wallet, WalletLease> leases =
        ledger.lease(name, sources.chains(), now, owned).stream()
            .collect(Collectors.toMap(WalletLease::wallet, lease -> lease));
    for (Wallet wallet : turns.keySet()) {
      if (!leases.containsKey(wallet)) {
        giveUp(wallet);
      }
    }
    leases.forEach(
        (wallet, lease) ->
            turns.compute(
                wallet,
                (key, turn) -> {
                  if (turn != null && turn.scanner.lease().epoch() == lease.epoch()) {
                    turn.scanner.renew(lease);
                    return turn;
                  }
                  return begin(lease).orElse(null);
                }));
  }

  private Optional<Turn> begin(WalletLease lease) {
    Optional<TransferSource> source = sources.find(lease.wallet().chain());
    if (source.isEmpty()) {
      LOG.debug("{}: no source of this chain here", lease.wallet());
      return Optional.empty();
    }
    try {
      LOG.info("{}: watched from here, read until {}", lease.wallet(), lease.progress().cursor());
      return Optional.of(
          new Turn(new WalletScanner(lease, source.get(), ledger, observer, settings, clock, ticker)));
    } catch (RuntimeException e) {
      LOG.error("{}: cannot be watched: {}", lease.wallet(), e.getMessage(), e);
      return Optional.empty();
    }
  }

  /** One wallet and when it is scanned next. */
  private final class Turn {
    private final WalletScanner scanner;
    private final AtomicBoolean busy = new AtomicBoolean();
    private final AtomicBoolean hinted = new AtomicBoolean();

    /** New orders are looked for this often, however slowly the provider is asked. */
    private volatile long ordersDue;

    private volatile long scanDue;

    private Turn(WalletScanner scanner) {
      this.scanner = scanner;
      this.ordersDue = ticker.nanoTime();
      this.scanDue = ordersDue;
    }

    private boolean isDue(long now) {
      return hinted.get() || ordersDue - now <= 0 || scanDue - now <= 0;
    }

    private void take() {
      try {
        boolean wanted = hinted.getAndSet(false) || scanDue - ticker.nanoTime() <= 0;
        // A lease that could not be renewed is over: somebody else may have begun.
        if (clock.instant().isAfter(scanner.lease().until())) {
          later(settings.fast());
        } else if (wanted || scanner.readOrders()) {
          scan();
        }
        ordersDue = ticker.nanoTime() + settings.fast().toNanos();
      } catch (LedgerException e) {
        LOG.warn("{}: {}", scanner.lease().wallet(), e.getMessage(), e);
        later(settings.fast());
      } catch (RuntimeException | Error e) {
        later(settings.slow());
        throw e;
      } finally {
        busy.set(false);
      }
    }

    private void scan() {
      Optional<Duration> next = scanner.scan();
      if (next.isPresent()) {
        later(next.get());
      } else {
        turns.remove(scanner.lease().wallet(), this);
        observer.unwatched(scanner.lease().wallet());
      }
    }

    private void later(Duration wait) {
      long now = ticker.nanoTime();
      scanDue = now + wait.toNanos();
      ordersDue = now + settings.fast().toNanos();
    }
  }
}
