/**
 * Payments on Tron. {@link io.x0tta6bl4.payment.tron.TronVerifierProvider} is found by
 * {@link io.x0tta6bl4.payment.PaymentVerifiers}; {@link io.x0tta6bl4.payment.tron.TronNetwork} names the networks.
 *
 * {@snippet class="io.x0tta6bl4.payment.tron.ReadmeExampleTest" region="ask"}
 */
@NullMarked
package io.x0tta6bl4.payment.tron;

import org.jspecify.annotations.NullMarked;
