package io.x0tta6bl4.payment.ledger;

import io.x0tta6bl4.payment.internal.ledger.Limits;
import io.x0tta6bl4.payment.internal.ledger.jdbc.Claims;
import io.x0tta6bl4.payment.internal.ledger.jdbc.Database;
import io.x0tta6bl4.payment.internal.ledger.jdbc.EventStore;
import io.x0tta6bl4.payment.internal.ledger.jdbc.Leases;
import io.x0tta6bl4.payment.internal.ledger.jdbc.Orders;
import io.x0tta6bl4.payment.internal.ledger.jdbc.Outbox;
import io.x0tta6bl4.payment.internal.ledger.jdbc.Recorder;
import io.x0tta6bl4.payment.internal.ledger.jdbc.Schema;
import io.x0tta6bl4.payment.internal.ledger.jdbc.Statistics;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;

/**
 * A ledger in a PostgreSQL database (15 or newer), which several processes may share, or in an H2 database (2.4), in a file of
 * one process. Thread-safe.
 *
 * <p>It makes its own tables, whose names begin with {@code x0_}, in the schema that the connections use, and brings them up to
 * date; the user of the database needs the right to do so, until they are there. The driver is the caller's to bring.
 *
 * <p>Connections come from the {@link DataSource}, one at a time for each call, and go back as they came. Let it be a pool
 * that keeps prepared statements with its connections: with PostgreSQL a new connection for each call costs more than the call.
 * A pool needs as many connections as threads use the ledger at once. Leave the isolation at the databases' default,
 * {@code READ COMMITTED}. {@link #close()} does not close the source.
 *
 * <p>What is written is durable when a call returns: with PostgreSQL as its server is set up ({@code fsync},
 * {@code synchronous_commit}); with H2 it is in the file, which outlives the process, and to see to it the ledger sets
 * {@code WRITE_DELAY} to 0, for the whole H2 database. If a connection breaks during a call, a {@link LedgerException} leaves
 * open whether the change was written; every call can be repeated, and the rules hold.
 *
 * <p>Threads may be interrupted: a call goes on to its end and leaves the flag set. An H2 database in a file should be opened
 * as {@code jdbc:h2:async:/path}, since the file that H2 opens otherwise is closed by Java itself when a thread is interrupted
 * within it; what was written stays, but the database has to be opened anew.
 *
 * @since 0.1.0
 */
public final class JdbcPaymentLedger implements PaymentLedger {

  private final Clock clock;
  private final Orders orders;
  private final Claims claims;
  private final Recorder recorder;
  private final Leases leases;
  private final Outbox outbox;
  private final Statistics statistics;
  private volatile boolean closed;

  private JdbcPaymentLedger(Database database, Clock clock) {
    EventStore events = new EventStore(database);
    this.clock = clock;
    this.orders = new Orders(database);
    this.claims = new Claims(database);
    this.recorder = new Recorder(database, claims, events);
    this.leases = new Leases(database, events);
    this.outbox = new Outbox(database);
    this.statistics = new Statistics(database);
  }

  /**
   * Opens the ledger of a database, with its tables made or brought up to date. Any number of processes may do so at once.
   *
   * @param source of connections
   * @param clock what openings are dated by
   * @return the ledger
   * @throws LedgerException if the database cannot be reached, or the tables cannot be made
   * @throws IllegalArgumentException if it is no database of those named above
   * @throws IllegalStateException if a newer version of this library made the tables
   */
  public static JdbcPaymentLedger open(DataSource source, Clock clock) {
    Database database = new Database(source);
    Schema.bringUpToDate(database);
    return new JdbcPaymentLedger(database, clock);
  }

  @Override
  public Order open(NewOrder order) {
    checkOpen();
    return orders.open(order, clock.instant());
  }

  @Override
  public List<OrderAccount> find(Collection<String> orderIds) {
    checkOpen();
    Limits.check("number of orders", orderIds.size(), 0);
    return claims.find(orderIds);
  }

  @Override
  public List<Recording> record(List<OrderUpdate> updates) {
    checkOpen();
    Limits.check(updates);
    return recorder.record(updates);
  }

  @Override
  public List<Order> newest(Set<OrderState> states, int limit) {
    checkOpen();
    Limits.check("limit", limit, 1);
    return orders.newest(states, limit);
  }

  @Override
  public List<Claim> newestClaims(int limit) {
    checkOpen();
    Limits.check("limit", limit, 1);
    return claims.newest(limit);
  }

  @Override
  public List<WatchedOrder> opened(Wallet wallet, long after, Instant since, int limit) {
    checkOpen();
    return orders.opened(wallet, after, since, limit);
  }

  @Override
  public List<String> overdue(Wallet wallet, Instant before, int limit) {
    checkOpen();
    Limits.check("limit", limit, 1);
    return orders.overdue(wallet, before, limit);
  }

  @Override
  public List<Order> overdue(Instant before, int limit) {
    checkOpen();
    Limits.check("limit", limit, 1);
    return orders.overdue(before, limit);
  }

  @Override
  public List<String> openNear(Wallet wallet, BigInteger units, int limit) {
    checkOpen();
    Limits.check("limit", limit, 1);
    return orders.openNear(wallet, units, limit);
  }

  @Override
  public List<WalletLease> lease(String owner, Set<String> chains, Instant now, Duration duration) {
    checkOpen();
    Limits.checkOwner(owner);
    return leases.lease(owner, chains, now, duration);
  }

  @Override
  public void release(String owner) {
    checkOpen();
    leases.release(owner);
  }

  @Override
  public boolean save(WalletLease lease, WalletProgress progress, List<WalletEvent> events) {
    checkOpen();
    return leases.save(lease, progress, events);
  }

  @Override
  public void subscribe(String listener) {
    checkOpen();
    Limits.checkListener(listener);
    outbox.subscribe(listener);
  }

  @Override
  public void unsubscribe(String listener) {
    checkOpen();
    outbox.unsubscribe(listener);
  }

  @Override
  public List<Delivery> take(String listener, Instant now, Duration duration, int limit) {
    checkOpen();
    Limits.check("limit", limit, 1);
    return outbox.take(listener, now, now.plus(duration), limit);
  }

  @Override
  public void delivered(List<Delivery> deliveries) {
    checkOpen();
    Limits.check("number of deliveries", deliveries.size(), 0);
    outbox.delivered(deliveries);
  }

  @Override
  public void failed(Delivery delivery, Instant retryAt) {
    checkOpen();
    outbox.failed(delivery, retryAt);
  }

  @Override
  public LedgerStatistics statistics() {
    checkOpen();
    return statistics.read();
  }

  @Override
  public void close() {
    closed = true;
  }

  private void checkOpen() {
    if (closed) {
      throw new IllegalStateException("the ledger is closed");
    }
  }
}
