package io.x0tta6bl4.payment.internal.ledger.jdbc;

import io.x0tta6bl4.payment.internal.ledger.Opening;
import io.x0tta6bl4.payment.ledger.NewOrder;
import io.x0tta6bl4.payment.ledger.Order;
import io.x0tta6bl4.payment.ledger.OrderState;
import io.x0tta6bl4.payment.ledger.UniqueAmounts;
import io.x0tta6bl4.payment.ledger.Wallet;
import io.x0tta6bl4.payment.ledger.WatchedOrder;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Opens orders and lists them. Thread-safe. */
public final class Orders {

  /** So many rows at once, whatever was asked for: a driver holds all of an answer. */
  private static final int PAGE = 5_000;

  private static final String FIND =
      "SELECT " + OrderRows.COLUMNS + " FROM x0_order o JOIN x0_wallet w ON w.id = o.wallet_id WHERE o.id = ?";
  private static final String NEWEST =
      "SELECT " + OrderRows.COLUMNS
          + " FROM x0_order o JOIN x0_wallet w ON w.id = o.wallet_id WHERE o.state = ? ORDER BY o.opening DESC LIMIT ?";
  private static final String OPENED =
      "SELECT " + OrderRows.WATCHED_COLUMNS + " FROM x0_order WHERE wallet_id = " + Sql.WALLET_ID
          + " AND place > ? AND watched_until >= ? ORDER BY place LIMIT ?";
  private static final String OVERDUE =
      "SELECT id FROM x0_order WHERE wallet_id = " + Sql.WALLET_ID
          + " AND state = 'OPEN' AND expires_at < ? ORDER BY expires_at, id LIMIT ?";
  private static final String OVERDUE_ANYWHERE =
      "SELECT " + OrderRows.COLUMNS
          + " FROM x0_order o JOIN x0_wallet w ON w.id = o.wallet_id"
          + " WHERE o.state = 'OPEN' AND o.expires_at < ? ORDER BY o.expires_at, o.id LIMIT ?";
  private static final String OPEN_NEAR =
      "SELECT id FROM x0_order WHERE wallet_id = " + Sql.WALLET_ID
          + " AND state = 'OPEN' AND match_mode = 'MEMO' AND least_units <= ? AND most_units >= ? LIMIT ?";

  /** An open order keeps what it needs: perhaps nobody has read yet whether it was paid. */
  private static final String GIVE_BACK =
      "DELETE FROM x0_reserved_amount WHERE wallet_id = ? AND reserved_until < ? AND NOT EXISTS"
          + " (SELECT 1 FROM x0_order o WHERE o.id = x0_reserved_amount.order_id AND o.state = 'OPEN')";

  private final Database database;

  /**
   * Makes the part.
   *
   * @param database where
   */
  public Orders(Database database) {
    this.database = database;
  }

  /**
   * Opens an order.
   *
   * @param asked what is asked for
   * @param now the present
   * @return the order
   */
  public Order open(NewOrder asked, Instant now) {
    return database.inTransaction("open order " + asked.request().orderId(), c -> open(c, asked, now));
  }

  private Order open(Connection connection, NewOrder asked, Instant now) throws SQLException {
    List<Order> known = Sql.list(connection, FIND, OrderRows::order, asked.request().orderId());
    if (known.isEmpty()) {
      LockedWallet wallet = lock(connection, Wallet.of(asked.request()));
      // Who waited for the wallet may find that the one before him opened the same order.
      known = Sql.list(connection, FIND, OrderRows::order, asked.request().orderId());
      if (known.isEmpty()) {
        return insert(connection, wallet, asked, now);
      }
    }
    Opening.requireSame(asked, known.get(0));
    return known.get(0);
  }

  private record LockedWallet(long id, long lastPlace, Instant watchedUntil) {}

  /** From here on the wallet's orders and amounts are the transaction's own. */
  private LockedWallet lock(Connection connection, Wallet wallet) throws SQLException {
    String find =
        "SELECT id, last_place, watched_until FROM x0_wallet WHERE address = ? AND contract = ? AND chain = ? FOR UPDATE";
    Sql.Row<LockedWallet> row =
        r -> new LockedWallet(r.getLong("id"), r.getLong("last_place"), OrderRows.instant(r, "watched_until"));
    List<LockedWallet> found = Sql.list(connection, find, row, Sql.wallet(wallet));
    if (found.isEmpty()) {
      Sql.update(
          connection,
          "INSERT INTO x0_wallet (address, contract, chain, last_place, watched_until) VALUES (?, ?, ?, 0, 0)",
          Sql.wallet(wallet));
      Sql.update(
          connection,
          "INSERT INTO x0_lease (wallet_id, leased_until, epoch) VALUES (" + Sql.WALLET_ID + ", 0, 0)",
          Sql.wallet(wallet));
      found = Sql.list(connection, find, row, Sql.wallet(wallet));
    }
    return found.get(0);
  }

  private static Order insert(Connection connection, LockedWallet wallet, NewOrder asked, Instant now)
      throws SQLException {
    Set<BigInteger> reserved = Set.of();
    if (Opening.reserved(asked.request()).isPresent()) {
      Sql.update(
          connection,
          GIVE_BACK,
          wallet.id,
          Opening.millis(now));
      reserved = reserved(connection, wallet, asked);
    }
    Order order = Opening.open(asked, Opening.chooseUnits(asked, reserved::contains), now);
    BigInteger units = Opening.reserved(order.request()).orElse(null);
    if (units != null) {
      Sql.update(
          connection,
          "INSERT INTO x0_reserved_amount (wallet_id, units, order_id, reserved_until) VALUES (?, ?, ?, ?)",
          wallet.id,
          units,
          order.id(),
          order.watchedUntil());
    }
    Instant watchedUntil =
        order.watchedUntil().isAfter(wallet.watchedUntil) ? order.watchedUntil() : wallet.watchedUntil;
    long place = wallet.lastPlace + 1;
    Sql.update(
        connection,
        "UPDATE x0_wallet SET last_place = ?, watched_until = ? WHERE id = ?",
        place,
        watchedUntil,
        wallet.id);
    try (PreparedStatement insert = connection.prepareStatement(OrderRows.INSERT)) {
      OrderRows.insert(insert, order, wallet.id, place);
    }
    return order;
  }

  private static Set<BigInteger> reserved(Connection connection, LockedWallet wallet, NewOrder asked)
      throws SQLException {
    BigInteger first = Opening.reserved(asked.request()).orElseThrow();
    UniqueAmounts unique = asked.uniqueAmounts().orElse(null);
    BigInteger last = unique == null ? first : unique.at(first, unique.most());
    return new HashSet<>(
        Sql.list(
            connection,
            "SELECT units FROM x0_reserved_amount WHERE wallet_id = ? AND units BETWEEN ? AND ?",
            row -> units(row.getBigDecimal(1)),
            wallet.id,
            first.min(last),
            first.max(last)));
  }

  private static BigInteger units(BigDecimal value) {
    return value.toBigIntegerExact();
  }

  /**
   * Lists the newest orders.
   *
   * @param states in which
   * @param limit at most how many
   * @return the newest first
   */
  public List<Order> newest(Set<OrderState> states, int limit) {
    record Opened(long opening, Order order) {}
    return database.atOnce(
        "list the newest orders",
        connection -> {
          List<Opened> newest = new ArrayList<>();
          // One walk along the index for each state: no database merges them by itself.
          for (OrderState state : states) {
            newest.addAll(
                Sql.list(
                    connection,
                    NEWEST,
                    row -> new Opened(row.getLong("opening"), OrderRows.order(row)),
                    state,
                    limit));
          }
          newest.sort(Comparator.comparingLong(Opened::opening).reversed());
          return newest.stream().limit(limit).map(Opened::order).toList();
        });
  }

  /**
   * Lists orders of a wallet from a position on.
   *
   * @param wallet which
   * @param after only larger positions
   * @param now only orders watched until then
   * @param limit at most how many
   * @return in rising positions
   */
  public List<WatchedOrder> opened(Wallet wallet, long after, Instant now, int limit) {
    return database.atOnce(
        "list the orders of " + wallet,
        connection -> {
          List<WatchedOrder> all = new ArrayList<>();
          long last = after;
          while (all.size() < limit) {
            int page = Math.min(PAGE, limit - all.size());
            List<WatchedOrder> next =
                Sql.list(
                    connection, OPENED, OrderRows::watched, Sql.wallet(wallet, last, ceiling(now), page));
            all.addAll(next);
            if (next.size() < page) {
              break;
            }
            last = next.get(next.size() - 1).position();
          }
          return all;
        });
  }

  /**
   * Lists open orders that are over.
   *
   * @param wallet of which wallet
   * @param before the instant
   * @param limit at most how many
   * @return their ids
   */
  public List<String> overdue(Wallet wallet, Instant before, int limit) {
    return database.atOnce(
        "list the overdue orders of " + wallet,
        c -> Sql.list(c, OVERDUE, row -> row.getString(1), Sql.wallet(wallet, ceiling(before), limit)));
  }

  /**
   * Lists open orders of all wallets that are over.
   *
   * @param before the instant
   * @param limit at most how many
   * @return the earliest expiry first
   */
  public List<Order> overdue(Instant before, int limit) {
    return database.atOnce(
        "list the overdue orders", c -> Sql.list(c, OVERDUE_ANYWHERE, OrderRows::order, ceiling(before), limit));
  }

  /**
   * Lists open orders near an amount.
   *
   * @param wallet of which wallet
   * @param units the amount
   * @param limit at most how many
   * @return their ids
   */
  public List<String> openNear(Wallet wallet, BigInteger units, int limit) {
    return database.atOnce(
        "list the orders of " + wallet + " near an amount",
        c -> Sql.list(c, OPEN_NEAR, row -> row.getString(1), Sql.wallet(wallet, units, units, limit)));
  }

  /** What is kept has no part of a millisecond: comparing with the next one gives the exact answer. */
  private static Instant ceiling(Instant instant) {
    Instant millis = Opening.millis(instant);
    return millis.isBefore(instant) ? millis.plusMillis(1) : millis;
  }
}
