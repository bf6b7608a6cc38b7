/**
 * The words of a payment check and its entry.
 *
 * <p>{@link io.x0tta6bl4.payment.PaymentVerifiers} makes a {@link io.x0tta6bl4.payment.PaymentVerifier}; it is asked with
 * a {@link io.x0tta6bl4.payment.PaymentRequest} and answers with a {@link io.x0tta6bl4.payment.Verification}. Money is an
 * {@link io.x0tta6bl4.payment.Amount} of an {@link io.x0tta6bl4.payment.Asset}: whole atomic units, never a binary
 * fraction.
 *
 * {@snippet class="io.x0tta6bl4.payment.ExamplesTest" region="ask"}
 *
 * <p>Whoever has many orders lets {@link io.x0tta6bl4.payment.watch} ask, and {@link io.x0tta6bl4.payment.ledger} remember.
 */
@NullMarked
package io.x0tta6bl4.payment;

import org.jspecify.annotations.NullMarked;
