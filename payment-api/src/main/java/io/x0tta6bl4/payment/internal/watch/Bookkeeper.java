package io.x0tta6bl4.payment.internal.watch;

import io.x0tta6bl4.payment.Reason;
import io.x0tta6bl4.payment.Transfer;
import io.x0tta6bl4.payment.TransferId;
import io.x0tta6bl4.payment.ledger.Claim;
import io.x0tta6bl4.payment.ledger.ClaimRole;
import io.x0tta6bl4.payment.ledger.OrderAccount;
import io.x0tta6bl4.payment.ledger.OrderState;
import io.x0tta6bl4.payment.ledger.OrderUpdate;
import io.x0tta6bl4.payment.ledger.PaymentLedger;
import io.x0tta6bl4.payment.ledger.Recording;
import io.x0tta6bl4.payment.metrics.PaymentObserver;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes down what was found: plans, records, and plans again where somebody else was faster. Thread-safe. */
public final class Bookkeeper {

  /** As many as a transaction should hold; the ledger takes at most 1,000. */
  private static final int ORDERS_AT_ONCE = 500;

  /**
   * Each round changes an order or learns why not; an order that still changes after so many is changed by somebody in a loop,
   * and the next scan goes on with it.
   */
  private static final int MOST_ROUNDS = 50;

  private static final Logger LOG = LoggerFactory.getLogger(Bookkeeper.class);

  private final PaymentLedger ledger;
  private final PaymentObserver observer;

  /**
   * Makes a bookkeeper.
   *
   * @param ledger what it writes to
   * @param observer who is told of claims
   */
  public Bookkeeper(PaymentLedger ledger, PaymentObserver observer) {
    this.ledger = ledger;
    this.observer = observer;
  }

  /**
   * Records what transfers mean for their orders.
   *
   * @param found transfers by order id
   * @param now the present, in milliseconds
   * @return {@code false} if an order was still not settled after many tries: the same transfers must be offered again
   */
  public boolean record(Map<String, List<Transfer>> found, Instant now) {
    boolean all = true;
    List<String> ids = new ArrayList<>(found.keySet());
    for (int from = 0; from < ids.size(); from += ORDERS_AT_ONCE) {
      Map<String, List<Transfer>> some = new LinkedHashMap<>();
      ids.subList(from, Math.min(ids.size(), from + ORDERS_AT_ONCE)).forEach(id -> some.put(id, found.getOrDefault(id, List.of())));
      all &= new Entries(some, now).run();
    }
    return all;
  }

  /**
   * Ends open orders that were not paid.
   *
   * @param orderIds at most 1,000
   * @param end {@link OrderState#EXPIRED} or {@link OrderState#CANCELLED}
   * @param now the present, in milliseconds
   */
  public void end(List<String> orderIds, OrderState end, Instant now) {
    List<String> left = orderIds;
    for (int round = 0; round < MOST_ROUNDS && !left.isEmpty(); round++) {
      List<OrderUpdate> updates = new ArrayList<>();
      ledger.find(left).forEach(account -> Planner.end(account, end, now).ifPresent(updates::add));
      List<String> again = new ArrayList<>();
      List<Recording> recordings = ledger.record(updates);
      for (int i = 0; i < updates.size(); i++) {
        if (recordings.get(i) instanceof Recording.Outdated) {
          again.add(updates.get(i).before().id());
        }
      }
      left = again;
    }
  }

  /**
   * Tells an order of a transfer that does not do.
   *
   * @param orderId which order
   * @param reason why not
   * @param transfers what does not do
   * @param now the present, in milliseconds
   */
  public void reject(String orderId, Reason reason, List<Transfer> transfers, Instant now) {
    for (int round = 0; round < MOST_ROUNDS; round++) {
      Optional<OrderUpdate> update =
          ledger.find(orderId).flatMap(account -> Planner.reject(account, reason, transfers, now));
      if (update.isEmpty() || !(ledger.record(List.of(update.get())).get(0) instanceof Recording.Outdated)) {
        return;
      }
    }
  }

  /** The orders of one transaction, changed until nothing is to be changed. */
  private final class Entries {
    private final Map<String, List<Transfer>> found;
    private final Instant now;
    private final Map<String, OrderAccount> accounts = new HashMap<>();

    private Entries(Map<String, List<Transfer>> found, Instant now) {
      this.found = new HashMap<>(found);
      this.now = now;
    }

    private boolean run() {
      read(found.keySet());
      Set<String> left = new HashSet<>(found.keySet());
      for (int round = 0; round < MOST_ROUNDS && !left.isEmpty(); round++) {
        List<OrderUpdate> updates = new ArrayList<>();
        for (String id : left) {
          OrderAccount account = accounts.get(id);
          if (account != null) {
            Planner.plan(account, found.getOrDefault(id, List.of()), now).ifPresent(updates::add);
          }
        }
        left = updates.isEmpty() ? Set.of() : write(updates);
      }
      return left.isEmpty();
    }

    private void read(Set<String> ids) {
      ids.forEach(accounts::remove);
      ledger.find(ids).forEach(account -> accounts.put(account.order().id(), account));
    }

    /** Gives the orders that may have to be changed once more. */
    private Set<String> write(List<OrderUpdate> updates) {
      List<Recording> recordings = ledger.record(updates);
      Set<String> again = new HashSet<>();
      Set<String> outdated = new HashSet<>();
      for (int i = 0; i < updates.size(); i++) {
        OrderUpdate update = updates.get(i);
        String id = update.before().id();
        again.add(id);
        Recording recording = recordings.get(i);
        if (recording instanceof Recording.Recorded) {
          tell(update);
          accounts.computeIfPresent(id, (key, account) -> account.changedBy(update));
        } else if (recording instanceof Recording.AlreadyUsed used) {
          refuse(update, used);
          outdated.add(id);
        } else {
          outdated.add(id);
        }
      }
      if (!outdated.isEmpty()) {
        read(outdated);
      }
      return again;
    }

    private void refuse(OrderUpdate update, Recording.AlreadyUsed used) {
      String id = update.before().id();
      LOG.warn("order {}: transfer {} belongs to order {}", id, used.transfer(), used.orderId());
      List<Transfer> refused =
          found.getOrDefault(id, List.of()).stream().filter(t -> t.id().equals(used.transfer())).toList();
      found.computeIfPresent(id, (key, list) -> without(list, used.transfer()));
      reject(id, Reason.ALREADY_USED, refused, now);
    }
  }

  private void tell(OrderUpdate update) {
    String chain = update.before().request().asset().chain();
    for (Claim claim : update.claims()) {
      observer.claimed(chain, claim.role().name().toLowerCase(Locale.ROOT));
    }
    if (update.next() == OrderState.PAID && update.before().state() == OrderState.OPEN) {
      BigInteger paid =
          update.claims().stream()
              .filter(claim -> claim.role() == ClaimRole.PAYMENT)
              .map(claim -> claim.transfer().amount().units())
              .reduce(BigInteger.ZERO, BigInteger::add);
      if (paid.compareTo(update.before().request().amount().units()) < 0) {
        observer.toleranceUsed(chain);
      }
    }
    LOG.info("order {}: {}", update.before().id(), update.event().type());
  }

  private static List<Transfer> without(List<Transfer> transfers, TransferId id) {
    return transfers.stream().filter(transfer -> !transfer.id().equals(id)).toList();
  }
}
