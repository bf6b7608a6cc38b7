package io.x0tta6bl4.payment.internal.ledger.jdbc;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;

/** The databases that a ledger can live in. */
public enum Dialect {
  /** H2 2.4 or newer. */
  H2(2, 4),
  /** PostgreSQL 15 or newer. */
  POSTGRESQL(15, 0);

  private final int leastMajor;
  private final int leastMinor;

  Dialect(int leastMajor, int leastMinor) {
    this.leastMajor = leastMajor;
    this.leastMinor = leastMinor;
  }

  /**
   * Recognises a database.
   *
   * @param connection to it
   * @return its dialect
   * @throws IllegalArgumentException if it is another one, or too old
   */
  public static Dialect of(Connection connection) throws SQLException {
    DatabaseMetaData about = connection.getMetaData();
    String product = about.getDatabaseProductName();
    for (Dialect dialect : values()) {
      if (dialect.name().equalsIgnoreCase(product)) {
        int major = about.getDatabaseMajorVersion();
        if (major > dialect.leastMajor
            || (major == dialect.leastMajor && about.getDatabaseMinorVersion() >= dialect.leastMinor)) {
          return dialect;
        }
      }
    }
    throw new IllegalArgumentException(
        "database " + product + " " + about.getDatabaseProductVersion() + ": expected PostgreSQL 15 or newer, or H2 2.4");
  }
}
