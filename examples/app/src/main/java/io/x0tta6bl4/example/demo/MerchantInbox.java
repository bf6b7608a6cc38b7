package io.x0tta6bl4.example.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the merchant was told, without the repeats that a delivery at least once may bring. Thread-safe. */
final class MerchantInbox {

  private final Map<String, JsonNode> byEventId = new LinkedHashMap<>();
  private int calls;

  /**
   * Takes a callback whose signature was checked.
   *
   * @param eventId the same for a repeat
   * @param event as it was sent
   */
  synchronized void take(String eventId, JsonNode event) {
    calls++;
    byEventId.putIfAbsent(eventId, event);
  }

  /**
   * How often the merchant was called.
   *
   * @return with repeats
   */
  synchronized int calls() {
    return calls;
  }

  /**
   * What was told of an order, each thing once.
   *
   * @param orderId the order's
   * @return the types of the events, oldest first
   */
  synchronized List<String> typesOf(String orderId) {
    List<String> types = new ArrayList<>();
    for (JsonNode event : byEventId.values()) {
      if (event.path("order").path("id").asText().equals(orderId)) {
        types.add(event.path("type").asText());
      }
    }
    return types;
  }
}
