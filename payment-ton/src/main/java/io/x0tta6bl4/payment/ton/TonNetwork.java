package io.x0tta6bl4.payment.ton;

import java.net.URI;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * The TON networks that tonapi serves (<a href="https://docs.tonconsole.com/tonapi">tonapi</a>).
 *
 * @since 0.1.0
 */
public enum TonNetwork {
  /** The main network. */
  MAINNET("https://tonapi.io"),
  /** The test network. */
  TESTNET("https://testnet.tonapi.io");

  private final URI baseUrl;

  TonNetwork(String baseUrl) {
    this.baseUrl = URI.create(baseUrl);
  }

  /**
   * Gives tonapi's address for this network.
   *
   * @return an https URL
   */
  public URI baseUrl() {
    return baseUrl;
  }

  /**
   * Gives the name as an option spells it.
   *
   * @return {@code mainnet} or {@code testnet}
   */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Finds a network.
   *
   * @param id as {@link #id()} gives it
   * @return the network, if there is one of that name
   */
  public static Optional<TonNetwork> of(String id) {
    return Arrays.stream(values()).filter(network -> network.id().equals(id)).findFirst();
  }
}
