/**
 * What the exported packages have in common and do not show: {@link io.x0tta6bl4.payment.internal.Providers} finds chains,
 * {@link io.x0tta6bl4.payment.internal.InterruptibleFuture} is a check that can be cancelled, and
 * {@link io.x0tta6bl4.payment.internal.Texts} makes what a stranger wrote fit to be shown.
 */
@NullMarked
package io.x0tta6bl4.payment.internal;

import org.jspecify.annotations.NullMarked;
