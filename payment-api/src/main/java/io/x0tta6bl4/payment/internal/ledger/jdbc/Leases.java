package io.x0tta6bl4.payment.internal.ledger.jdbc;

import io.x0tta6bl4.payment.ledger.Wallet;
import io.x0tta6bl4.payment.ledger.WalletEvent;
import io.x0tta6bl4.payment.ledger.WalletLease;
import io.x0tta6bl4.payment.ledger.WalletProgress;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Shares the wallets among the watchers. Thread-safe. */
public final class Leases {

  /**
   * Takes chain and present, twice. An order that nobody read for so long that its watch is over still has to be ended.
   */
  private static final String ACTIVE =
      "SELECT id FROM x0_wallet WHERE chain = ? AND watched_until >= ?"
          + " UNION SELECT o.wallet_id FROM x0_order o JOIN x0_wallet v ON v.id = o.wallet_id"
          + " WHERE v.chain = ? AND o.state = 'OPEN' AND o.watched_until < ?";
  private static final String HELD =
      "SELECT w.chain, w.contract, w.address, l.owner, l.epoch, l.leased_until, l.read_until, l.trouble_since"
          + " FROM x0_lease l JOIN x0_wallet w ON w.id = l.wallet_id"
          + " WHERE l.owner = ? AND l.leased_until = ? AND l.wallet_id IN (" + ACTIVE + ") ORDER BY l.wallet_id";

  private final Database database;
  private final EventStore events;

  /**
   * Makes the part.
   *
   * @param database where
   * @param events where the wallets' events go
   */
  public Leases(Database database, EventStore events) {
    this.database = database;
    this.events = events;
  }

  /**
   * Takes, renews and gives back leases.
   *
   * @param owner who
   * @param chains of which chains
   * @param now the present
   * @param duration how long
   * @return what the owner has
   */
  public List<WalletLease> lease(String owner, Set<String> chains, Instant now, Duration duration) {
    return database.inTransaction(
        "lease wallets to " + owner,
        connection -> {
          List<WalletLease> leases = new ArrayList<>();
          // One order for all, so that two owners do not wait for each other's rows crosswise.
          for (String chain : new TreeSet<>(chains)) {
            leases.addAll(lease(connection, owner, chain, now, now.plus(duration)));
          }
          forgetTheDead(connection, owner, now);
          return leases;
        });
  }

  /** Waits for nobody: whoever is being looked at is forgotten the next time, or lives. */
  private static void forgetTheDead(Connection connection, String owner, Instant now) throws SQLException {
    List<String[]> dead =
        Sql.list(
            connection,
            "SELECT owner, chain FROM x0_watcher WHERE seen_until <= ? AND owner <> ? FOR UPDATE SKIP LOCKED",
            row -> new String[] {row.getString(1), row.getString(2)},
            now,
            owner);
    for (String[] watcher : dead) {
      Sql.update(connection, "DELETE FROM x0_watcher WHERE owner = ? AND chain = ?", watcher[0], watcher[1]);
    }
  }

  private static List<WalletLease> lease(Connection connection, String owner, String chain, Instant now, Instant until)
      throws SQLException {
    if (Sql.update(
            connection, "UPDATE x0_watcher SET seen_until = ? WHERE owner = ? AND chain = ?", until, owner, chain)
        == 0) {
      Sql.update(connection, "INSERT INTO x0_watcher (owner, chain, seen_until) VALUES (?, ?, ?)", owner, chain, until);
    }
    long owners = count(connection, "SELECT COUNT(*) FROM x0_watcher WHERE chain = ? AND seen_until > ?", chain, now);
    long active = count(connection, "SELECT COUNT(*) FROM (" + ACTIVE + ") active", chain, now, chain, now);
    int share = Math.toIntExact((active + owners - 1) / Math.max(1, owners));
    // Its own rows are waited for: one that was skipped would be taken for lost.
    List<Long> own =
        Sql.list(
            connection,
            "SELECT wallet_id FROM x0_lease WHERE owner = ? AND leased_until > ? AND wallet_id IN (" + ACTIVE
                + ") ORDER BY wallet_id FOR UPDATE",
            row -> row.getLong(1),
            owner,
            now,
            chain,
            now,
            chain,
            now);
    List<Long> kept = own.subList(0, Math.min(share, own.size()));
    each(connection, "UPDATE x0_lease SET owner = NULL WHERE wallet_id = ?", own.subList(kept.size(), own.size()));
    each(connection, "UPDATE x0_lease SET leased_until = " + until.toEpochMilli() + " WHERE wallet_id = ?", kept);
    if (kept.size() < share) {
      List<Long> free =
          Sql.list(
              connection,
              "SELECT wallet_id FROM x0_lease WHERE (owner IS NULL OR leased_until <= ?) AND wallet_id IN (" + ACTIVE
                  + ") ORDER BY wallet_id LIMIT ? FOR UPDATE SKIP LOCKED",
              row -> row.getLong(1),
              now,
              chain,
              now,
              chain,
              now,
              share - kept.size());
      take(connection, free, owner, now, until);
    }
    return Sql.list(connection, HELD, Leases::held, owner, until, chain, now, chain, now);
  }

  private static void take(Connection connection, List<Long> free, String owner, Instant now, Instant until)
      throws SQLException {
    if (free.isEmpty()) {
      return;
    }
    // Looks again whether the wallet is free: whoever reads before he locks may have read what is over.
    try (PreparedStatement take =
        connection.prepareStatement(
            "UPDATE x0_lease SET owner = ?, leased_until = ?, epoch = epoch + 1"
                + " WHERE wallet_id = ? AND (owner IS NULL OR leased_until <= ?)")) {
      for (long wallet : free) {
        Sql.set(take, owner, until, wallet, now);
        take.addBatch();
      }
      take.executeBatch();
    }
  }

  private static void each(Connection connection, String sql, List<Long> wallets) throws SQLException {
    if (wallets.isEmpty()) {
      return;
    }
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      for (long wallet : wallets) {
        update.setLong(1, wallet);
        update.addBatch();
      }
      update.executeBatch();
    }
  }

  private static long count(Connection connection, String sql, Object... parameters) throws SQLException {
    return Sql.list(connection, sql, row -> row.getLong(1), parameters).get(0);
  }

  private static WalletLease held(java.sql.ResultSet row) throws SQLException {
    String contract = row.getString("contract");
    return new WalletLease(
        new Wallet(row.getString("chain"), contract.isEmpty() ? null : contract, row.getString("address")),
        row.getString("owner"),
        row.getLong("epoch"),
        OrderRows.instant(row, "leased_until"),
        new WalletProgress(
            OrderRows.instantOrNull(row, "read_until"), OrderRows.instantOrNull(row, "trouble_since")));
  }

  /**
   * Gives back all leases.
   *
   * @param owner whose
   */
  public void release(String owner) {
    database.inTransaction(
        "release the wallets of " + owner,
        connection -> {
          Sql.update(connection, "DELETE FROM x0_watcher WHERE owner = ?", owner);
          List<Long> own =
              Sql.list(
                  connection,
                  "SELECT wallet_id FROM x0_lease WHERE owner = ? ORDER BY wallet_id FOR UPDATE",
                  row -> row.getLong(1),
                  owner);
          each(connection, "UPDATE x0_lease SET owner = NULL WHERE wallet_id = ?", own);
          return true;
        });
  }

  /**
   * Saves progress.
   *
   * @param lease under which
   * @param progress how far
   * @param told what to tell
   * @return whether the lease was the newest
   */
  public boolean save(WalletLease lease, WalletProgress progress, List<WalletEvent> told) {
    return database.inTransaction(
        "save how far " + lease.wallet() + " was read",
        connection -> {
          try (PreparedStatement update =
              connection.prepareStatement(
                  "UPDATE x0_lease SET read_until = ?, trouble_since = ? WHERE wallet_id = " + Sql.WALLET_ID
                      + " AND epoch = ?")) {
            Sql.setLongOrNull(update, 1, progress.readUntil());
            Sql.setLongOrNull(update, 2, progress.troubleSince());
            update.setString(3, lease.wallet().address());
            update.setString(4, Sql.contract(lease.wallet()));
            update.setString(5, lease.wallet().chain());
            update.setLong(6, lease.epoch());
            if (update.executeUpdate() == 0) {
              return false;
            }
          }
          // Events of one wallet keep their order, since the row of its lease is locked until the end.
          for (WalletEvent event : told) {
            events.addOnce(connection, event);
          }
          return true;
        });
  }
}
