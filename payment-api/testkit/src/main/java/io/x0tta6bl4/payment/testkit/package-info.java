/**
 * Fakes and the contract. {@link io.x0tta6bl4.payment.testkit.InMemoryChain} is paid into,
 * {@link io.x0tta6bl4.payment.testkit.InMemoryPaymentVerifier} verifies it by the real rules, and
 * {@link io.x0tta6bl4.payment.testkit.PaymentVerifierContract} is what every verifier must pass.
 */
@NullMarked
package io.x0tta6bl4.payment.testkit;

import org.jspecify.annotations.NullMarked;
