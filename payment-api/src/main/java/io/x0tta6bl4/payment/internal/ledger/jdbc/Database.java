package io.x0tta6bl4.payment.internal.ledger.jdbc;

import io.x0tta6bl4.payment.ledger.LedgerException;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * Lends connections for one piece of work at a time. What collides with somebody else's work is done again. Thread-safe.
 */
public final class Database {

  /** A collision needs a second try, rarely a third; more tell of something else. */
  private static final int TRIES = 20;

  private static final String DUPLICATE = "23505";

  private final DataSource source;
  private final Dialect dialect;

  /**
   * Connects once, to see what database it is.
   *
   * @param source of connections
   */
  public Database(DataSource source) {
    this.source = source;
    try (Connection connection = source.getConnection()) {
      dialect = Dialect.of(connection);
    } catch (SQLException e) {
      throw new LedgerException("could not connect to the ledger's database", e);
    }
  }

  Dialect dialect() {
    return dialect;
  }

  /** Something to do with a connection. */
  interface Work<T> {
    T with(Connection connection) throws SQLException;
  }

  /** Runs work whose statements are each a transaction. */
  <T> T atOnce(String what, Work<T> work) {
    return run(what, true, work);
  }

  /** Runs work as one transaction: all of it, or nothing where it throws. */
  <T> T inTransaction(String what, Work<T> work) {
    return run(what, false, work);
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
            throw new LedgerException("could not " + what, e);
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
    if (before != autoCommit) {
      connection.setAutoCommit(autoCommit);
    }
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
      if (!autoCommit && !done) {
        connection.rollback();
      }
      if (before != autoCommit) {
        connection.setAutoCommit(before);
      }
    } catch (SQLException e) {
      if (done) {
        throw e;
      }
    }
  }

  /** Whether another transaction was in the way, and the same work can succeed when it is done again. */
  private static boolean isCollision(SQLException e) {
    String state = e.getSQLState();
    return state != null
        && (state.startsWith("40") || state.equals(DUPLICATE) || state.equals("HYT00") || state.equals("90131"));
  }

  /** Whether a row is there already. */
  static boolean isDuplicate(SQLException e) {
    return DUPLICATE.equals(e.getSQLState());
  }
}
