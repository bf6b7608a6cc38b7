package io.x0tta6bl4.payment.ledger;

import io.x0tta6bl4.payment.TransferId;
import io.x0tta6bl4.payment.internal.ledger.Limits;
import io.x0tta6bl4.payment.internal.ledger.Opening;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A ledger that forgets everything when the process ends: for tests, and for trying things out. Thread-safe.
 *
 * @since 0.1.0
 */
public final class InMemoryPaymentLedger implements PaymentLedger {

  private final Clock clock;
  private final Map<String, OrderAccount> accounts = new LinkedHashMap<>();
  private final Map<TransferId, Claim> claims = new LinkedHashMap<>();
  private final Map<Wallet, WalletState> wallets = new LinkedHashMap<>();
  /** By chain and owner: until when he counts as alive. */
  private final Map<String, Map<String, Instant>> owners = new HashMap<>();
  private final Map<String, InMemoryOutbox> outboxes = new LinkedHashMap<>();
  private final Set<String> walletEventIds = new HashSet<>();
  private long sequence;
  private boolean closed;

  /**
   * Makes an empty ledger.
   *
   * @param clock what openings are dated by
   */
  public InMemoryPaymentLedger(Clock clock) {
    this.clock = clock;
  }

  @Override
  public synchronized Order open(NewOrder order) {
    checkOpen();
    OrderAccount known = accounts.get(order.request().orderId());
    if (known != null) {
      Opening.requireSame(order, known.order());
      return known.order();
    }
    Instant now = clock.instant();
    Wallet wallet = Wallet.of(order.request());
    WalletState state = wallets.computeIfAbsent(wallet, w -> new WalletState());
    // An open order keeps what it needs: perhaps nobody has read yet whether it was paid.
    state.reserved.values().removeIf(o -> o.watchedUntil().isBefore(now) && !isOpen(o));
    BigInteger units = Opening.chooseUnits(order, state.reserved::containsKey);
    Order opened = Opening.open(order, units, now);
    Opening.reserved(opened.request()).ifPresent(u -> state.reserved.put(u, opened));
    accounts.put(opened.id(), new OrderAccount(opened, List.of(), null));
    state.opened.add(watched(opened, state.opened.size() + 1L));
    state.open.add(opened);
    state.watchedUntil = later(state.watchedUntil, opened.watchedUntil());
    return opened;
  }

  @Override
  public synchronized List<OrderAccount> find(Collection<String> orderIds) {
    checkOpen();
    Limits.check("number of orders", orderIds.size(), 0);
    List<OrderAccount> found = new ArrayList<>();
    for (String id : new HashSet<>(orderIds)) {
      OrderAccount account = accounts.get(id);
      if (account != null) {
        found.add(account);
      }
    }
    return found;
  }

  @Override
  public synchronized List<Recording> record(List<OrderUpdate> updates) {
    checkOpen();
    Limits.check(updates);
    return updates.stream().map(this::record).toList();
  }

  private Recording record(OrderUpdate update) {
    OrderAccount account = accounts.get(update.before().id());
    if (account == null || account.order().version() != update.before().version()) {
      return new Recording.Outdated();
    }
    for (Claim claim : update.claims()) {
      Claim known = claims.get(claim.transfer().id());
      if (known != null && !known.orderId().equals(claim.orderId())) {
        return new Recording.AlreadyUsed(claim.transfer().id(), known.orderId());
      }
    }
    OrderAccount changed = account.changedBy(update);
    changed.claims().forEach(claim -> claims.put(claim.transfer().id(), claim));
    Order after = changed.order();
    accounts.put(after.id(), changed);
    if (after.state() != OrderState.OPEN) {
      WalletState wallet = wallets.get(after.wallet());
      if (wallet != null) {
        wallet.open.remove(account.order());
      }
    }
    publish(update.event());
    return new Recording.Recorded(after);
  }

  @Override
  public synchronized List<Order> newest(Set<OrderState> states, int limit) {
    checkOpen();
    Limits.check("limit", limit, 1);
    List<Order> orders = new ArrayList<>(accounts.values().stream().map(OrderAccount::order).toList());
    Collections.reverse(orders);
    return orders.stream().filter(order -> states.contains(order.state())).limit(limit).toList();
  }

  @Override
  public synchronized List<Claim> newestClaims(int limit) {
    checkOpen();
    Limits.check("limit", limit, 1);
    List<Claim> newest = new ArrayList<>(claims.values());
    Collections.reverse(newest);
    return newest.stream().limit(limit).toList();
  }

  @Override
  public synchronized List<WatchedOrder> opened(Wallet wallet, long after, Instant since, int limit) {
    checkOpen();
    WalletState state = wallets.get(wallet);
    if (state == null) {
      return List.of();
    }
    return state.opened.stream()
        .skip(after)
        .filter(order -> !order.watchedUntil().isBefore(since))
        .limit(limit)
        .toList();
  }

  @Override
  public synchronized List<String> overdue(Wallet wallet, Instant before, int limit) {
    checkOpen();
    Limits.check("limit", limit, 1);
    WalletState state = wallets.get(wallet);
    return state == null
        ? List.of()
        : state.open.stream()
            .takeWhile(order -> order.expiresAt().isBefore(before))
            .limit(limit)
            .map(Order::id)
            .toList();
  }

  @Override
  public synchronized List<Order> overdue(Instant before, int limit) {
    checkOpen();
    Limits.check("limit", limit, 1);
    return wallets.values().stream()
        .flatMap(state -> state.open.stream().takeWhile(order -> order.expiresAt().isBefore(before)))
        .sorted(Comparator.comparing(Order::expiresAt).thenComparing(Order::id))
        .limit(limit)
        .toList();
  }

  @Override
  public synchronized List<String> openNear(Wallet wallet, BigInteger units, int limit) {
    checkOpen();
    Limits.check("limit", limit, 1);
    WalletState state = wallets.get(wallet);
    return state == null
        ? List.of()
        : state.open.stream()
            .map(Order::request)
            .filter(request -> Opening.reserved(request).isEmpty())
            .filter(r -> units.compareTo(r.leastUnits()) >= 0 && units.compareTo(r.mostUnits()) <= 0)
            .limit(limit)
            .map(request -> request.orderId())
            .toList();
  }

  @Override
  public synchronized List<WalletLease> lease(String owner, Set<String> chains, Instant now, Duration duration) {
    checkOpen();
    Limits.checkOwner(owner);
    List<WalletLease> leases = new ArrayList<>();
    for (String chain : chains) {
      leases.addAll(lease(owner, chain, now, now.plus(duration)));
    }
    return leases;
  }

  private List<WalletLease> lease(String owner, String chain, Instant now, Instant until) {
    Map<String, Instant> serving = owners.computeIfAbsent(chain, c -> new HashMap<>());
    serving.values().removeIf(end -> !end.isAfter(now));
    serving.put(owner, until);
    List<Map.Entry<Wallet, WalletState>> active =
        wallets.entrySet().stream()
            .filter(w -> w.getKey().chain().equals(chain) && w.getValue().isWatched(now))
            .toList();
    int fairShare = (active.size() + serving.size() - 1) / serving.size();
    List<WalletLease> leases = new ArrayList<>();
    List<Map.Entry<Wallet, WalletState>> ownFirst = new ArrayList<>(active);
    ownFirst.sort(Comparator.comparing(w -> !w.getValue().isHeldBy(owner, now)));
    for (Map.Entry<Wallet, WalletState> entry : ownFirst) {
      WalletState state = entry.getValue();
      boolean own = state.isHeldBy(owner, now);
      if (leases.size() >= fairShare) {
        if (own) {
          state.owner = null;
        }
      } else if (own || state.isFree(now)) {
        state.epoch += own ? 0 : 1;
        state.owner = owner;
        state.leasedUntil = until;
        leases.add(new WalletLease(entry.getKey(), owner, state.epoch, until, state.progress));
      }
    }
    return leases;
  }

  @Override
  public synchronized void release(String owner) {
    checkOpen();
    owners.values().forEach(serving -> serving.remove(owner));
    for (WalletState state : wallets.values()) {
      if (owner.equals(state.owner)) {
        state.owner = null;
      }
    }
  }

  @Override
  public synchronized boolean save(WalletLease lease, WalletProgress progress, List<WalletEvent> events) {
    checkOpen();
    WalletState state = wallets.get(lease.wallet());
    if (state == null || state.epoch != lease.epoch()) {
      return false;
    }
    state.progress = progress;
    for (WalletEvent event : events) {
      if (walletEventIds.add(event.id())) {
        publish(event);
      }
    }
    return true;
  }

  @Override
  public synchronized void subscribe(String listener) {
    checkOpen();
    Limits.checkListener(listener);
    outboxes.computeIfAbsent(listener, InMemoryOutbox::new);
  }

  @Override
  public synchronized void unsubscribe(String listener) {
    checkOpen();
    outboxes.remove(listener);
  }

  @Override
  public synchronized List<Delivery> take(String listener, Instant now, Duration duration, int limit) {
    checkOpen();
    Limits.check("limit", limit, 1);
    InMemoryOutbox outbox = outboxes.get(listener);
    return outbox == null ? List.of() : outbox.take(now, now.plus(duration), limit);
  }

  @Override
  public synchronized void delivered(List<Delivery> deliveries) {
    checkOpen();
    Limits.check("number of deliveries", deliveries.size(), 0);
    for (Delivery delivery : deliveries) {
      InMemoryOutbox outbox = outboxes.get(delivery.listener());
      if (outbox != null) {
        outbox.delivered(delivery);
      }
    }
  }

  @Override
  public synchronized void failed(Delivery delivery, Instant retryAt) {
    checkOpen();
    InMemoryOutbox outbox = outboxes.get(delivery.listener());
    if (outbox != null) {
      outbox.failed(delivery, retryAt);
    }
  }

  @Override
  public synchronized LedgerStatistics statistics() {
    checkOpen();
    Map<String, Long> open = new HashMap<>();
    wallets.forEach((wallet, state) -> open.merge(wallet.chain(), (long) state.open.size(), Long::sum));
    Instant oldest =
        outboxes.values().stream().map(InMemoryOutbox::oldest).flatMap(o -> o.stream()).min(Instant::compareTo).orElse(null);
    return new LedgerStatistics(open, outboxes.values().stream().mapToLong(InMemoryOutbox::size).sum(), oldest);
  }

  @Override
  public synchronized void close() {
    closed = true;
  }

  private boolean isOpen(Order order) {
    OrderAccount account = accounts.get(order.id());
    return account != null && account.order().state() == OrderState.OPEN;
  }

  private void publish(PaymentEvent event) {
    sequence++;
    outboxes.values().forEach(outbox -> outbox.add(event, sequence));
  }

  private void checkOpen() {
    if (closed) {
      throw new IllegalStateException("the ledger is closed");
    }
  }

  private static WatchedOrder watched(Order order, long position) {
    return new WatchedOrder(
        order.id(),
        position,
        order.request().matchMode(),
        order.request().leastUnits(),
        order.request().mostUnits(),
        Opening.earliest(order),
        order.openedAt(),
        order.watchedUntil());
  }

  private static Instant later(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }

  /** What is kept of one wallet; guarded by the ledger. */
  private static final class WalletState {
    private final List<WatchedOrder> opened = new ArrayList<>();
    private final Set<Order> open = new TreeSet<>(Comparator.comparing(Order::expiresAt).thenComparing(Order::id));
    private final Map<BigInteger, Order> reserved = new HashMap<>();
    private Instant watchedUntil = Instant.EPOCH;
    private @Nullable String owner;
    private Instant leasedUntil = Instant.EPOCH;
    private long epoch;
    private WalletProgress progress = WalletProgress.NONE;

    private boolean isWatched(Instant now) {
      return !watchedUntil.isBefore(now) || !open.isEmpty();
    }

    private boolean isFree(Instant now) {
      return owner == null || !leasedUntil.isAfter(now);
    }

    private boolean isHeldBy(String name, Instant now) {
      return name.equals(owner) && !isFree(now);
    }
  }
}
