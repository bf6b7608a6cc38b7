package io.x0tta6bl4.payment;

import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A coin or a token on one chain, as pinned by the shop.
 *
 * <p>An asset is never built from what a provider answers: name, symbol and decimals in a response prove nothing.
 * Immutable and thread-safe.
 *
 * @param chain id of the chain, lower case, for instance {@code tron}
 * @param symbol short name for people, 1 to 32 characters
 * @param contract token contract or jetton master in the chain's canonical spelling; {@code null} for the native coin
 * @param decimals digits behind the decimal point of one whole unit, 0 to 77
 * @since 0.1.0
 */
public record Asset(String chain, String symbol, @Nullable String contract, int decimals) {

  // Above the constants of this type, whose constructor needs it.
  private static final Pattern CHAIN = Pattern.compile("[a-z0-9-]{1,32}");

  /** Largest number of decimals: a 256-bit amount has 78 digits. */
  private static final int MAX_DECIMALS = 77;

  /** The native coin of Tron; its atomic unit is the sun. */
  public static final Asset TRX = new Asset("tron", "TRX", null, 6);

  /** Tether USD on Tron (TRC20), main network. */
  public static final Asset USDT_TRC20 =
      new Asset("tron", "USDT", "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t", 6);

  /** The native coin of TON; its atomic unit is the nanoton. */
  public static final Asset TON = new Asset("ton", "TON", null, 9);

  /** Tether USD on TON (jetton), main network. */
  public static final Asset USDT_JETTON =
      new Asset("ton", "USDT", "0:b113a994b5024a16719f69139328eb759596c38a25f59028b146fecdc3621dfe", 6);

  /**
   * Checks the parts.
   *
   * @throws IllegalArgumentException if a part is outside its range; the message names it
   */
  public Asset {
    if (!CHAIN.matcher(chain).matches()) {
      throw new IllegalArgumentException("chain '" + chain + "': expected 1 to 32 characters of [a-z0-9-]");
    }
    if (symbol.isBlank() || symbol.length() > 32) {
      throw new IllegalArgumentException("symbol '" + symbol + "': expected 1 to 32 characters");
    }
    if (contract != null && contract.isBlank()) {
      throw new IllegalArgumentException("contract is blank: expected an address, or null for the native coin");
    }
    if (decimals < 0 || decimals > MAX_DECIMALS) {
      throw new IllegalArgumentException("decimals " + decimals + ": expected 0 to " + MAX_DECIMALS);
    }
  }

  /**
   * Tells whether this is the coin of the chain itself.
   *
   * @return {@code true} if there is no contract
   */
  public boolean isNative() {
    return contract == null;
  }

  /**
   * Tells whether the other asset is the same thing on the chain, whatever it is called.
   *
   * @param other the asset to compare with
   * @return {@code true} if chain and contract are equal
   */
  public boolean isSameToken(Asset other) {
    return chain.equals(other.chain) && Objects.equals(contract, other.contract);
  }
}
