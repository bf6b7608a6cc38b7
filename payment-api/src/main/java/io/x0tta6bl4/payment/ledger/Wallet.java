package io.x0tta6bl4.payment.ledger;

import io.x0tta6bl4.payment.Asset;
import io.x0tta6bl4.payment.PaymentRequest;
import org.jspecify.annotations.Nullable;

/**
 * One asset at one address: what is scanned at once, and what a replica leases. Immutable and thread-safe.
 *
 * @param chain id of the chain, as in {@link Asset#chain()}
 * @param contract of the token, as in {@link Asset#contract()}; {@code null} for the native coin
 * @param address as the orders spell it; two spellings of one address are two wallets, so use the chain's canonical one
 * @since 0.1.0
 */
public record Wallet(String chain, @Nullable String contract, String address) {

  /**
   * Gives the wallet that an order is paid to.
   *
   * @param request what is expected
   * @return its recipient and asset
   */
  public static Wallet of(PaymentRequest request) {
    return new Wallet(request.asset().chain(), request.asset().contract(), request.recipient());
  }

  /**
   * Gives the wallet as one word, unique among wallets, for instance {@code tron/TR7N...Lj6t/TXyz...}.
   *
   * @return chain, contract ({@code -} for the native coin) and address between slashes
   */
  public String key() {
    return chain + "/" + (contract == null ? "-" : contract) + "/" + address;
  }

  @Override
  public String toString() {
    return key();
  }
}
