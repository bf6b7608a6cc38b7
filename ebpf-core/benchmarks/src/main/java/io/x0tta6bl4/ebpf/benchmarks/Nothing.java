package io.x0tta6bl4.ebpf.benchmarks;

/** What a JVM takes by itself, to start and to print a line. */
final class Nothing {

  private Nothing() {}

  /**
   * Prints a line like that of {@link FirstCount}.
   *
   * @param args ignored
   */
  public static void main(String[] args) {
    long start = System.nanoTime();
    System.out.println(System.nanoTime() - start + " 0");
  }
}
