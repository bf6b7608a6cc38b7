package io.x0tta6bl4.ebpf.benchmarks;

import io.x0tta6bl4.ebpf.net.PacketCounter;

/** What a first user does: attach, read, say it. */
final class FirstCount {

  private FirstCount() {}

  /**
   * Counts, and prints the nanoseconds from its first line to the first count.
   *
   * @param args the interface
   */
  public static void main(String[] args) {
    long start = System.nanoTime();
    try (PacketCounter counter = PacketCounter.attach(args[0])) {
      long packets = counter.read().packets();
      long time = System.nanoTime() - start;
      System.out.println(time + " " + packets);
    }
  }
}
