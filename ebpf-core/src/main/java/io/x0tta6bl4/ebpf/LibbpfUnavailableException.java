package io.x0tta6bl4.ebpf;

import org.jspecify.annotations.Nullable;

/**
 * The library {@code libbpf.so.1} is not there, or it is older than 1.0. The message names the package to install.
 *
 * @since 0.1.0
 */
public final class LibbpfUnavailableException extends BpfException {

  private static final long serialVersionUID = 1;

  /**
   * For this library's own use.
   *
   * @param message what was looked for, and how to get it
   * @param cause or {@code null}
   */
  public LibbpfUnavailableException(String message, @Nullable Throwable cause) {
    super(message, 0, "", cause);
  }
}
