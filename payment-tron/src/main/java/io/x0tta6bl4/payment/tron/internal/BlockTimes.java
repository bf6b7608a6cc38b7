package io.x0tta6bl4.payment.tron.internal;

/** Which numbers can be the time of a Tron block in milliseconds; seconds and microseconds cannot. */
final class BlockTimes {

  /** The genesis block of the main network, 2018-06-25. */
  private static final long FIRST = 1_529_884_800_000L;

  /** 2100-01-01. */
  private static final long LAST = 4_102_444_800_000L;

  private BlockTimes() {}

  static boolean isPlausible(long millis) {
    return millis >= FIRST && millis <= LAST;
  }
}
