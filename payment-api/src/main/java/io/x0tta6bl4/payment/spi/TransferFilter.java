package io.x0tta6bl4.payment.spi;

import io.x0tta6bl4.payment.Amount;
import io.x0tta6bl4.payment.Memo;
import org.jspecify.annotations.Nullable;

/**
 * Tells a source whether a transfer may matter to anybody, so that it need not pay for another look-up if not. Thread-safe.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface TransferFilter {

  /** Everything matters. */
  TransferFilter ALL = (amount, memo) -> true;

  /**
   * Tells whether a transfer may matter.
   *
   * @param amount what was received
   * @param memo the memo, or {@code null} while it is not known
   * @return {@code false} only if it cannot change any verdict
   */
  boolean mayMatter(Amount amount, @Nullable Memo memo);
}
