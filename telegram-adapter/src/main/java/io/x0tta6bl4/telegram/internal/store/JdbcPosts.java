package io.x0tta6bl4.telegram.internal.store;

import io.x0tta6bl4.telegram.MessageText;
import io.x0tta6bl4.telegram.internal.store.Post.State;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** {@link Posts} in a table. */
final class JdbcPosts implements Posts {

  private static final String COLUMNS =
      "p.post_key, p.chat_id, p.kind, p.html, p.buttons, p.revision, p.message_id, p.state, p.attempts, p.repeats, p.wanted_at";
  private static final String DUE =
      "SELECT " + COLUMNS + " FROM x0_tg_post p WHERE p.bot_id = ? AND p.state = 'WAITING' AND p.due_at <= ?"
          + " AND NOT EXISTS (SELECT 1 FROM x0_tg_post e WHERE e.bot_id = p.bot_id AND e.chat_id = p.chat_id"
          + " AND e.state = 'SENDING')"
          + " AND NOT EXISTS (SELECT 1 FROM x0_tg_post e WHERE e.bot_id = p.bot_id AND e.chat_id = p.chat_id"
          + " AND e.state = 'WAITING' AND e.due_at <= ?"
          + " AND (e.post_rank, e.wanted_at, e.id) < (p.post_rank, p.wanted_at, p.id))"
          // All columns of the index: otherwise H2 sorts ten thousand rows to give two hundred.
          + " ORDER BY p.bot_id, p.state, p.post_rank, p.wanted_at, p.id LIMIT ?";

  /** What rings goes first: see {@link Post#rank}. */
  private static final String RANK =
      "CASE WHEN message_id IS NULL AND kind NOT IN ('PHOTO', 'ALERT') THEN 0 ELSE 1 END";

  /** What waits already keeps its place and its pause. */
  private static final String CHANGE =
      "UPDATE x0_tg_post SET html = ?, buttons = ?, version = ?, revision = revision + 1,"
          + " wanted_at = CASE WHEN state IN ('WAITING', 'SENDING') THEN wanted_at ELSE ? END,"
          + " due_at = CASE WHEN state IN ('WAITING', 'SENDING') THEN due_at ELSE ? END,"
          + " attempts = CASE WHEN state IN ('WAITING', 'SENDING') THEN attempts ELSE 0 END, ";

  private static final String OF_NO_LATER_VERSION = " WHERE bot_id = ? AND post_key = ? AND version <= ?";
  private static final String CLAIMED = " WHERE bot_id = ? AND post_key = ? AND state = 'SENDING'";

  private final Database database;
  private final long botId;

  JdbcPosts(Database database, long botId) {
    this.database = database;
    this.botId = botId;
  }

  @Override
  public void put(Post.Draft draft, Instant now) {
    String buttons = TextJson.write(draft.text().buttons());
    if (!change(draft, buttons, now) && !insert(draft, buttons, now)) {
      // The row may have been made by another process after the first try.
      boolean unused = change(draft, buttons, now);
    }
  }

  private boolean change(Post.Draft draft, String buttons, Instant now) {
    return (draft.cause() != Post.NO_CAUSE && renew(draft, buttons, now)) || revise(draft, buttons, now);
  }

  /** Wants a new message, unless this very update wanted one before. */
  private boolean renew(Post.Draft draft, String buttons, Instant now) {
    return database.update(
            "want the post " + draft.key() + " anew",
            CHANGE
                + "message_id = CASE WHEN state = 'SENDING' THEN message_id ELSE NULL END, cause = ?,"
                + " post_rank = CASE WHEN kind IN ('PHOTO', 'ALERT') OR state = 'SENDING' THEN post_rank ELSE 0 END,"
                + " state = CASE WHEN state IN ('WAITING', 'SENDING', 'PARKED') THEN state ELSE 'WAITING' END"
                + OF_NO_LATER_VERSION + " AND cause <> ?",
            draft.text().html(), buttons, draft.version(), now, now, draft.cause(), botId, draft.key(), draft.version(),
            draft.cause())
        == 1;
  }

  /** Wants another text. */
  private boolean revise(Post.Draft draft, String buttons, Instant now) {
    String html = draft.text().html();
    return database.update(
            "change the post " + draft.key(),
            CHANGE
                + "post_rank = " + RANK + ","
                + " state = CASE WHEN state IN ('WAITING', 'SENDING', 'PARKED', 'UNSURE') THEN state ELSE 'WAITING' END"
                + OF_NO_LATER_VERSION + " AND (html <> ? OR buttons <> ?)",
            html, buttons, draft.version(), now, now, botId, draft.key(), draft.version(), html, buttons)
        == 1;
  }

  private boolean insert(Post.Draft draft, String buttons, Instant now) {
    return database.insert(
        "make the post " + draft.key(),
        "INSERT INTO x0_tg_post (bot_id, post_key, chat_id, kind, html, buttons, version, cause, revision, state, attempts,"
            + " repeats, wanted_at, due_at, post_rank) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 1, 'WAITING', 0, 0, ?, ?, ?)",
        botId, draft.key(), draft.chatId(), draft.kind(), draft.text().html(), buttons, draft.version(), draft.cause(), now,
        now, Post.rank(draft.kind(), null));
  }

  @Override
  public Optional<Post> find(String key) {
    return database
        .list(
            "find the post " + key,
            JdbcPosts::post,
            "SELECT " + COLUMNS + " FROM x0_tg_post p WHERE p.bot_id = ? AND p.post_key = ?",
            botId, key)
        .stream()
        .findFirst();
  }

  @Override
  public List<Post> due(Instant now, int limit) {
    return database.list("list what is due", JdbcPosts::post, DUE, botId, now, now, limit);
  }

  @Override
  public boolean claim(Post post) {
    return database.update(
            "claim the post " + post.key(),
            "UPDATE x0_tg_post SET state = 'SENDING' WHERE bot_id = ? AND post_key = ? AND state = 'WAITING' AND revision = ?",
            botId, post.key(), post.revision())
        == 1;
  }

  @Override
  public void shown(Post post, long messageId) {
    database.update(
        "note that the post " + post.key() + " is shown",
        "UPDATE x0_tg_post SET message_id = ?, attempts = 0, post_rank = 1,"
            + " state = CASE WHEN revision = ? THEN 'SHOWN' ELSE 'WAITING' END" + CLAIMED,
        messageId, post.revision(), botId, post.key());
  }

  @Override
  public void retry(Post post, Instant dueAt, int attempts) {
    database.update(
        "have the post " + post.key() + " tried again",
        "UPDATE x0_tg_post SET state = 'WAITING', due_at = ?, attempts = ?" + CLAIMED,
        dueAt, attempts, botId, post.key());
  }

  @Override
  public void repeat(Post post, Instant dueAt) {
    database.update(
        "have the post " + post.key() + " repeated",
        "UPDATE x0_tg_post SET state = 'WAITING', due_at = ?, attempts = attempts + 1, repeats = repeats + 1" + CLAIMED,
        dueAt, botId, post.key());
  }

  @Override
  public void forgetMessage(Post post, Instant now) {
    database.update(
        "have the post " + post.key() + " sent anew",
        "UPDATE x0_tg_post SET state = 'WAITING', message_id = NULL, due_at = ?, attempts = 0,"
            + " post_rank = CASE WHEN kind IN ('PHOTO', 'ALERT') THEN 1 ELSE 0 END" + CLAIMED,
        now, botId, post.key());
  }

  @Override
  public void leave(Post post, State state) {
    database.update("leave the post " + post.key(), "UPDATE x0_tg_post SET state = ?" + CLAIMED, state, botId, post.key());
  }

  @Override
  public void postpone(long chatId, Instant until) {
    database.update(
        "hold a chat's posts back",
        "UPDATE x0_tg_post SET state = 'WAITING', due_at = ? WHERE bot_id = ? AND chat_id = ? AND state IN ('WAITING', 'SENDING')",
        until, botId, chatId);
  }

  @Override
  public void park(long chatId) {
    database.update(
        "put a chat's posts by",
        "UPDATE x0_tg_post SET state = 'PARKED' WHERE bot_id = ? AND chat_id = ? AND state IN ('WAITING', 'SENDING')",
        botId, chatId);
  }

  @Override
  public void unpark(long chatId, Instant now) {
    database.update(
        "have a chat's posts sent",
        "UPDATE x0_tg_post SET state = 'WAITING', due_at = ? WHERE bot_id = ? AND chat_id = ? AND state = 'PARKED'",
        now, botId, chatId);
  }

  @Override
  public List<Post> sending() {
    return database.list(
        "list what was being sent",
        JdbcPosts::post,
        "SELECT " + COLUMNS + " FROM x0_tg_post p WHERE p.bot_id = ? AND p.state = 'SENDING'",
        botId);
  }

  @Override
  public Backlog backlog(Instant now) {
    return database
        .list(
            "count what waits",
            row -> new Backlog(row.getLong(1), Duration.ofMillis(row.getLong(2))),
            "SELECT COUNT(*), COALESCE(? - MIN(wanted_at), 0) FROM x0_tg_post WHERE bot_id = ? AND state = 'WAITING'",
            now, botId)
        .get(0);
  }

  private static Post post(ResultSet row) throws SQLException {
    long messageId = row.getLong("message_id");
    boolean none = row.wasNull();
    return new Post(
        row.getString("post_key"),
        row.getLong("chat_id"),
        Post.Kind.valueOf(row.getString("kind")),
        new MessageText(row.getString("html"), TextJson.read(row.getString("buttons"))),
        row.getLong("revision"),
        none ? null : messageId,
        State.valueOf(row.getString("state")),
        row.getInt("attempts"),
        row.getInt("repeats"),
        Instant.ofEpochMilli(row.getLong("wanted_at")));
  }
}
