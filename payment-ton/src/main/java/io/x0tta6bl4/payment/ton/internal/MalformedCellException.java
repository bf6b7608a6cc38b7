package io.x0tta6bl4.payment.ton.internal;

/** Bytes that are no bag of cells, or cells that are not what their opcode says. */
final class MalformedCellException extends Exception {
  private static final long serialVersionUID = 1L;

  MalformedCellException(String message) {
    super(message);
  }
}
