package io.x0tta6bl4.example.orders;

import io.x0tta6bl4.payment.ledger.LedgerException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * Which request opened which order, so that one that is sent again opens no second. A key is reserved before its order is opened:
 * if the process dies in between, the repeat opens the order under the id that was reserved. Thread-safe; several processes may
 * share the table.
 */
public final class IdempotencyKeys {

  /** How long a key is known. */
  public static final Duration KNOWN_FOR = Duration.ofHours(24);

  private static final String TABLE =
      "create table if not exists x0_app_idempotency (key_hash varchar(64) not null primary key, "
          + "request_hash varchar(64) not null, order_id varchar(64) not null, expires_at bigint not null)";

  private final DataSource database;
  private final Clock clock;

  /**
   * A reservation.
   *
   * @param requestHash of the request that made it
   * @param orderId of the order that it opens
   * @param isNew false if the key was known
   */
  record Reservation(String requestHash, String orderId, boolean isNew) {}

  private IdempotencyKeys(DataSource database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /**
   * Opens the table, which is made if it is not there.
   *
   * @param database where
   * @param clock tells which keys are too old
   * @return the keys
   * @throws LedgerException if the database failed
   */
  public static IdempotencyKeys open(DataSource database, Clock clock) {
    IdempotencyKeys keys = new IdempotencyKeys(database, clock);
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(TABLE);
    } catch (SQLException e) {
      throw failed(e);
    }
    return keys;
  }

  /**
   * Reserves a key, or tells what it stands for.
   *
   * @param keyHash of the key
   * @param requestHash of the request
   * @param orderId under which the order will be opened if the key is new
   * @return what holds
   * @throws LedgerException if the database failed
   */
  Reservation reserve(String keyHash, String requestHash, String orderId) {
    long now = clock.millis();
    try (Connection connection = database.getConnection()) {
      try (PreparedStatement old =
          connection.prepareStatement("delete from x0_app_idempotency where key_hash = ? and expires_at <= ?")) {
        old.setString(1, keyHash);
        old.setLong(2, now);
        old.executeUpdate();
      }
      if (insert(connection, keyHash, new Reservation(requestHash, orderId, true), now)) {
        return new Reservation(requestHash, orderId, true);
      }
      return find(connection, keyHash)
          .orElseThrow(() -> new SQLException("the key vanished while it was read"));
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  private static boolean insert(Connection connection, String keyHash, Reservation reservation, long now)
      throws SQLException {
    // Both databases know this form; "on conflict" is PostgreSQL's alone.
    String sql =
        "insert into x0_app_idempotency (key_hash, request_hash, order_id, expires_at) values (?, ?, ?, ?)";
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      insert.setString(1, keyHash);
      insert.setString(2, reservation.requestHash());
      insert.setString(3, reservation.orderId());
      insert.setLong(4, now + KNOWN_FOR.toMillis());
      insert.executeUpdate();
      return true;
    } catch (SQLException e) {
      if (e.getSQLState() != null && e.getSQLState().startsWith("23")) {
        return false;
      }
      throw e;
    }
  }

  private static Optional<Reservation> find(Connection connection, String keyHash) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("select request_hash, order_id from x0_app_idempotency where key_hash = ?")) {
      select.setString(1, keyHash);
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? Optional.of(new Reservation(row.getString(1), row.getString(2), false)) : Optional.empty();
      }
    }
  }

  /**
   * Forgets the keys that are too old.
   *
   * @return how many
   * @throws LedgerException if the database failed
   */
  public int purge() {
    try (Connection connection = database.getConnection();
        PreparedStatement old = connection.prepareStatement("delete from x0_app_idempotency where expires_at <= ?")) {
      old.setLong(1, clock.millis());
      return old.executeUpdate();
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  private static LedgerException failed(SQLException e) {
    return new LedgerException("the table of idempotency keys failed: " + e.getMessage(), e);
  }
}
