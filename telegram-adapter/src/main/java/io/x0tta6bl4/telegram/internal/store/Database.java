package io.x0tta6bl4.telegram.internal.store;

import io.x0tta6bl4.telegram.StoreException;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Lends connections for one piece of work at a time. What collides with somebody else's work is done again. Thread-safe. */
public final class Database {

  /** A collision needs a second try, rarely a third; more tell of something else. */
  private static final int TRIES = 20;

  private static final String DUPLICATE = "23505";

  private final DataSource source;
  private final boolean postgres;

  /**
   * Connects once, to see what database it is.
   *
   * @param source of connections
   */
  public Database(DataSource source) {
    this.source = source;
    try (Connection connection = source.getConnection()) {
      postgres = isPostgres(connection.getMetaData());
    } catch (SQLException e) {
      throw new StoreException("could not connect to the bot's database", e);
    }
  }

  private static boolean isPostgres(DatabaseMetaData about) throws SQLException {
    int version = about.getDatabaseMajorVersion() * 1_000 + about.getDatabaseMinorVersion();
    String product = about.getDatabaseProductName();
    if (product.equalsIgnoreCase("PostgreSQL") && version >= 15_000) {
      return true;
    }
    if (product.equalsIgnoreCase("H2") && version >= 2_004) {
      return false;
    }
    throw new IllegalArgumentException(
        "database " + product + " " + about.getDatabaseProductVersion() + ": expected PostgreSQL 15 or newer, or H2 2.4");
  }

  /**
   * Gives what one bot remembers.
   *
   * @param botId which bot
   * @return its part of the tables
   */
  public Memory memory(long botId) {
    return new Memory(
        new JdbcUpdates(this, botId), new JdbcPosts(this, botId), new JdbcBuyers(this, botId), new JdbcDuties(this, botId));
  }

  boolean isPostgres() {
    return postgres;
  }

  /** Something to do with a connection. */
  interface Work<T> {
    T with(Connection connection) throws SQLException;
  }

  /** Reads one row. */
  interface Row<T> {
    T from(ResultSet row) throws SQLException;
  }

  /** Runs work whose statements are each a transaction. */
  <T> T atOnce(String what, Work<T> work) {
    return run(what, true, work);
  }

  /** Runs work as one transaction: all of it, or nothing where it throws. */
  <T> T inTransaction(String what, Work<T> work) {
    return run(what, false, work);
  }

  /** Runs one statement that changes rows. */
  int update(String what, String sql, @Nullable Object... parameters) {
    return atOnce(what, connection -> update(connection, sql, parameters));
  }

  /** Runs one statement that may make a row; says whether it did, rather than that the row is there. */
  boolean insert(String what, String sql, @Nullable Object... parameters) {
    return atOnce(
        what,
        connection -> {
          try {
            return update(connection, sql, parameters) == 1;
          } catch (SQLException e) {
            if (DUPLICATE.equals(e.getSQLState())) {
              return false;
            }
            throw e;
          }
        });
  }

  /** Runs one query. */
  <T> List<T> list(String what, Row<T> reader, String sql, @Nullable Object... parameters) {
    return atOnce(what, connection -> list(connection, reader, sql, parameters));
  }

  private <T> T run(String what, boolean autoCommit, Work<T> work) {
    // A connection of a file must not meet a thread that is interrupted already: the channel would be closed.
    boolean interrupted = Thread.interrupted();
    try {
      for (int tries = 1; ; tries++) {
        try (Connection connection = source.getConnection()) {
          return with(connection, autoCommit, work);
        } catch (SQLException e) {
          if (tries == TRIES || !isCollision(e)) {
            throw new StoreException("could not " + what, e);
          }
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static <T> T with(Connection connection, boolean autoCommit, Work<T> work) throws SQLException {
    boolean before = connection.getAutoCommit();
    connection.setAutoCommit(autoCommit);
    boolean done = false;
    try {
      T result = work.with(connection);
      if (!autoCommit) {
        connection.commit();
      }
      done = true;
      return result;
    } finally {
      leave(connection, before, autoCommit, done);
    }
  }

  /** Gives a connection back as it came; one that fails at this is broken, and what broke it is thrown already. */
  private static void leave(Connection connection, boolean before, boolean autoCommit, boolean done) throws SQLException {
    try {
      if (!done && !autoCommit) {
        connection.rollback();
      }
      connection.setAutoCommit(before);
    } catch (SQLException e) {
      if (done) {
        throw e;
      }
    }
  }

  private static boolean isCollision(SQLException e) {
    String state = e.getSQLState();
    return state != null && (state.startsWith("40") || state.equals("HYT00") || state.equals("90131"));
  }

  static int update(Connection connection, String sql, @Nullable Object... parameters) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      set(statement, parameters);
      return statement.executeUpdate();
    }
  }

  static <T> List<T> list(Connection connection, Row<T> reader, String sql, @Nullable Object... parameters)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      set(statement, parameters);
      try (ResultSet rows = statement.executeQuery()) {
        List<T> list = new ArrayList<>();
        while (rows.next()) {
          list.add(reader.from(rows));
        }
        return list;
      }
    }
  }

  private static void set(PreparedStatement statement, @Nullable Object... parameters) throws SQLException {
    for (int i = 0; i < parameters.length; i++) {
      Object value = parameters[i];
      if (value == null) {
        statement.setNull(i + 1, Types.BIGINT);
      } else if (value instanceof Instant instant) {
        statement.setLong(i + 1, instant.toEpochMilli());
      } else if (value instanceof Enum<?> name) {
        statement.setString(i + 1, name.name());
      } else {
        statement.setObject(i + 1, value);
      }
    }
  }
}
