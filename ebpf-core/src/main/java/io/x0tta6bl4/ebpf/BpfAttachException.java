package io.x0tta6bl4.ebpf;

/**
 * A program could not be attached to an interface. The message says who is in the way where somebody is.
 *
 * @since 0.1.0
 */
public final class BpfAttachException extends BpfException {

  private static final long serialVersionUID = 1;

  /** The interface's name. */
  private final String device;

  BpfAttachException(String device, String message, int errno, String libbpfLog) {
    super(message, errno, libbpfLog, null);
    this.device = device;
  }

  /**
   * The interface.
   *
   * @return its name
   */
  public String device() {
    return device;
  }
}
