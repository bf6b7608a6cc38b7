package io.x0tta6bl4.payment.testkit;

/**
 * How the provider of an {@link InMemoryChain} behaves.
 *
 * @since 0.1.0
 */
public enum ProviderState {
  /** It answers. */
  HEALTHY,
  /** It does not answer, or answers with errors. */
  DOWN,
  /** It refuses for 30 seconds because of too many requests. */
  RATE_LIMITED,
  /** It answers, but its newest block is ten minutes old. */
  BEHIND,
  /** Its listing breaks off behind the earliest transaction of the window; single transactions are answered. */
  TRUNCATING
}
