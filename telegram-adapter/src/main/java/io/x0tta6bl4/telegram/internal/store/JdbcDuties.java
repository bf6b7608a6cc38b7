package io.x0tta6bl4.telegram.internal.store;

import java.time.Instant;

/** {@link Duties} in tables. */
final class JdbcDuties implements Duties {

  private final Database database;
  private final long botId;

  JdbcDuties(Database database, long botId) {
    this.database = database;
    this.botId = botId;
  }

  @Override
  public boolean lease(String duty, String owner, Instant now, Instant until) {
    return database.update(
                "take the duty " + duty,
                "UPDATE x0_tg_duty SET owner = ?, until_at = ? WHERE bot_id = ? AND duty = ? AND (owner = ? OR until_at <= ?)",
                owner, until, botId, duty, owner, now)
            == 1
        || database.insert(
            "take the duty " + duty,
            "INSERT INTO x0_tg_duty (bot_id, duty, owner, until_at) VALUES (?, ?, ?, ?)",
            botId, duty, owner, until);
  }

  @Override
  public void release(String duty, String owner) {
    database.update(
        "give back the duty " + duty,
        "DELETE FROM x0_tg_duty WHERE bot_id = ? AND duty = ? AND owner = ?",
        botId, duty, owner);
  }

  @Override
  public boolean begin(String topic, Instant now) {
    return database.insert(
        "begin an episode of " + topic,
        "INSERT INTO x0_tg_episode (bot_id, topic, since_at) VALUES (?, ?, ?)",
        botId, topic, now);
  }

  @Override
  public boolean end(String topic) {
    return database.update(
            "end an episode of " + topic, "DELETE FROM x0_tg_episode WHERE bot_id = ? AND topic = ?", botId, topic)
        == 1;
  }
}
