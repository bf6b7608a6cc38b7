package io.x0tta6bl4.payment.metrics;

import io.x0tta6bl4.payment.http.RequestObserver;
import java.time.Duration;

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
   * @param chain id of the chain
   * @param outcome {@code whole}, {@code partial}, {@code stale} or {@code failed}
   * @param took how long it took
   * @param lag from the instant up to which the wallet is read to now
   */
  default void scanned(String chain, String outcome, Duration took, Duration lag) {}

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
