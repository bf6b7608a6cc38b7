package io.x0tta6bl4.payment.internal.ledger.jdbc;

import io.x0tta6bl4.payment.ledger.Delivery;
import io.x0tta6bl4.payment.ledger.PaymentEvent;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/** Hands out what listeners are still to be told. Thread-safe. */
public final class Outbox {

  private static final String HEADS =
      "SELECT d.sequence FROM x0_delivery d WHERE d.listener = ? AND d.due_at <= ? AND NOT EXISTS"
          + " (SELECT 1 FROM x0_delivery e WHERE e.listener = d.listener AND e.stream = d.stream"
          + " AND e.sequence < d.sequence) ORDER BY d.sequence LIMIT ? FOR UPDATE SKIP LOCKED";
  private static final String LEND =
      "UPDATE x0_delivery SET due_at = ? WHERE listener = ? AND sequence = ? AND due_at <= ?";
  private static final String READ =
      "SELECT d.listener, d.attempts, d.sequence, e.order_id AS event_order, " + EventStore.COLUMNS + ", "
          + OrderRows.COLUMNS
          + " FROM x0_delivery d JOIN x0_event e ON e.sequence = d.sequence LEFT JOIN x0_order o ON o.id = e.order_id"
          + " LEFT JOIN x0_wallet w ON w.id = o.wallet_id WHERE d.listener = ? AND d.sequence = ANY(?)"
          + " ORDER BY d.sequence";

  private final Database database;

  /**
   * Makes the part.
   *
   * @param database where
   */
  public Outbox(Database database) {
    this.database = database;
  }

  /**
   * Makes a listener known.
   *
   * @param listener its name
   */
  public void subscribe(String listener) {
    database.inTransaction(
        "subscribe " + listener,
        connection -> {
          if (Sql.list(connection, "SELECT 1 FROM x0_subscription WHERE listener = ?", r -> r.getInt(1), listener)
              .isEmpty()) {
            Sql.update(connection, "INSERT INTO x0_subscription (listener) VALUES (?)", listener);
            // What was recorded while it was being forgotten is none of its business now.
            Sql.update(connection, "DELETE FROM x0_delivery WHERE listener = ?", listener);
          }
          return true;
        });
  }

  /**
   * Forgets a listener.
   *
   * @param listener its name
   */
  public void unsubscribe(String listener) {
    database.inTransaction(
        "unsubscribe " + listener,
        connection -> {
          Sql.update(connection, "DELETE FROM x0_subscription WHERE listener = ?", listener);
          Sql.update(connection, "DELETE FROM x0_delivery WHERE listener = ?", listener);
          return true;
        });
  }

  /**
   * Lends events.
   *
   * @param listener to whom
   * @param now the present
   * @param until when they may be lent again
   * @param limit at most how many
   * @return the oldest first
   */
  public List<Delivery> take(String listener, Instant now, Instant until, int limit) {
    return database.inTransaction("take events for " + listener, c -> take(c, listener, now, until, limit));
  }

  private static List<Delivery> take(Connection connection, String listener, Instant now, Instant until, int limit)
      throws SQLException {
    List<Long> heads = Sql.list(connection, HEADS, row -> row.getLong(1), listener, now, limit);
    if (heads.isEmpty()) {
      return List.of();
    }
    List<Long> lent = new ArrayList<>();
    try (PreparedStatement lend = connection.prepareStatement(LEND)) {
      for (long sequence : heads) {
        Sql.set(lend, until, listener, sequence, now);
        lend.addBatch();
      }
      int[] counts = lend.executeBatch();
      for (int i = 0; i < counts.length; i++) {
        if (counts[i] == 1) {
          lent.add(heads.get(i));
        }
      }
    }
    try (PreparedStatement read = connection.prepareStatement(READ)) {
      read.setString(1, listener);
      read.setArray(2, connection.createArrayOf("bigint", lent.toArray()));
      try (ResultSet rows = read.executeQuery()) {
        List<Delivery> deliveries = new ArrayList<>();
        while (rows.next()) {
          deliveries.add(delivery(rows));
        }
        return deliveries;
      }
    }
  }

  private static Delivery delivery(ResultSet row) throws SQLException {
    PaymentEvent event =
        row.getString("event_order") == null
            ? EventStore.walletEvent(row)
            : Objects.requireNonNull(EventStore.orderEvent(row, OrderRows.order(row)));
    return new Delivery(row.getString("listener"), event, row.getInt("attempts"), row.getLong("sequence"));
  }

  /**
   * Notes that events were delivered.
   *
   * @param deliveries which
   */
  public void delivered(List<Delivery> deliveries) {
    if (deliveries.isEmpty()) {
      return;
    }
    List<Delivery> sorted = new ArrayList<>(deliveries);
    // One order for all: two callers that lock the same rows crosswise would wait for each other.
    sorted.sort(Comparator.comparing(Delivery::listener).thenComparingLong(Delivery::sequence));
    database.inTransaction(
        "note " + deliveries.size() + " deliveries",
        connection -> {
          try (PreparedStatement delete =
              connection.prepareStatement("DELETE FROM x0_delivery WHERE listener = ? AND sequence = ?")) {
            for (Delivery delivery : sorted) {
              Sql.set(delete, delivery.listener(), delivery.sequence());
              delete.addBatch();
            }
            delete.executeBatch();
          }
          return true;
        });
  }

  /**
   * Notes that an event could not be delivered.
   *
   * @param delivery which
   * @param retryAt when to lend it again
   */
  public void failed(Delivery delivery, Instant retryAt) {
    database.atOnce(
        "note a failed delivery to " + delivery.listener(),
        connection ->
            Sql.update(
                connection,
                "UPDATE x0_delivery SET attempts = attempts + 1, due_at = ? WHERE listener = ? AND sequence = ?",
                retryAt,
                delivery.listener(),
                delivery.sequence()));
  }
}
