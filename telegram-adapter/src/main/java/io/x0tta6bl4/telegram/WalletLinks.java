package io.x0tta6bl4.telegram;

import io.x0tta6bl4.payment.ledger.Order;
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
  WalletLinks NONE = order -> Optional.empty();

  /** Knows Tonkeeper's links for orders on TON, and nothing for other chains, whose wallets have no common link. */
  WalletLinks TON = order -> TonLinks.of(order.request());

  /**
   * Makes a link.
   *
   * @param order what is to be paid
   * @return an https address that fits on a button; empty where there is none
   */
  Optional<URI> link(Order order);
}
