package io.x0tta6bl4.payment.watch;

import io.x0tta6bl4.payment.PaymentRequest;
import io.x0tta6bl4.payment.Transfer;
import io.x0tta6bl4.payment.Verification;
import io.x0tta6bl4.payment.internal.watch.Bookkeeper;
import io.x0tta6bl4.payment.internal.watch.Sources;
import io.x0tta6bl4.payment.ledger.NewOrder;
import io.x0tta6bl4.payment.ledger.Order;
import io.x0tta6bl4.payment.ledger.OrderAccount;
import io.x0tta6bl4.payment.ledger.OrderState;
import io.x0tta6bl4.payment.ledger.PaymentLedger;
import io.x0tta6bl4.payment.metrics.PaymentObserver;
import io.x0tta6bl4.payment.spi.TransferSource;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where a shop opens its orders, calls them off, and credits what it verified itself. Thread-safe; starts no thread and asks no
 * network.
 *
 * @since 0.1.0
 */
public final class PaymentDesk {

  private final PaymentLedger ledger;
  private final Sources sources;
  private final Clock clock;
  private final Bookkeeper bookkeeper;

  /**
   * Makes a desk.
   *
   * @param ledger where orders are kept; not closed by the desk
   * @param sources one for each chain that orders are taken on, to check assets and addresses; not closed by the desk
   * @param clock what changes are dated by
   * @param observer who is told of claims, for metrics
   * @throws IllegalArgumentException if there are two sources of one chain
   */
  public PaymentDesk(
      PaymentLedger ledger, Collection<TransferSource> sources, Clock clock, PaymentObserver observer) {
    this.ledger = ledger;
    this.sources = new Sources(sources);
    this.clock = clock;
    this.bookkeeper = new Bookkeeper(ledger, observer);
  }

  /**
   * Opens an order; its recipient is brought into the chain's canonical spelling. Durable when it returns.
   *
   * @param order what is expected, for how long
   * @return the order; where the ledger chose the amount, with it
   * @throws IllegalArgumentException if no source serves the asset, or the recipient is no address
   * @throws io.x0tta6bl4.payment.ledger.OrderConflictException if the id is known with other content
   * @throws io.x0tta6bl4.payment.ledger.AmountTakenException if its amount or address is not free
   * @throws io.x0tta6bl4.payment.ledger.LedgerException if the ledger's store failed
   */
  public Order open(NewOrder order) {
    PaymentRequest request = order.request();
    TransferSource source = sources.of(request.asset().chain());
    source.checkAsset(request.asset());
    String recipient = source.canonicalAddress(request.recipient());
    return ledger.open(order.withRequest(PaymentRequest.builder(request).recipient(recipient).build()));
  }

  /**
   * Reads an order.
   *
   * @param orderId which
   * @return the order with its claims; empty if it is not known
   * @throws io.x0tta6bl4.payment.ledger.LedgerException if the ledger's store failed
   */
  public Optional<OrderAccount> find(String orderId) {
    return ledger.find(orderId);
  }

  /**
   * Calls an order off, if it is open.
   *
   * @param orderId which
   * @return the order as it is now, which is {@link OrderState#PAID} if the payment was faster; empty if it is not known
   * @throws io.x0tta6bl4.payment.ledger.LedgerException if the ledger's store failed
   */
  public Optional<OrderAccount> cancel(String orderId) {
    bookkeeper.end(List.of(orderId), OrderState.CANCELLED, now());
    return ledger.find(orderId);
  }

  /**
   * Credits what a verifier found for an order, for instance by the hash that a buyer gave. Only
   * {@link Verification.Verified} and {@link Verification.Rejected} change anything: the transfers of the former are claimed as
   * those that a watcher finds, and the reason of the latter is told to the order's listeners. Where buyers type hashes, the host has to
   * limit how often: each that is another transaction may be told.
   *
   * @param verdict the answer to the order's own request
   * @return the order as it is now; paid only if the transfers were not claimed for another order
   * @throws IllegalArgumentException if the order is not known, or its request is not the one that was answered
   * @throws io.x0tta6bl4.payment.ledger.LedgerException if the ledger's store failed
   */
  public OrderAccount credit(Verification verdict) {
    String id = verdict.request().orderId();
    PaymentRequest known =
        ledger
            .find(id)
            .orElseThrow(() -> new IllegalArgumentException("order " + id + ": expected one that was opened"))
            .order()
            .request();
    if (!known.equals(verdict.request())) {
      throw new IllegalArgumentException(
          "order " + id + ": expected the verdict on " + known + ", but was that on " + verdict.request());
    }
    Instant now = now();
    if (verdict instanceof Verification.Verified verified) {
      bookkeeper.record(Map.of(id, all(verified)), now);
    } else if (verdict instanceof Verification.Rejected rejected) {
      bookkeeper.reject(id, rejected.reason(), rejected.transfers(), now);
    }
    return ledger.find(id).orElseThrow();
  }

  private static List<Transfer> all(Verification.Verified verified) {
    return Stream.concat(verified.transfers().stream(), verified.surplus().stream()).toList();
  }

  private Instant now() {
    return Instant.ofEpochMilli(clock.millis());
  }
}
