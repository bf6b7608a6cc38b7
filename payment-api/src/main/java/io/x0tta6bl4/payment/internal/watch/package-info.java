/**
 * How orders are watched, without threads: {@link io.x0tta6bl4.payment.internal.watch.WalletScanner} reads a wallet,
 * {@link io.x0tta6bl4.payment.internal.watch.OrderIndexer} tells whose a transfer is,
 * {@link io.x0tta6bl4.payment.internal.watch.Planner} what it means for the order, and
 * {@link io.x0tta6bl4.payment.internal.watch.Bookkeeper} writes it down.
 */
@NullMarked
package io.x0tta6bl4.payment.internal.watch;

import org.jspecify.annotations.NullMarked;
