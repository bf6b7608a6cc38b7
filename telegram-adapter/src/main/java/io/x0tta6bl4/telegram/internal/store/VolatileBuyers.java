package io.x0tta6bl4.telegram.internal.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@link Buyers} in memory. */
final class VolatileBuyers implements Buyers {

  private final Map<String, Buyer> byOrder = new HashMap<>();
  private final Map<Long, List<String>> byChat = new HashMap<>();

  @Override
  public synchronized Buyer bind(Buyer buyer, Instant now) {
    Buyer first = byOrder.putIfAbsent(buyer.orderId(), buyer);
    if (first == null) {
      byChat.computeIfAbsent(buyer.chatId(), chat -> new ArrayList<>()).add(0, buyer.orderId());
    }
    return first == null ? buyer : first;
  }

  @Override
  public synchronized Optional<Buyer> find(String orderId) {
    return Optional.ofNullable(byOrder.get(orderId));
  }

  @Override
  public synchronized List<String> orders(long chatId, int limit) {
    return byChat.getOrDefault(chatId, List.of()).stream().limit(limit).toList();
  }
}
