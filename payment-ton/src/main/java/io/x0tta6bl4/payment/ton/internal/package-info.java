/**
 * How tonapi speaks: {@link io.x0tta6bl4.payment.ton.internal.TonApi} asks, the readers turn bytes into records,
 * {@link io.x0tta6bl4.payment.ton.internal.TonTransferSource} puts the transfers together.
 */
@NullMarked
package io.x0tta6bl4.payment.ton.internal;

import org.jspecify.annotations.NullMarked;
