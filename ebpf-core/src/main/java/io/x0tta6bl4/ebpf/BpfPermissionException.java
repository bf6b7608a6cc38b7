package io.x0tta6bl4.ebpf;

/**
 * The process may not do what was asked: a capability is missing, or something between it and the kernel (a container's
 * seccomp profile, kernel lockdown) says no. The message says which.
 *
 * @since 0.1.0
 */
public final class BpfPermissionException extends BpfException {

  private static final long serialVersionUID = 1;

  BpfPermissionException(String message, int errno, String libbpfLog) {
    super(message, errno, libbpfLog, null);
  }
}
