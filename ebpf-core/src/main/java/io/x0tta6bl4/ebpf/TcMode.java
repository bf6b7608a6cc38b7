package io.x0tta6bl4.ebpf;

/**
 * How a TC program is attached.
 *
 * @since 0.1.0
 */
public enum TcMode {

  /** TCX where the kernel has it, else clsact. Which of them it became is told by {@link BpfLink#mode()}. */
  AUTO("auto"),

  /** A link of the kernel (6.6 or later): it ends with the process, whatever ends that. */
  TCX("tcx"),

  /**
   * A filter of the {@code clsact} queueing discipline. It outlives a process that is killed; the next one that attaches
   * replaces it. Only our own filter is ever touched; the queueing discipline stays, since other filters may hang on it.
   */
  CLSACT("clsact");

  private final String label;

  TcMode(String label) {
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
