/**
 * How orders are watched and listeners told.
 *
 * <p>{@link io.x0tta6bl4.payment.internal.watch.Rounds} gives each wallet its turn, on the threads of
 * {@link io.x0tta6bl4.payment.internal.watch.Workers}. What a turn does needs neither: {@link
 * io.x0tta6bl4.payment.internal.watch.WalletScanner} reads a wallet from its
 * {@link io.x0tta6bl4.payment.internal.watch.Cursor} on, {@link io.x0tta6bl4.payment.internal.watch.OrderIndexer} tells whose a
 * transfer is, {@link io.x0tta6bl4.payment.internal.watch.NamelessPayments} whom one without a memo may be meant for, {@link io.x0tta6bl4.payment.internal.watch.Planner} what it means for the order, and
 * {@link io.x0tta6bl4.payment.internal.watch.Bookkeeper} writes it down. A {@link io.x0tta6bl4.payment.internal.watch.Lane} takes
 * what was written to one listener.
 */
@NullMarked
package io.x0tta6bl4.payment.internal.watch;

import org.jspecify.annotations.NullMarked;
