/**
 * Payments on TON. {@link io.x0tta6bl4.payment.ton.TonVerifierProvider} is found by
 * {@link io.x0tta6bl4.payment.PaymentVerifiers}; {@link io.x0tta6bl4.payment.ton.TonNetwork} names the networks.
 */
@NullMarked
package io.x0tta6bl4.payment.ton;

import org.jspecify.annotations.NullMarked;
