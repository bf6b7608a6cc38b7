/**
 * For those who add a chain.
 *
 * <p>Write a {@link io.x0tta6bl4.payment.spi.TransferSource}, which reads transfers and judges nothing; let a
 * {@link io.x0tta6bl4.payment.spi.PaymentVerifierProvider} make a {@link io.x0tta6bl4.payment.spi.TransferSourceVerifier} of
 * it, which has all the rules; and pass the contract tests of {@code payment-testkit}.
 */
@NullMarked
package io.x0tta6bl4.payment.spi;

import org.jspecify.annotations.NullMarked;
