/**
 * How TronGrid speaks: {@link io.x0tta6bl4.payment.tron.internal.TronGrid} asks, the readers turn bytes into records,
 * {@link io.x0tta6bl4.payment.tron.internal.TronTransferSource} puts the transfers together.
 */
@NullMarked
package io.x0tta6bl4.payment.tron.internal;

import org.jspecify.annotations.NullMarked;
