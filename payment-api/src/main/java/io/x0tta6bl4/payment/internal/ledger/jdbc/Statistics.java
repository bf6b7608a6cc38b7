package io.x0tta6bl4.payment.internal.ledger.jdbc;

import io.x0tta6bl4.payment.ledger.LedgerStatistics;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Counts. Thread-safe. */
public final class Statistics {

  private static final String OPEN =
      "SELECT w.chain, COUNT(o.id) FROM x0_wallet w LEFT JOIN x0_order o ON o.wallet_id = w.id AND o.state = 'OPEN'"
          + " GROUP BY w.chain";
  private static final String UNDELIVERED = "SELECT COUNT(*) FROM x0_delivery";
  private static final String OLDEST =
      "SELECT MIN(recorded_at) AS oldest FROM x0_event WHERE sequence IN"
          + " (SELECT MIN(sequence) FROM x0_delivery GROUP BY listener) HAVING COUNT(*) > 0";

  private final Database database;

  /**
   * Makes the part.
   *
   * @param database where
   */
  public Statistics(Database database) {
    this.database = database;
  }

  /**
   * Counts.
   *
   * @return the figures
   */
  public LedgerStatistics read() {
    return database.atOnce("count", Statistics::read);
  }

  private static LedgerStatistics read(Connection connection) throws SQLException {
    Map<String, Long> open = new HashMap<>();
    Sql.list(connection, OPEN, row -> open.put(row.getString(1), row.getLong(2)) == null);
    long undelivered = Sql.list(connection, UNDELIVERED, row -> row.getLong(1)).get(0);
    List<Instant> oldest = Sql.list(connection, OLDEST, row -> OrderRows.instant(row, "oldest"));
    @Nullable Instant waiting = oldest.isEmpty() ? null : oldest.get(0);
    return new LedgerStatistics(open, undelivered, waiting);
  }
}
