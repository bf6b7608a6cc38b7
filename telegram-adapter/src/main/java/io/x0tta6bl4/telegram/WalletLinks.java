package io.x0tta6bl4.telegram;

import io.x0tta6bl4.payment.PaymentRequest;
import io.x0tta6bl4.telegram.internal.talk.TonLinks;
import java.net.URI;
import java.util.Optional;

/**
 * Finds the address that opens a buyer's wallet with recipient, amount and memo filled in. Thread-safe.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface WalletLinks {

  /** Knows no wallet. */
  WalletLinks NONE = request -> Optional.empty();

  /** Knows Tonkeeper's links for payments on TON, and nothing for other chains, whose wallets have no common link. */
  WalletLinks TON = TonLinks::of;

  /**
   * Makes a link.
   *
   * @param request what is to be paid now
   * @return an https address that fits on a button; empty where there is none
   */
  Optional<URI> link(PaymentRequest request);
}
