package io.x0tta6bl4.payment.tron;

import io.x0tta6bl4.payment.Asset;
import java.net.URI;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * The Tron networks that TronGrid serves (<a href="https://developers.tron.network/docs/networks">Tron networks</a>).
 *
 * @since 0.1.0
 */
public enum TronNetwork {
  /** The main network. */
  MAINNET("https://api.trongrid.io", Asset.USDT_TRC20),
  /** The Nile test network. */
  NILE("https://nile.trongrid.io", testToken("TXLAQ63Xg1NAzckPwKHvzw7CSEmLMEqcdj")),
  /** The Shasta test network. */
  SHASTA("https://api.shasta.trongrid.io", testToken("TX8ZUpucJYgHb8wBFQYuYSJ459og32AHWW"));

  private final URI baseUrl;
  /** A record of immutable parts, which the checker cannot see across artefacts. */
  @SuppressWarnings("ImmutableEnumChecker")
  private final Asset usdt;

  TronNetwork(String baseUrl, Asset usdt) {
    this.baseUrl = URI.create(baseUrl);
    this.usdt = usdt;
  }

  /**
   * Gives TronGrid's address for this network.
   *
   * @return an https URL
   */
  public URI baseUrl() {
    return baseUrl;
  }

  /**
   * Gives the network's USDT.
   *
   * @return the token; on a test network one that stands for it, with 6 decimals
   */
  public Asset usdt() {
    return usdt;
  }

  /**
   * Gives the name as an option spells it.
   *
   * @return {@code mainnet}, {@code nile} or {@code shasta}
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
  public static Optional<TronNetwork> of(String id) {
    return Arrays.stream(values()).filter(network -> network.id().equals(id)).findFirst();
  }

  private static Asset testToken(String contract) {
    return new Asset("tron", "USDT", contract, 6);
  }
}
