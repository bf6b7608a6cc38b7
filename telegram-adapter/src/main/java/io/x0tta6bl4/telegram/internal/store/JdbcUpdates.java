package io.x0tta6bl4.telegram.internal.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** {@link Updates} in a table. */
final class JdbcUpdates implements Updates {

  private static final String HEADS =
      "SELECT u.update_id, u.json, u.attempts, u.stored_at FROM x0_tg_update u WHERE u.bot_id = ? AND u.state = 'OPEN'"
          + " AND u.due_at <= ? AND NOT EXISTS (SELECT 1 FROM x0_tg_update e WHERE e.bot_id = u.bot_id"
          + " AND e.queue = u.queue AND e.state = 'OPEN' AND e.seq < u.seq) ORDER BY u.bot_id, u.state, u.seq LIMIT ?";
  private static final String LEND =
      "UPDATE x0_tg_update SET due_at = ? WHERE bot_id = ? AND update_id = ? AND state = 'OPEN' AND due_at <= ?";

  private final Database database;
  private final long botId;

  JdbcUpdates(Database database, long botId) {
    this.database = database;
    this.botId = botId;
  }

  @Override
  public boolean add(long id, String json, long queue, Instant now) {
    return database.insert(
        "store update " + id,
        "INSERT INTO x0_tg_update (bot_id, update_id, queue, json, state, attempts, stored_at, due_at)"
            + " VALUES (?, ?, ?, ?, 'OPEN', 0, ?, ?)",
        botId, id, queue, json, now, now);
  }

  @Override
  public List<Taken> take(Instant now, Instant until, int limit) {
    return database.atOnce("take updates", connection -> take(connection, now, until, limit));
  }

  private List<Taken> take(Connection connection, Instant now, Instant until, int limit) throws SQLException {
    List<Taken> taken = new ArrayList<>();
    List<Taken> heads =
        Database.list(
            connection,
            row ->
                new Taken(
                    row.getLong(1), row.getString(2), row.getInt(3), Instant.ofEpochMilli(row.getLong(4))),
            HEADS,
            botId, now, limit);
    for (Taken head : heads) {
      // Another process may have been faster.
      if (Database.update(connection, LEND, until, botId, head.id(), now) == 1) {
        taken.add(head);
      }
    }
    return taken;
  }

  @Override
  public void done(long id) {
    close(id, "DONE");
  }

  @Override
  public void failed(long id, Instant retryAt) {
    database.update(
        "note the failure of update " + id,
        "UPDATE x0_tg_update SET attempts = attempts + 1, due_at = ? WHERE bot_id = ? AND update_id = ?",
        retryAt, botId, id);
  }

  @Override
  public void setAside(long id) {
    close(id, "ASIDE");
  }

  private void close(long id, String state) {
    database.update(
        "close update " + id,
        "UPDATE x0_tg_update SET state = ? WHERE bot_id = ? AND update_id = ?",
        state, botId, id);
  }

  @Override
  public int purge(Instant before) {
    return database.update(
        "forget old updates",
        "DELETE FROM x0_tg_update WHERE bot_id = ? AND state = 'DONE' AND stored_at < ?",
        botId, before);
  }
}
