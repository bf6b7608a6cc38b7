package io.x0tta6bl4.ebpf;

import java.time.Duration;

/**
 * What a program did with a packet that it was given by {@link BpfProgram#testRun}. Immutable.
 *
 * @since 0.1.0
 */
public final class TestRun {

  private final int returnValue;
  private final byte[] packet;
  private final Duration average;

  TestRun(int returnValue, byte[] packet, Duration average) {
    this.returnValue = returnValue;
    this.packet = packet;
    this.average = average;
  }

  /**
   * What the program returned.
   *
   * @return for instance 2 for {@code XDP_PASS}, -1 for {@code TC_ACT_UNSPEC}
   */
  public int returnValue() {
    return returnValue;
  }

  /**
   * The packet as the program left it.
   *
   * @return a copy
   */
  public byte[] packet() {
    return packet.clone();
  }

  /**
   * The average time of a run, as the kernel measured it.
   *
   * @return whole nanoseconds
   */
  public Duration average() {
    return average;
  }

  @Override
  public String toString() {
    return "returned " + returnValue + ", " + packet.length + " bytes, " + average.toNanos() + " ns";
  }
}
