package io.x0tta6bl4.payment.ledger;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The memory of a shop: orders, which transfer belongs to which of them, and what is still to be told. Thread-safe; several
 * processes may share one store.
 *
 * <p>The rules, as the contract tests in {@code payment-testkit} name them:
 *
 * <ul>
 *   <li>L1 A transfer is claimed for one order, once, for ever; the claim, the order's change and the event that tells of it
 *       are written together or not at all.
 *   <li>L2 Claiming again for the same order changes nothing; for another it is {@link Recording.AlreadyUsed}.
 *   <li>L3 A change is written only if the order is still as it was read, otherwise it is {@link Recording.Outdated}.
 *   <li>L4 Opening an order again with the same content gives the order as it is; with other content it is an
 *       {@link OrderConflictException}.
 *   <li>L5 An amount by which an order is recognised is unique among the open and the watched orders of a wallet, and so is a
 *       dedicated address; both are given back when the order is neither.
 *   <li>L6 An order that is not told otherwise takes no payment from before its opening (less two minutes of clock skew).
 *   <li>L7 Every subscribed listener gets every event that was recorded after its subscription at least once.
 *   <li>L8 A listener gets the events of one stream in their order: a later one is not handed out while an earlier one is
 *       neither delivered nor given up.
 *   <li>L9 An event that was handed out and neither delivered nor failed is handed out again after its time.
 *   <li>L10 A wallet is leased to one owner at a time; a lease that is not renewed ends, and the next owner has the next epoch.
 *   <li>L11 Progress is saved only under the newest epoch.
 *   <li>L12 The wallets of a chain are shared evenly among the owners that serve it and have been heard of within their
 *       leases' time; nobody is given a wallet of a chain that he does not serve.
 *   <li>L13 After {@link #close()} every call is an {@link IllegalStateException}; closing twice does nothing.
 * </ul>
 *
 * <p>Every method but {@link #close()} throws {@link LedgerException} if the store fails. Instants are kept in milliseconds.
 *
 * @since 0.1.0
 */
public interface PaymentLedger extends AutoCloseable {

  /**
   * Opens an order. Durable when it returns.
   *
   * @param order what is expected, for how long
   * @return the order; where the ledger chose the amount, with it
   * @throws OrderConflictException if the id is known with other content
   * @throws AmountTakenException if its amount or address is not free, or none of the amounts to choose from
   */
  Order open(NewOrder order);

  /**
   * Reads orders.
   *
   * @param orderIds which, at most 1,000
   * @return those that are known, in no particular order
   * @throws IllegalArgumentException if there are more than 1,000
   */
  List<OrderAccount> find(Collection<String> orderIds);

  /**
   * Reads an order.
   *
   * @param orderId which
   * @return the order; empty if it is not known
   */
  default Optional<OrderAccount> find(String orderId) {
    return find(Set.of(orderId)).stream().findFirst();
  }

  /**
   * Writes changes of orders, each one whole or not at all, whatever becomes of the others. Durable when it returns.
   *
   * @param updates at most one for an order, at most 1,000
   * @return what became of each, in their order
   * @throws IllegalArgumentException if there are more than 1,000, or two for one order
   */
  List<Recording> record(List<OrderUpdate> updates);

  /**
   * Lists the newest orders.
   *
   * @param states only orders in one of these
   * @param limit at most how many, 1 to 1,000
   * @return the one opened last first
   */
  List<Order> newest(Set<OrderState> states, int limit);

  /**
   * Lists the newest claims.
   *
   * @param limit at most how many, 1 to 1,000
   * @return the one claimed last first
   */
  List<Claim> newestClaims(int limit);

  /**
   * Lists orders of a wallet in the order of their opening. An order that is committed later has the larger position: whoever
   * reads on from the last position that it has seen misses none.
   *
   * @param wallet which
   * @param after only orders with a larger {@link WatchedOrder#position()}
   * @param since only orders that are watched at least until then
   * @param limit at most how many, 1 or more
   * @return in rising positions
   */
  List<WatchedOrder> opened(Wallet wallet, long after, Instant since, int limit);

  /**
   * Lists open orders whose time is over.
   *
   * @param wallet of which wallet
   * @param before only orders that expire before this
   * @param limit at most how many, 1 to 1,000
   * @return their ids, the earliest expiry first
   */
  List<String> overdue(Wallet wallet, Instant before, int limit);

  /**
   * Lists open orders of all wallets whose time is over: those that were not read to their end, for whatever reason. Meant for looking
   * now and then, since it may read all that are open.
   *
   * @param before only orders that expire before this
   * @param limit at most how many, 1 to 1,000
   * @return the earliest expiry first
   */
  List<Order> overdue(Instant before, int limit);

  /**
   * Lists open orders recognised by memo to whose amount some units come near enough.
   *
   * @param wallet of which wallet
   * @param units atomic units, within the tolerance of the order
   * @param limit at most how many, 1 to 1,000
   * @return their ids
   */
  List<String> openNear(Wallet wallet, BigInteger units, int limit);

  /**
   * Takes or renews leases, and gives back those beyond the owner's fair share of each chain. A wallet is left out once it has
   * no open order and its last watch is over.
   *
   * @param owner who asks, 1 to 64 characters, unique among watchers
   * @param chains whose wallets the owner can scan; those of others are left to others
   * @param now the present
   * @param duration how long a lease lasts
   * @return all leases that the owner has now on these chains
   */
  List<WalletLease> lease(String owner, Set<String> chains, Instant now, Duration duration);

  /**
   * Gives back all leases of an owner.
   *
   * @param owner who
   */
  void release(String owner);

  /**
   * Saves how far a wallet was read, and tells what happened there; an event whose id is known is left out.
   *
   * @param lease under which it was read
   * @param progress how far
   * @param events what to tell, possibly nothing
   * @return {@code false} if the wallet has changed hands; then nothing was written
   */
  boolean save(WalletLease lease, WalletProgress progress, List<WalletEvent> events);

  /**
   * Makes a listener known, from now on; nothing happens if it is.
   *
   * @param listener its name
   */
  void subscribe(String listener);

  /**
   * Forgets a listener and what it was still to be told.
   *
   * @param listener its name
   */
  void unsubscribe(String listener);

  /**
   * Hands out events that a listener is to be told, at most one of each stream: the first that is not delivered yet, if it is
   * due and not handed out to another.
   *
   * @param listener its name
   * @param now the present
   * @param duration after what time they may be handed out again
   * @param limit at most how many, 1 to 1,000
   * @return the oldest first
   */
  List<Delivery> take(String listener, Instant now, Duration duration, int limit);

  /**
   * Notes that events were delivered.
   *
   * @param deliveries which, at most 1,000
   */
  void delivered(List<Delivery> deliveries);

  /**
   * Notes that an event could not be delivered.
   *
   * @param delivery which
   * @param retryAt when to hand it out again
   */
  void failed(Delivery delivery, Instant retryAt);

  /**
   * Gives figures of the ledger.
   *
   * @return the figures
   */
  LedgerStatistics statistics();

  /** Releases what the ledger itself holds. Idempotent. */
  @Override
  void close();
}
