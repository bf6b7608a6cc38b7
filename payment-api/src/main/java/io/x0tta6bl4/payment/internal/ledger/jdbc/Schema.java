package io.x0tta6bl4.payment.internal.ledger.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/** Brings a database's tables to the version that this code knows. */
public final class Schema {

  /** What each version adds, the first one first; a version that was published never changes. */
  private static final List<Version> VERSIONS = List.of(new Version(SchemaVersion1.H2, SchemaVersion1.POSTGRESQL));

  /** Any number that others do not use: one for all ledgers of a PostgreSQL database. */
  private static final long ADVISORY_LOCK = 0x78307061796C6564L;

  /** H2 ends a transaction at every CREATE, so that ledgers of one process take turns here. */
  private static final Lock ONE_AT_A_TIME = new ReentrantLock();

  private Schema() {}

  private record Version(List<String> h2, List<String> postgresql) {}

  /**
   * Creates or migrates the tables. Several replicas may do this at once.
   *
   * @param database where
   * @throws IllegalStateException if the tables are of a newer version
   */
  public static void bringUpToDate(Database database) {
    ONE_AT_A_TIME.lock();
    try {
      if (database.dialect() == Dialect.POSTGRESQL) {
        database.inTransaction("create the ledger's tables", Schema::migratePostgres);
      } else {
        database.atOnce("create the ledger's tables", Schema::migrateH2);
      }
    } finally {
      ONE_AT_A_TIME.unlock();
    }
  }

  private static boolean migratePostgres(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SELECT pg_advisory_xact_lock(" + ADVISORY_LOCK + ")");
      if (version(statement, "SELECT to_regclass('x0_schema_version') IS NOT NULL")) {
        // An operator may have given the tables to a user who may not create any.
        if (known(statement) == VERSIONS.size()) {
          return false;
        }
      }
      statement.execute("CREATE TABLE IF NOT EXISTS x0_schema_version (version integer PRIMARY KEY)");
      for (int known = known(statement); known < VERSIONS.size(); known++) {
        for (String sql : VERSIONS.get(known).postgresql) {
          statement.execute(sql);
        }
        statement.execute("INSERT INTO x0_schema_version (version) VALUES (" + (known + 1) + ")");
      }
    }
    return true;
  }

  private static boolean migrateH2(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      // Otherwise a commit returns up to half a second before it is in the file.
      statement.execute("SET WRITE_DELAY 0");
      statement.execute("CREATE TABLE IF NOT EXISTS x0_schema_version (version integer PRIMARY KEY)");
      for (int known = known(statement); known < VERSIONS.size(); known++) {
        for (String sql : VERSIONS.get(known).h2) {
          statement.execute(sql);
        }
        statement.execute("MERGE INTO x0_schema_version (version) VALUES (" + (known + 1) + ")");
      }
    }
    return true;
  }

  private static boolean version(Statement statement, String sql) throws SQLException {
    try (ResultSet row = statement.executeQuery(sql)) {
      return row.next() && row.getBoolean(1);
    }
  }

  private static int known(Statement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery("SELECT COALESCE(MAX(version), 0) FROM x0_schema_version")) {
      row.next();
      int known = row.getInt(1);
      if (known > VERSIONS.size()) {
        throw new IllegalStateException(
            "the ledger's tables have version " + known + ": expected at most " + VERSIONS.size()
                + ", since this program is older than the one that made them");
      }
      return known;
    }
  }
}
