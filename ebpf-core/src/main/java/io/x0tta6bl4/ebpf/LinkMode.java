package io.x0tta6bl4.ebpf;

/**
 * What an attachment came out as.
 *
 * @since 0.1.0
 */
public enum LinkMode {

  /** XDP in the driver. */
  NATIVE("native"),

  /** XDP in the network stack. */
  GENERIC("generic"),

  /** TC by a link of the kernel. */
  TCX("tcx"),

  /** TC by a filter of clsact. */
  CLSACT("clsact");

  private final String label;

  LinkMode(String label) {
    this.label = label;
  }

  /**
   * The mode as in metrics.
   *
   * @return lower case
   */
  public String label() {
    return label;
  }
}
