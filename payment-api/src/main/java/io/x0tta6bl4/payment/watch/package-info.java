/**
 * Orders are watched, and each payment is credited exactly once: {@link io.x0tta6bl4.payment.watch.PaymentDesk} opens orders,
 * {@link io.x0tta6bl4.payment.watch.PaymentWatcher} scans their wallets,
 * {@link io.x0tta6bl4.payment.watch.EventDelivery} tells listeners what happened.
 *
 * {@snippet class="io.x0tta6bl4.payment.ExamplesTest" region="watch"}
 *
 * <p>The source is that of {@link io.x0tta6bl4.payment.PaymentVerifiers#source}. Close in this order: the watcher, the delivery, the
 * source, the ledger.
 */
@NullMarked
package io.x0tta6bl4.payment.watch;

import org.jspecify.annotations.NullMarked;
