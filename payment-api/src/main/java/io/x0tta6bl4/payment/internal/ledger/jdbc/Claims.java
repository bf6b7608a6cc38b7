package io.x0tta6bl4.payment.internal.ledger.jdbc;

import io.x0tta6bl4.payment.TransferId;
import io.x0tta6bl4.payment.internal.Transfers;
import io.x0tta6bl4.payment.internal.ledger.jdbc.Sql.Texts;
import io.x0tta6bl4.payment.ledger.Claim;
import io.x0tta6bl4.payment.ledger.ClaimRole;
import io.x0tta6bl4.payment.ledger.Order;
import io.x0tta6bl4.payment.ledger.OrderAccount;
import io.x0tta6bl4.payment.ledger.OrderUpdate;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads which transfer belongs to which order. Thread-safe. */
public final class Claims {

  // One statement, so that the account is of one instant.
  private static final String ACCOUNTS =
      "SELECT " + OrderRows.COLUMNS + ", " + EventStore.COLUMNS + ", c.role, c.transfer"
          + " FROM x0_order o JOIN x0_wallet w ON w.id = o.wallet_id"
          + " LEFT JOIN x0_event e ON e.sequence = o.last_event"
          + " LEFT JOIN x0_claim c ON c.order_id = o.id WHERE o.id = ANY(?) ORDER BY o.id, c.claiming";
  private static final String NEWEST = "SELECT order_id, role, transfer FROM x0_claim ORDER BY claiming DESC LIMIT ?";
  private static final String OWNERS =
      "SELECT chain, transaction_hash, transfer_index, order_id FROM x0_claim WHERE transaction_hash = ANY(?)";
  private static final String VERSIONS = "SELECT id, version FROM x0_order WHERE id = ANY(?)";

  private final Database database;

  /**
   * Makes the part.
   *
   * @param database where
   */
  public Claims(Database database) {
    this.database = database;
  }

  /**
   * Reads orders with all that is recorded of them.
   *
   * @param orderIds which
   * @return those that are known
   */
  public List<OrderAccount> find(Collection<String> orderIds) {
    // No order has another id, and a text with a NUL would be refused.
    List<String> ids = orderIds.stream().filter(id -> id.indexOf(0) < 0).toList();
    return ids.isEmpty() ? List.of() : database.atOnce("read " + ids.size() + " orders", c -> accounts(c, ids));
  }

  private static List<OrderAccount> accounts(Connection connection, List<String> ids) throws SQLException {
    Map<String, OrderAccount> accounts = new LinkedHashMap<>();
    Map<String, List<Claim>> claims = new HashMap<>();
    try (PreparedStatement find = connection.prepareStatement(ACCOUNTS)) {
      Sql.set(find, new Texts(ids));
      try (ResultSet row = find.executeQuery()) {
        while (row.next()) {
          String id = row.getString("order_id");
          if (!accounts.containsKey(id)) {
            Order order = OrderRows.order(row);
            accounts.put(id, new OrderAccount(order, List.of(), EventStore.orderEvent(row, order)));
          }
          if (row.getString("role") != null) {
            claims.computeIfAbsent(id, i -> new ArrayList<>()).add(claim(row, id));
          }
        }
      }
    }
    return accounts.values().stream()
        .map(a -> new OrderAccount(a.order(), inChainOrder(claims.get(a.order().id())), a.lastEvent()))
        .toList();
  }

  private static List<Claim> inChainOrder(@org.jspecify.annotations.Nullable List<Claim> claims) {
    if (claims == null) {
      return List.of();
    }
    claims.sort(Comparator.comparing(Claim::transfer, Transfers.CHAIN_ORDER));
    return claims;
  }

  private static Claim claim(ResultSet row, String orderId) throws SQLException {
    return new Claim(
        orderId, ClaimRole.valueOf(row.getString("role")), TransferJson.transfer(row.getString("transfer")));
  }

  /**
   * Lists the newest claims.
   *
   * @param limit at most how many
   * @return the newest first
   */
  public List<Claim> newest(int limit) {
    return database.atOnce(
        "list the newest claims", c -> Sql.list(c, NEWEST, row -> claim(row, row.getString("order_id")), limit));
  }

  /** Reads whose the claimed ones of some transfers are. */
  Map<TransferId, String> owners(Set<TransferId> transfers) {
    Map<TransferId, String> owners = new HashMap<>();
    if (!transfers.isEmpty()) {
      Texts hashes = new Texts(transfers.stream().map(TransferId::transactionHash).toList());
      database.atOnce(
          "read the claims of " + transfers.size() + " transfers",
          c ->
              Sql.list(
                  c,
                  OWNERS,
                  row ->
                      owners.put(
                          new TransferId(row.getString(1), row.getString(2), row.getInt(3)), row.getString(4)) == null,
                  hashes));
    }
    return owners;
  }

  /** Reads the present versions of the orders of some updates. */
  Map<String, Long> versions(List<OrderUpdate> updates) {
    Texts ids = new Texts(updates.stream().map(update -> update.before().id()).toList());
    Map<String, Long> versions = new HashMap<>();
    database.atOnce(
        "read the versions of " + updates.size() + " orders",
        c -> Sql.list(c, VERSIONS, row -> versions.put(row.getString(1), row.getLong(2)) == null, ids));
    return versions;
  }

  /** Gives the claims of some updates, each transfer once, in the order in which all transactions take them. */
  static List<Claim> sorted(List<OrderUpdate> updates) {
    Map<TransferId, Claim> claims = new HashMap<>();
    for (OrderUpdate update : updates) {
      for (Claim claim : update.claims()) {
        claims.merge(
            claim.transfer().id(), claim, (first, later) -> new Claim(first.orderId(), later.role(), first.transfer()));
      }
    }
    List<Claim> sorted = new ArrayList<>(claims.values());
    sorted.sort(
        Comparator.comparing((Claim claim) -> claim.transfer().id().transactionHash())
            .thenComparingInt(claim -> claim.transfer().id().index())
            .thenComparing(claim -> claim.transfer().id().chain()));
    return sorted;
  }
}
