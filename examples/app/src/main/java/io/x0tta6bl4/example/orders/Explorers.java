package io.x0tta6bl4.example.orders;

import java.net.URI;
import java.util.Map;
import java.util.Optional;

/** Where people look transactions up: tronscan.org and tonviewer.com, or those of the testnets. Thread-safe. */
public final class Explorers {

  private static final Map<String, String> KNOWN =
      Map.of(
          "tron", "https://tronscan.org/#/transaction/",
          "nile", "https://nile.tronscan.org/#/transaction/",
          "shasta", "https://shasta.tronscan.org/#/transaction/",
          "ton", "https://tonviewer.com/transaction/",
          "testnet", "https://testnet.tonviewer.com/transaction/");

  /** Those of the main networks. */
  public static final Explorers MAIN = of(Map.of());

  private final Map<String, String> testnets;

  private Explorers(Map<String, String> testnets) {
    this.testnets = testnets;
  }

  /**
   * Those of some networks.
   *
   * @param testnets the name of the testnet by chain, for those that are not on their main network
   * @return the explorers
   */
  public static Explorers of(Map<String, String> testnets) {
    return new Explorers(Map.copyOf(testnets));
  }

  /**
   * Where to look.
   *
   * @param chain such as {@code tron}
   * @param hash the transaction's, in hex
   * @return an address; empty for a chain without a known explorer
   */
  public Optional<URI> transaction(String chain, String hash) {
    return Optional.ofNullable(KNOWN.get(testnets.getOrDefault(chain, chain))).map(base -> URI.create(base + hash));
  }
}
