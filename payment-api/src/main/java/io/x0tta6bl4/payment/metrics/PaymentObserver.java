package io.x0tta6bl4.payment.metrics;

import io.x0tta6bl4.payment.http.RequestObserver;
import io.x0tta6bl4.payment.ledger.Wallet;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Is told what verifiers, watchers and deliveries do, for metrics. Implementations are thread-safe, fast and throw nothing;
 * new methods come with defaults.
 *
 * @since 0.1.0
 */
public interface PaymentObserver extends RequestObserver {

  /** Takes no notice. */
  PaymentObserver NONE = new PaymentObserver() {};

  /**
   * A verdict was given.
   *
   * @param chain id of the chain
   * @param outcome the verdict's status in lower case, for instance {@code verified} or {@code not_found}
   */
  default void verified(String chain, String outcome) {}

  /**
   * A wallet was scanned by a watcher.
   *
   * @param wallet which
   * @param outcome {@code whole}, {@code partial}, {@code stale}, {@code failed} (the provider did) or {@code unsaved} (the ledger
   *     failed: what was found is not claimed, and is read again)
   * @param took how long it took
   * @param readUntil up to which instant the wallet is read now; {@code null} before the first whole scan
   */
  default void scanned(Wallet wallet, String outcome, Duration took, @Nullable Instant readUntil) {}

  /**
   * A watcher has given a wallet up: others scan it, or nobody needs to.
   *
   * @param wallet which
   */
  default void unwatched(Wallet wallet) {}

  /**
   * A transfer was claimed for an order.
   *
   * @param chain id of the chain
   * @param role the {@link io.x0tta6bl4.payment.ledger.ClaimRole} in lower case
   */
  default void claimed(String chain, String role) {}

  /**
   * An order was credited with less than its amount, within the tolerance.
   *
   * @param chain id of the chain
   */
  default void toleranceUsed(String chain) {}

  /**
   * A listener was told an event, or could not be.
   *
   * @param listener its name
   * @param outcome {@code delivered} or {@code failed}
   * @param age from the event to now
   */
  default void delivered(String listener, String outcome, Duration age) {}
}
