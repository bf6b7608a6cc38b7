package io.x0tta6bl4.payment.ton.internal;

/** A message whose body is not what the provider says it is. */
final class MalformedMessageException extends Exception {
  private static final long serialVersionUID = 1L;

  MalformedMessageException(String message) {
    super(message);
  }
}
