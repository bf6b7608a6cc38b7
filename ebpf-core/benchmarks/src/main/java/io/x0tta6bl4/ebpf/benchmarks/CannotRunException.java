package io.x0tta6bl4.ebpf.benchmarks;

/** Something that this machine lacks; the message says what, and how to get it. */
final class CannotRunException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  CannotRunException(String message) {
    super(message);
  }

  CannotRunException(String message, Throwable cause) {
    super(message, cause);
  }
}
