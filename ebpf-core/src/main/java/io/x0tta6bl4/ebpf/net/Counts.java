package io.x0tta6bl4.ebpf.net;

/**
 * How much traffic there was.
 *
 * @param packets how many
 * @param bytes the Ethernet header included, the checksum behind the frame not
 * @since 0.1.0
 */
public record Counts(long packets, long bytes) {

  /** Nothing. */
  public static final Counts NONE = new Counts(0, 0);

  /**
   * Adds.
   *
   * @param other to add
   * @return the sum
   */
  public Counts plus(Counts other) {
    return new Counts(packets + other.packets, bytes + other.bytes);
  }
}
