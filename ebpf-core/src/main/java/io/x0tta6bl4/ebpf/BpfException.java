package io.x0tta6bl4.ebpf;

import io.x0tta6bl4.ebpf.internal.Errno;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A BPF operation failed. The subtypes say why; this type itself stands for what none of them covers.
 *
 * @since 0.1.0
 */
public sealed class BpfException extends RuntimeException
    permits BpfAttachException,
        BpfObjectException,
        BpfPermissionException,
        BpfUnsupportedException,
        BpfVerifierException,
        LibbpfUnavailableException {

  private static final long serialVersionUID = 1;

  /** Positive, or 0 if the kernel was not asked. */
  private final int errno;

  /** What libbpf said. */
  private final String libbpfLog;

  BpfException(String message, int errno, String libbpfLog, @Nullable Throwable cause) {
    super(message + (errno == 0 ? "" : " (" + Errno.text(errno) + ")") + lastLine(libbpfLog), cause);
    this.errno = errno;
    this.libbpfLog = libbpfLog;
  }

  /**
   * The kernel's error number.
   *
   * @return positive, or empty if the failure did not come from the kernel or from libbpf
   */
  public final OptionalInt errno() {
    return errno == 0 ? OptionalInt.empty() : OptionalInt.of(errno);
  }

  /**
   * What libbpf said during the operation.
   *
   * @return lines, empty if it said nothing
   */
  public final String libbpfLog() {
    return libbpfLog;
  }

  private static String lastLine(String log) {
    String stripped = log.strip();
    return stripped.isEmpty() ? "" : "; libbpf: " + stripped.substring(stripped.lastIndexOf('\n') + 1);
  }
}
