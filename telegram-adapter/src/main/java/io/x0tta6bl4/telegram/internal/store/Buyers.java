package io.x0tta6bl4.telegram.internal.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Which chat each order belongs to. Thread-safe. */
public interface Buyers {

  /**
   * The chat that an order belongs to.
   *
   * @param orderId the order
   * @param chatId the chat, for ever
   * @param language in which the buyer is spoken to
   */
  record Buyer(String orderId, long chatId, String language) {}

  /**
   * Gives an order to the first chat that asks. Durable when it returns.
   *
   * @param buyer who asks
   * @param now the present
   * @return whose the order is
   */
  Buyer bind(Buyer buyer, Instant now);

  /**
   * Looks up an order.
   *
   * @param orderId which
   * @return whose it is; empty if nobody's
   */
  Optional<Buyer> find(String orderId);

  /**
   * Lists the orders of a chat.
   *
   * @param chatId which
   * @param limit at most how many
   * @return the newest first
   */
  List<String> orders(long chatId, int limit);
}
