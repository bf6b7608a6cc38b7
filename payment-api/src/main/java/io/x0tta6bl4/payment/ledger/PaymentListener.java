package io.x0tta6bl4.payment.ledger;

/**
 * Is told what happened, at least once, in order for each order.
 *
 * <p>An event is told again, after a growing pause, if the method throws or the process dies in it; so a listener that must not
 * act twice remembers {@link PaymentEvent#id()}. Later events of the same order wait meanwhile; those of other orders, and
 * other listeners, do not. Called on several threads at once for different orders.
 *
 * @since 0.1.0
 */
public interface PaymentListener {

  /**
   * Gives the name under which the ledger keeps what is still to be told. The same name in another process is the same
   * listener: each event goes to one of them.
   *
   * @return {@code [a-z0-9-]}, 1 to 64 characters, the same for ever
   */
  String name();

  /**
   * Takes an event.
   *
   * @param event what happened
   * @throws Exception if it could not be taken; it is told again
   */
  void onEvent(PaymentEvent event) throws Exception;
}
