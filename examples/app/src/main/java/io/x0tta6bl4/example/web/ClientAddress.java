package io.x0tta6bl4.example.web;

import com.sun.net.httpserver.HttpExchange;
import java.util.ArrayList;
import java.util.List;

/** Whose request it is. Thread-safe. */
final class ClientAddress {

  private static final int LONGEST = 64;

  private final int trustedProxies;

  /**
   * Knows how many proxies stand in front.
   *
   * @param trustedProxies each of which adds the address of its own peer to the end of {@code X-Forwarded-For}; with 0 the
   *     header is not believed
   */
  ClientAddress(int trustedProxies) {
    this.trustedProxies = trustedProxies;
  }

  /**
   * Tells the client.
   *
   * @param exchange its request
   * @return its address, or that of the farthest peer that can be believed
   */
  String of(HttpExchange exchange) {
    String peer = exchange.getRemoteAddress().getAddress().getHostAddress();
    if (trustedProxies == 0) {
      return peer;
    }
    List<String> hops = new ArrayList<>();
    for (String header : exchange.getRequestHeaders().getOrDefault("X-Forwarded-For", List.of())) {
      for (String hop : header.split(",", -1)) {
        hops.add(hop.strip());
      }
    }
    if (hops.size() < trustedProxies) {
      return peer;
    }
    String client = hops.get(hops.size() - trustedProxies);
    return client.isEmpty() || client.length() > LONGEST ? peer : client;
  }
}
