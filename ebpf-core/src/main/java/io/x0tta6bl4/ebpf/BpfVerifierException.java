package io.x0tta6bl4.ebpf;

/**
 * The kernel's verifier refused a program.
 *
 * @since 0.1.0
 */
public final class BpfVerifierException extends BpfException {

  private static final long serialVersionUID = 1;

  /** The program's name. */
  private final String program;

  /** The verifier's whole log. */
  private final String log;

  BpfVerifierException(String program, int errno, String log, String reason, String libbpfLog) {
    super("the verifier refused program '" + program + "': " + reason, errno, "", null);
    this.program = program;
    this.log = log;
  }

  /**
   * The program that was refused.
   *
   * @return its name
   */
  public String program() {
    return program;
  }

  /**
   * The verifier's whole log.
   *
   * @return lines: instructions with the state of the registers, the reason near the end
   */
  public String verifierLog() {
    return log;
  }
}
