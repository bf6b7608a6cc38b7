package io.x0tta6bl4.ebpf;

/**
 * Where on its way into the machine a frame meets an XDP program.
 *
 * @since 0.1.0
 */
public enum XdpMode {

  /**
   * Native where the driver can, generic where it cannot. Which of them it became is told by {@link BpfLink#mode()}. Not tried
   * again where another program is in the way.
   */
  AUTO("auto"),

  /** In the driver, before the kernel has made a packet of the frame. Fast; needs a driver that can. */
  NATIVE("native"),

  /** In the network stack; any interface can, more slowly. */
  GENERIC("generic");

  private final String label;

  XdpMode(String label) {
    this.label = label;
  }

  /**
   * The mode as in command lines and metrics.
   *
   * @return lower case
   */
  public String label() {
    return label;
  }
}
