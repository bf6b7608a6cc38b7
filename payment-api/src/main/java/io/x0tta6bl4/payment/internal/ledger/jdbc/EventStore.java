package io.x0tta6bl4.payment.internal.ledger.jdbc;

import io.x0tta6bl4.payment.Reason;
import io.x0tta6bl4.payment.ledger.Order;
import io.x0tta6bl4.payment.ledger.OrderEvent;
import io.x0tta6bl4.payment.ledger.WalletEvent;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes and reads events, and queues them for the listeners. Thread-safe. */
public final class EventStore {

  /** Of {@code e}, an event. */
  static final String COLUMNS =
      "e.event_number, e.type, e.reason, COALESCE(e.payload, e.long_payload) AS payload, e.recorded_at";

  /** What a varchar of H2 can hold, well within. */
  private static final int LONGEST_SHORT_PAYLOAD = 1_000_000;

  private static final String INSERT =
      "INSERT INTO x0_event (sequence, order_id, event_number, type, reason, payload, long_payload, recorded_at)"
          + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)";
  private static final String QUEUE =
      "INSERT INTO x0_delivery (listener, stream, sequence, attempts, due_at)"
          + " SELECT listener, ?, ?, 0, 0 FROM x0_subscription";

  private final Dialect dialect;

  /**
   * Makes the part.
   *
   * @param database where
   */
  public EventStore(Database database) {
    this.dialect = database.dialect();
  }

  /** Makes numbers for events that are to be written. */
  List<Long> sequences(Connection connection, int count) throws SQLException {
    String sql =
        dialect == Dialect.H2
            ? "SELECT NEXT VALUE FOR x0_event_sequence FROM SYSTEM_RANGE(1, ?)"
            : "SELECT nextval('x0_event_sequence') FROM generate_series(1, ?)";
    return Sql.list(connection, sql, row -> row.getLong(1), count);
  }

  static void insert(PreparedStatement insert, long sequence, OrderEvent event) throws SQLException {
    Reason why = event.why();
    insert(
        insert,
        sequence,
        event.request().orderId(),
        event.number(),
        event.type(),
        why == null ? null : why.name(),
        TransferJson.of(event.transfers()),
        event.at());
  }

  private static void insert(
      PreparedStatement insert,
      long sequence,
      @Nullable String orderId,
      long number,
      Enum<?> type,
      @Nullable String reason,
      String payload,
      Instant at)
      throws SQLException {
    boolean isShort = payload.length() <= LONGEST_SHORT_PAYLOAD;
    insert.setLong(1, sequence);
    nullable(insert, 2, orderId);
    insert.setLong(3, number);
    insert.setString(4, type.name());
    nullable(insert, 5, reason);
    nullable(insert, 6, isShort ? payload : null);
    nullable(insert, 7, isShort ? null : payload);
    insert.setLong(8, at.toEpochMilli());
  }

  private static void nullable(PreparedStatement statement, int index, @Nullable String value) throws SQLException {
    if (value == null) {
      statement.setNull(index, Types.VARCHAR);
    } else {
      statement.setString(index, value);
    }
  }

  PreparedStatement inserting(Connection connection) throws SQLException {
    return connection.prepareStatement(INSERT);
  }

  PreparedStatement queueing(Connection connection) throws SQLException {
    return connection.prepareStatement(QUEUE);
  }

  /** Writes an event unless one with its id is there. */
  void addOnce(Connection connection, WalletEvent event) throws SQLException {
    if (!Sql.list(connection, "SELECT 1 FROM x0_wallet_event WHERE id = ?", row -> row.getInt(1), event.id()).isEmpty()) {
      return;
    }
    long sequence = sequences(connection, 1).get(0);
    Sql.update(connection, "INSERT INTO x0_wallet_event (id, sequence) VALUES (?, ?)", event.id(), sequence);
    try (PreparedStatement insert = inserting(connection); PreparedStatement queue = queueing(connection)) {
      insert(
          insert, sequence, null, 0, event.type(), null, TransferJson.of(event), event.at());
      insert.executeUpdate();
      Sql.set(queue, event.stream(), sequence);
      queue.executeUpdate();
    }
  }

  /** Reads an order's event from a row of {@link #COLUMNS} that may have none. */
  static @Nullable OrderEvent orderEvent(ResultSet row, Order order) throws SQLException {
    if (row.getString("type") == null) {
      return null;
    }
    String reason = row.getString("reason");
    return new OrderEvent(
        order.request(),
        row.getLong("event_number"),
        OrderEvent.Type.valueOf(row.getString("type")),
        reason == null ? null : Reason.valueOf(reason),
        TransferJson.transfers(row.getString("payload")),
        OrderRows.instant(row, "recorded_at"));
  }

  static WalletEvent walletEvent(ResultSet row) throws SQLException {
    return TransferJson.walletEvent(
        row.getString("type"), OrderRows.instant(row, "recorded_at"), row.getString("payload"));
  }
}
