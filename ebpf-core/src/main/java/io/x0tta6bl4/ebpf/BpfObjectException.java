package io.x0tta6bl4.ebpf;

import org.jspecify.annotations.Nullable;

/**
 * A file is not a BPF object that this machine can load: it is no ELF file, was cut, is of another byte order or machine, or
 * libbpf cannot make sense of it. The kernel was not asked.
 *
 * @since 0.1.0
 */
public final class BpfObjectException extends BpfException {

  private static final long serialVersionUID = 1;

  /**
   * For this library's own use.
   *
   * @param message what is wrong
   * @param cause or {@code null}
   * @param libbpfLog what libbpf said
   */
  public BpfObjectException(String message, @Nullable Throwable cause, String libbpfLog) {
    super(message, 0, libbpfLog, cause);
  }
}
