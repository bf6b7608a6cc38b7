package io.x0tta6bl4.ebpf;

/**
 * This kernel, driver or machine does not have what was asked for. The message says what would have it.
 *
 * @since 0.1.0
 */
public final class BpfUnsupportedException extends BpfException {

  private static final long serialVersionUID = 1;

  BpfUnsupportedException(String message, int errno, String libbpfLog) {
    super(message, errno, libbpfLog, null);
  }
}
