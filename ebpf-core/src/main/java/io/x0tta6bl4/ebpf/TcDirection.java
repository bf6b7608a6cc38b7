package io.x0tta6bl4.ebpf;

/**
 * Which packets of an interface a TC program sees.
 *
 * @since 0.1.0
 */
public enum TcDirection {

  /** Those that come in. */
  INGRESS("ingress"),

  /** Those that go out. */
  EGRESS("egress");

  private final String label;

  TcDirection(String label) {
    this.label = label;
  }

  /**
   * The direction as in command lines and metrics.
   *
   * @return lower case
   */
  public String label() {
    return label;
  }
}
