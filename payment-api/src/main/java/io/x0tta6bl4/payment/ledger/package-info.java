/**
 * The memory of a shop: {@link io.x0tta6bl4.payment.ledger.PaymentLedger} holds orders, claims and the outbox, in memory by
 * {@link io.x0tta6bl4.payment.ledger.InMemoryPaymentLedger}, in H2 or PostgreSQL by
 * {@link io.x0tta6bl4.payment.ledger.JdbcPaymentLedger}. {@link io.x0tta6bl4.payment.ledger.PaymentListener} is who is told.
 */
@NullMarked
package io.x0tta6bl4.payment.ledger;

import org.jspecify.annotations.NullMarked;
