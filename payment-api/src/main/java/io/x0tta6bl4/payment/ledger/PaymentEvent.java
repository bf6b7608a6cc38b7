package io.x0tta6bl4.payment.ledger;

import java.time.Instant;

/**
 * Something that happened, as listeners are told. Immutable and thread-safe.
 *
 * @since 0.1.0
 */
public sealed interface PaymentEvent permits OrderEvent, WalletEvent {

  /**
   * Gives the event's id, the same at every delivery: a listener that remembers it can drop a repeat.
   *
   * @return 1 to 400 visible ASCII characters
   */
  String id();

  /**
   * Gives what the event is about. Events of one stream are delivered in their order.
   *
   * @return {@code order/} and the order's id, or {@code wallet/} and the wallet's key
   */
  String stream();

  /**
   * Gives when it was recorded.
   *
   * @return the instant, in milliseconds
   */
  Instant at();
}
