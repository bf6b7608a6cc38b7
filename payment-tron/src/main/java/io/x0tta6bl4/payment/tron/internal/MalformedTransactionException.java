package io.x0tta6bl4.payment.tron.internal;

/** A transaction that is not what it says it is. */
final class MalformedTransactionException extends Exception {
  private static final long serialVersionUID = 1L;

  MalformedTransactionException(String message) {
    super(message);
  }
}
