package io.x0tta6bl4.payment.spi;

/**
 * Tells a listener that something may have happened on a wallet, so that it is scanned at once in place of at the next tick.
 *
 * <p>What is pushed is only a hint: it may be late, repeated, missing or wrong, and the scan decides. Made by
 * {@link PaymentVerifierProvider#activity}. Thread-safe.
 *
 * @since 0.1.0
 */
public interface ActivityFeed extends AutoCloseable {

  /** Hears the hints, on a thread of the feed; should return soon. An exception is logged and otherwise ignored. */
  @FunctionalInterface
  interface Listener {

    /**
     * Something may have happened.
     *
     * @param wallet the wallet, in the spelling in which it was given to {@link PaymentVerifierProvider#activity}
     */
    void somethingHappened(String wallet);
  }

  /**
   * Tells whether the provider is pushing now. While it is not, hints for all wallets come at intervals of at most 30
   * seconds, as by polling.
   *
   * @return {@code true} while the connection stands
   */
  boolean isLive();

  /** Stops; no hint comes afterwards, except one that is under way. Idempotent. */
  @Override
  void close();
}
