package io.x0tta6bl4.telegram.internal.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** {@link Buyers} in a table. */
final class JdbcBuyers implements Buyers {

  private final Database database;
  private final long botId;

  JdbcBuyers(Database database, long botId) {
    this.database = database;
    this.botId = botId;
  }

  @Override
  public Buyer bind(Buyer buyer, Instant now) {
    database.insert(
        "bind order " + buyer.orderId(),
        "INSERT INTO x0_tg_buyer (bot_id, order_id, chat_id, language, bound_at) VALUES (?, ?, ?, ?, ?)",
        botId, buyer.orderId(), buyer.chatId(), buyer.language(), now);
    return find(buyer.orderId()).orElseThrow();
  }

  @Override
  public Optional<Buyer> find(String orderId) {
    return database
        .list(
            "find the buyer of order " + orderId,
            row -> new Buyer(orderId, row.getLong(1), row.getString(2)),
            "SELECT chat_id, language FROM x0_tg_buyer WHERE bot_id = ? AND order_id = ?",
            botId, orderId)
        .stream()
        .findFirst();
  }

  @Override
  public List<String> orders(long chatId, int limit) {
    return database.list(
        "list the orders of a chat",
        row -> row.getString(1),
        "SELECT order_id FROM x0_tg_buyer WHERE bot_id = ? AND chat_id = ? ORDER BY id DESC LIMIT ?",
        botId, chatId, limit);
  }
}
