package io.x0tta6bl4.payment.ledger;

/**
 * An event that one listener is still to be told, lent to one process for a while. Immutable and thread-safe.
 *
 * @param listener name of the listener
 * @param event what to tell
 * @param attempts how often it was tried before
 * @param sequence its place in the outbox
 * @since 0.1.0
 */
public record Delivery(String listener, PaymentEvent event, int attempts, long sequence) {}
