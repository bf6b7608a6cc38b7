package io.x0tta6bl4.payment.internal.ledger.jdbc;

import io.x0tta6bl4.payment.Reason;
import io.x0tta6bl4.payment.ledger.Claim;
import io.x0tta6bl4.payment.ledger.OrderEvent;
import io.x0tta6bl4.payment.ledger.OrderUpdate;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Writes changes to PostgreSQL by one statement that is its own transaction: one round trip, however many they are. Where
 * one of them loses, the statement divides by zero, so that nothing is written.
 */
final class PostgresWriter implements UpdateWriter {

  private static final String DIVISION_BY_ZERO = "22012";

  /** Orders are locked first, in the order of their ids, then transfers in theirs: so nobody waits in a circle. */
  private static final String WRITE =
      """
      WITH input AS MATERIALIZED (
        SELECT * FROM unnest(?::text[], ?::bigint[], ?::text[], ?::text[], ?::text[], ?::text[], ?::bigint[])
          AS u (order_id, version, next_state, type, reason, payload, recorded_at)
      ), locked AS MATERIALIZED (
        SELECT o.id, i.next_state FROM input i JOIN x0_order o ON o.id = i.order_id AND o.version = i.version
        ORDER BY o.id FOR NO KEY UPDATE OF o
      ), changed AS (
        UPDATE x0_order o SET version = o.version + 1, state = l.next_state, last_event = nextval('x0_event_sequence')
        FROM locked l WHERE o.id = l.id
        RETURNING o.id, o.last_event
      ), claimed AS (
        INSERT INTO x0_claim (chain, transaction_hash, transfer_index, order_id, role, transfer, claimed_at)
        SELECT * FROM unnest(?::text[], ?::text[], ?::integer[], ?::text[], ?::text[], ?::text[], ?::bigint[])
        ON CONFLICT (transaction_hash, transfer_index, chain) DO UPDATE SET role = excluded.role
        WHERE x0_claim.order_id = excluded.order_id
        RETURNING 1
      ), told AS (
        INSERT INTO x0_event (sequence, order_id, event_number, type, reason, payload, recorded_at)
        SELECT c.last_event, c.id, i.version + 1, i.type, i.reason, i.payload, i.recorded_at
        FROM changed c JOIN input i ON i.order_id = c.id
        RETURNING sequence, order_id
      ), queued AS (
        INSERT INTO x0_delivery (listener, stream, sequence, attempts, due_at)
        SELECT s.listener, 'order/' || t.order_id, t.sequence, 0, 0 FROM told t CROSS JOIN x0_subscription s
      )
      SELECT 1 / CASE WHEN (SELECT count(*) FROM changed) = ? AND (SELECT count(*) FROM claimed) = ? THEN 1 ELSE 0 END
      """;

  /**
   * The same for one change of at most one transfer. With arrays PostgreSQL would plan it anew each time, which costs more
   * than the work.
   */
  private static final String WRITE_ONE =
      """
      WITH changed AS (
        UPDATE x0_order SET version = version + 1, state = ?, last_event = nextval('x0_event_sequence')
        WHERE id = ? AND version = ? RETURNING last_event
      )%s, told AS (
        INSERT INTO x0_event (sequence, order_id, event_number, type, reason, payload, recorded_at)
        SELECT last_event, ?, ?, ?, ?, ?, ? FROM changed
      ), queued AS (
        INSERT INTO x0_delivery (listener, stream, sequence, attempts, due_at)
        SELECT s.listener, ?, c.last_event, 0, 0 FROM changed c CROSS JOIN x0_subscription s
      )
      SELECT 1 / CASE WHEN (SELECT count(*) FROM changed) = 1%s THEN 1 ELSE 0 END
      """;

  private static final String WRITE_ONE_WITHOUT_CLAIM = WRITE_ONE.formatted("", "");
  private static final String WRITE_ONE_WITH_CLAIM =
      WRITE_ONE.formatted(
          """
          , claimed AS (
            INSERT INTO x0_claim (chain, transaction_hash, transfer_index, order_id, role, transfer, claimed_at)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (transaction_hash, transfer_index, chain) DO UPDATE SET role = excluded.role
            WHERE x0_claim.order_id = excluded.order_id
            RETURNING 1
          )""",
          " AND (SELECT count(*) FROM claimed) = 1");

  private final Database database;

  PostgresWriter(Database database) {
    this.database = database;
  }

  @Override
  public boolean write(List<OrderUpdate> updates) {
    List<Claim> claims = Claims.sorted(updates);
    return database.atOnce(
        "record " + updates.size() + " changes",
        connection ->
            (updates.size() == 1 && claims.size() <= 1)
                ? writeOne(connection, updates.get(0), claims)
                : write(connection, updates, claims));
  }

  private static boolean writeOne(Connection connection, OrderUpdate update, List<Claim> claims) throws SQLException {
    String sql = claims.isEmpty() ? WRITE_ONE_WITHOUT_CLAIM : WRITE_ONE_WITH_CLAIM;
    try (PreparedStatement write = connection.prepareStatement(sql)) {
      OrderEvent event = update.event();
      Parameters next = new Parameters(connection, write);
      next.text(update.next().name());
      next.text(update.before().id());
      next.number(update.before().version());
      for (Claim claim : claims) {
        next.text(claim.transfer().id().chain());
        next.text(claim.transfer().id().transactionHash());
        next.number(claim.transfer().id().index());
        next.text(claim.orderId());
        next.text(claim.role().name());
        next.text(TransferJson.of(claim.transfer()));
        next.number(event.at().toEpochMilli());
      }
      next.text(update.before().id());
      next.number(event.number());
      next.text(event.type().name());
      next.text(name(event));
      next.text(TransferJson.of(event.transfers()));
      next.number(event.at().toEpochMilli());
      next.text(event.stream());
      return hasWritten(write);
    }
  }

  private static boolean hasWritten(PreparedStatement write) throws SQLException {
    try (ResultSet row = write.executeQuery()) {
      return row.next();
    } catch (SQLException e) {
      if (DIVISION_BY_ZERO.equals(e.getSQLState())) {
        return false;
      }
      throw e;
    }
  }

  private static boolean write(Connection connection, List<OrderUpdate> updates, List<Claim> claims)
      throws SQLException {
    try (PreparedStatement write = connection.prepareStatement(WRITE)) {
      Parameters next = new Parameters(connection, write);
      next.array("text", updates, update -> update.before().id());
      next.array("int8", updates, update -> update.before().version());
      next.array("text", updates, update -> update.next().name());
      next.array("text", updates, update -> update.event().type().name());
      next.array("text", updates, update -> name(update.event()));
      next.array("text", updates, update -> TransferJson.of(update.event().transfers()));
      next.array("int8", updates, update -> update.event().at().toEpochMilli());
      next.array("text", claims, claim -> claim.transfer().id().chain());
      next.array("text", claims, claim -> claim.transfer().id().transactionHash());
      next.array("int4", claims, claim -> claim.transfer().id().index());
      next.array("text", claims, Claim::orderId);
      next.array("text", claims, claim -> claim.role().name());
      next.array("text", claims, claim -> TransferJson.of(claim.transfer()));
      next.array("int8", claims, claim -> claimedAt(updates, claim));
      next.number(updates.size());
      next.number(claims.size());
      return hasWritten(write);
    }
  }

  private static @Nullable String name(OrderEvent event) {
    Reason why = event.why();
    return why == null ? null : why.name();
  }

  private static long claimedAt(List<OrderUpdate> updates, Claim claim) {
    int low = 0;
    int high = updates.size() - 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (updates.get(middle).before().id().compareTo(claim.orderId()) < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return updates.get(low).event().at().toEpochMilli();
  }

  /** Sets one parameter after the other. */
  private static final class Parameters {
    private final Connection connection;
    private final PreparedStatement statement;
    private int index;

    private Parameters(Connection connection, PreparedStatement statement) {
      this.connection = connection;
      this.statement = statement;
    }

    private <T> void array(String type, List<T> items, Function<T, @Nullable Object> part) throws SQLException {
      @Nullable Object[] parts = new @Nullable Object[items.size()];
      for (int i = 0; i < parts.length; i++) {
        parts[i] = part.apply(items.get(i));
      }
      Array array = connection.createArrayOf(type, parts);
      statement.setArray(++index, array);
    }

    private void number(int value) throws SQLException {
      statement.setInt(++index, value);
    }

    private void number(long value) throws SQLException {
      statement.setLong(++index, value);
    }

    private void text(@Nullable String value) throws SQLException {
      statement.setString(++index, value);
    }
  }
}
