/**
 * For tests: a chain in memory, a verifier over it, time that is set by hand, and the contract that every verifier passes.
 *
 * <p>Start with {@link io.x0tta6bl4.payment.testkit.InMemoryChain}; those who add a chain extend
 * {@link io.x0tta6bl4.payment.testkit.PaymentVerifierContract}.
 */
module io.x0tta6bl4.payment.testkit {
  requires transitive io.x0tta6bl4.payment;
  requires transitive org.junit.jupiter.api;
  requires static transitive org.jspecify;

  exports io.x0tta6bl4.payment.testkit;
}
