package io.x0tta6bl4.example.orders;

import io.x0tta6bl4.payment.Asset;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * What orders may be opened for.
 *
 * @param wallets whom buyers pay, by chain
 * @param assets the asset of a chain by the word that the API uses for it; an {@link IllegalArgumentException} if there is none
 * @param expiry how long an order may be paid where nothing else is said
 */
public record Offer(Map<String, String> wallets, BiFunction<String, String, Asset> assets, Duration expiry) {

  /** Copies. */
  public Offer {
    wallets = Map.copyOf(wallets);
  }

  /**
   * The chains.
   *
   * @return their names
   */
  Set<String> networks() {
    return wallets.keySet();
  }
}
