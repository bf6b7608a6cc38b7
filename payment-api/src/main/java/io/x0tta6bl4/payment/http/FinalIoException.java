package io.x0tta6bl4.payment.http;

import java.io.IOException;

/** A failure below HTTP that another attempt would only repeat. */
final class FinalIoException extends IOException {
  private static final long serialVersionUID = 1L;

  FinalIoException(String message) {
    super(message);
  }
}
