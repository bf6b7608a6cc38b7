package io.x0tta6bl4.payment.internal.watch;

import io.x0tta6bl4.payment.Asset;
import io.x0tta6bl4.payment.Memo;
import io.x0tta6bl4.payment.PaymentException;
import io.x0tta6bl4.payment.Transfer;
import io.x0tta6bl4.payment.TransferId;
import io.x0tta6bl4.payment.http.Ticker;
import io.x0tta6bl4.payment.internal.Texts;
import io.x0tta6bl4.payment.internal.Transfers;
import io.x0tta6bl4.payment.internal.matching.CandidateJudge;
import io.x0tta6bl4.payment.ledger.LedgerException;
import io.x0tta6bl4.payment.ledger.OrderState;
import io.x0tta6bl4.payment.ledger.PaymentLedger;
import io.x0tta6bl4.payment.ledger.WalletLease;
import io.x0tta6bl4.payment.ledger.WalletProgress;
import io.x0tta6bl4.payment.ledger.WatchedOrder;
import io.x0tta6bl4.payment.metrics.PaymentObserver;
import io.x0tta6bl4.payment.spi.Scan;
import io.x0tta6bl4.payment.spi.ScanQuery;
import io.x0tta6bl4.payment.spi.TransferSource;
import io.x0tta6bl4.payment.spi.TransferSourceVerifier;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads one wallet, from its cursor on, and has written down what it finds. Whatever fails on the way, the cursor stays where
 * everything before it was dealt with. Not thread-safe: one call at a time.
 */
public final class WalletScanner {

  private static final int ORDERS_AT_ONCE = 10_000;
  private static final int ENDS_AT_ONCE = 500;

  /** A clock that is behind must show, not hide payments. */
  private static final Duration LOOK_AHEAD = Duration.ofDays(1);

  /** A transfer that is not settled by then holds up the cursor no longer: its chain settles within minutes, or never. */
  private static final Duration LONGEST_PENDING = Duration.ofHours(1);

  /** A single failure is normal; this many in a row are news. */
  private static final int FAILURES_THAT_ARE_TROUBLE = 3;

  private static final int LONGEST_DETAIL = 500;

  /** No order has this id. */
  private static final String NOBODY = "";

  private static final Logger LOG = LoggerFactory.getLogger(WalletScanner.class);

  private final CheckedSource source;
  private final PaymentLedger ledger;
  private final Bookkeeper bookkeeper;
  private final PaymentObserver observer;
  private final WatchSettings settings;
  private final Clock clock;
  private final Ticker ticker;
  private final ScanPace pace;
  private final Cursor cursor;
  private final WalletNews news;
  private final NamelessPayments nameless;
  private final OrderIndexer orders = new OrderIndexer();
  private final HandledTransfers handled = new HandledTransfers();

  private final String address;
  private volatile WalletLease lease;
  private @Nullable Asset asset;
  private @Nullable Instant newestOpening;
  private long lastPosition;
  private int unreadable;
  private boolean isAllRecorded = true;

  /**
   * Makes a scanner.
   *
   * @param lease the right to scan, with the progress so far
   * @param source reads the wallet's chain
   * @param ledger where orders come from and progress goes
   * @param observer who is told of scans and claims
   * @param settings how it works
   * @param clock what dates are judged by
   * @param ticker what waits are measured by
   * @throws IllegalArgumentException if the wallet's address is none of the chain
   */
  public WalletScanner(
      WalletLease lease,
      TransferSource source,
      PaymentLedger ledger,
      PaymentObserver observer,
      WatchSettings settings,
      Clock clock,
      Ticker ticker) {
    this.lease = lease;
    this.source = new CheckedSource(lease.wallet(), source, ticker);
    this.address = source.canonicalAddress(lease.wallet().address());
    this.ledger = ledger;
    this.bookkeeper = new Bookkeeper(ledger, observer);
    this.observer = observer;
    this.settings = settings;
    this.clock = clock;
    this.ticker = ticker;
    this.pace = new ScanPace(settings);
    this.cursor = new Cursor(lease.progress().readUntil(), settings);
    this.news = new WalletNews(lease.wallet(), lease.progress().troubleSince());
    this.nameless = new NamelessPayments(lease.wallet(), ledger, bookkeeper, news);
  }

  /**
   * Takes a renewed lease.
   *
   * @param renewed the same wallet's
   */
  public void renew(WalletLease renewed) {
    lease = renewed;
  }

  /**
   * Gives the lease under which it scans.
   *
   * @return the newest
   */
  public WalletLease lease() {
    return lease;
  }

  /**
   * Takes up orders that were opened since the last call.
   *
   * @return whether there was one
   */
  public boolean readOrders() {
    Instant since = cursor.unread();
    boolean any = false;
    List<WatchedOrder> opened;
    do {
      opened = ledger.opened(lease.wallet(), lastPosition, since, ORDERS_AT_ONCE);
      for (WatchedOrder order : opened) {
        takeUp(order);
      }
      any |= !opened.isEmpty();
    } while (opened.size() == ORDERS_AT_ONCE);
    return any;
  }

  /**
   * Reads the wallet once and has written down what it finds.
   *
   * @return how long to wait until the next time; empty if the wallet is not ours to scan any more
   */
  public Optional<Duration> scan() {
    readOrders();
    Instant now = now();
    orders.forgetBefore(cursor.unread());
    Instant read = cursor.readUntil();
    if (orders.size() == 0 || asset == null) {
      // One may be left that ended in time that was read before it was known here.
      if (read != null) {
        expire(read, now);
      }
      return Optional.of(settings.slow());
    }
    long started = ticker.nanoTime();
    String outcome;
    boolean ours;
    try {
      Instant from = cursor.from(now);
      Scan scan = source.scan(new ScanQuery(address, asset, from, now.plus(LOOK_AHEAD), orders), settings.scanTimeout());
      warnOfUnreadable(scan);
      boolean lively = dealWith(scan.transfers(), now);
      outcome = finish(scan, from, now, lively);
      ours = save();
    } catch (PaymentException e) {
      outcome = "failed";
      ours = fail(e.retryAfter().orElse(null), String.valueOf(e.getMessage()), now);
    } catch (LedgerException e) {
      observer.scanned(lease.wallet(), "unsaved", Duration.ofNanos(ticker.nanoTime() - started), read);
      throw e;
    }
    observer.scanned(lease.wallet(), outcome, Duration.ofNanos(ticker.nanoTime() - started), cursor.readUntil());
    return ours ? Optional.of(pace.next(newestOpening, now)) : Optional.empty();
  }

  private void takeUp(WatchedOrder order) {
    orders.add(order);
    lastPosition = order.position();
    newestOpening = newestOpening == null || order.openedAt().isAfter(newestOpening) ? order.openedAt() : newestOpening;
    if (asset == null) {
      asset = ledger.find(order.orderId()).map(account -> account.order().request().asset()).orElse(null);
    }
    cursor.lookFor(order);
  }

  /** They have no effect, and are listed again as long as the overlap reaches: said when there are more of them. */
  private void warnOfUnreadable(Scan scan) {
    int count = scan.unreadable().size();
    if (count > unreadable) {
      String last = Texts.printable(scan.unreadable().get(count - 1), LONGEST_DETAIL);
      LOG.warn("{}: {} rows could not be read, the last one: {}", lease.wallet(), count, last);
    }
    unreadable = count;
  }

  /** Sources are trusted to read, not to judge. Gives whether anything is going on. */
  private boolean dealWith(List<Transfer> transfers, Instant now) {
    Map<String, List<Transfer>> found = new LinkedHashMap<>();
    Set<String> withNews = new HashSet<>();
    Map<TransferId, Transfer> withoutName = new LinkedHashMap<>();
    Set<TransferId> namelessNews = new HashSet<>();
    List<Transfer> dealtWith = new ArrayList<>();
    for (Transfer transfer : transfers) {
      if (!isCandidate(transfer)) {
        continue;
      }
      Optional<String> owner = orders.orderOf(transfer);
      boolean isNews = handled.isNews(transfer, owner.orElse(NOBODY));
      if (owner.isPresent()) {
        // What is not settled is claimed nowhere: it must be seen again beside what is new, to be added to it.
        if (isNews || !transfer.isSettled()) {
          found.computeIfAbsent(owner.get(), id -> new ArrayList<>(1)).add(transfer);
        }
        if (isNews) {
          withNews.add(owner.get());
        }
      } else if (!(transfer.memo() instanceof Memo.Text)
          && transfer.isSettled()
          && orders.isNearSomeOrder(transfer.amount().units())) {
        withoutName.put(transfer.id(), transfer);
        if (isNews) {
          namelessNews.add(transfer.id());
        }
      } else {
        continue;
      }
      if (isNews && !isAhead(transfer, now)) {
        dealtWith.add(transfer);
      }
    }
    found.keySet().retainAll(withNews);
    boolean all = bookkeeper.record(found, now);
    if (!namelessNews.isEmpty()) {
      nameless.assign(Transfers.inChainOrder(withoutName.values()), namelessNews, now);
    }
    isAllRecorded = all;
    if (all) {
      dealtWith.forEach(transfer -> handled.add(transfer, orders.orderOf(transfer).orElse(NOBODY)));
    }
    return !found.isEmpty() || transfers.stream().anyMatch(t -> isCandidate(t) && !t.isSettled());
  }

  private boolean isCandidate(Transfer transfer) {
    Asset received = transfer.amount().asset();
    return transfer.amount().units().signum() > 0
        && transfer.to().equals(address)
        && received.chain().equals(lease.wallet().chain())
        && Objects.equals(received.contract(), lease.wallet().contract())
        && CandidateJudge.hasMoved(transfer);
  }

  /** Moves the cursor as far as everything is settled, and gives the outcome of the scan. */
  private String finish(Scan scan, Instant from, Instant now, boolean lively) {
    if (scan.coverage() instanceof Scan.Coverage.Stale stale) {
      noteTrouble(null, stale.detail(), now);
      return "stale";
    }
    if (scan.coverage() instanceof Scan.Coverage.Partial partial) {
      if (!goesOn(partial, scan.transfers(), from, now)) {
        noteTrouble(null, partial.detail(), now);
      }
      return "partial";
    }
    // What could not be recorded is to be found again, however far behind it lies.
    if (isAllRecorded) {
      cursor.finish();
      moveTo(settledUntil(scan.transfers(), now), from, now);
    }
    pace.succeeded(lively);
    news.recovered(now);
    return "whole";
  }

  /** A busy wallet may have more than one scan reads: then several go on from each other. Gives whether this one came further. */
  private boolean goesOn(Scan.Coverage.Partial partial, List<Transfer> transfers, Instant from, Instant now) {
    Instant until = partial.readUntil();
    if (!isAllRecorded || until == null) {
      return false;
    }
    Instant settled = settledUntil(transfers, now);
    Instant next = settled.isBefore(until) ? settled : until;
    if (!next.isAfter(from)) {
      return false;
    }
    cursor.breakOff(next);
    Instant read = cursor.readUntil();
    if (read == null || next.isAfter(read)) {
      moveTo(next, from, now);
    }
    pace.succeeded(true);
    return true;
  }

  private void moveTo(Instant read, Instant from, Instant now) {
    // Told when the cursor passes it: until then it grows. Time in which no order waited is no gap, however long nobody read.
    cursor.gapSince(now).ifPresent(unread -> news.gap(unread, now.minus(settings.window()), now));
    // Before the cursor moves: with it go the orders that it has left behind.
    expire(read, now);
    cursor.moveTo(read);
    handled.forgetBefore(cursor.forgetBefore(from));
  }

  private Instant settledUntil(List<Transfer> transfers, Instant now) {
    Instant until = now;
    for (Transfer transfer : transfers) {
      Instant time = transfer.blockTime();
      boolean holds = isCandidate(transfer) && !transfer.isSettled() && orders.orderOf(transfer).isPresent();
      if (holds && time != null && time.isBefore(until) && !time.isBefore(now.minus(LONGEST_PENDING))) {
        until = time;
      }
    }
    return until;
  }

  private void expire(Instant read, Instant now) {
    List<String> ids;
    do {
      ids = ledger.overdue(lease.wallet(), cursor.endsBefore(read), ENDS_AT_ONCE);
      bookkeeper.end(ids, OrderState.EXPIRED, now);
    } while (ids.size() == ENDS_AT_ONCE);
  }

  private boolean fail(@Nullable Duration retryAfter, String detail, Instant now) {
    noteTrouble(retryAfter, detail, now);
    return save();
  }

  private void noteTrouble(@Nullable Duration retryAfter, String detail, Instant now) {
    pace.failed(retryAfter);
    String shown = Texts.printable(detail, LONGEST_DETAIL);
    LOG.debug("{}: {}", lease.wallet(), shown);
    if (pace.failures() >= FAILURES_THAT_ARE_TROUBLE) {
      news.trouble(shown, now);
    }
  }

  private boolean save() {
    boolean saved = ledger.save(lease, new WalletProgress(cursor.readUntil(), news.troubleSince()), news.collected());
    // Not before: where the store fails they are saved by the next scan.
    news.clear();
    return saved;
  }

  private boolean isAhead(Transfer transfer, Instant now) {
    Instant time = transfer.blockTime();
    return time != null && time.isAfter(now.plus(TransferSourceVerifier.CLOCK_SKEW));
  }

  /** Blocks are dated in milliseconds, and so is everything in the ledger. */
  private Instant now() {
    return Instant.ofEpochMilli(clock.millis());
  }
}
