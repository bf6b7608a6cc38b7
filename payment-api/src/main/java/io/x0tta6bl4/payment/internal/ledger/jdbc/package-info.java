/**
 * The ledger in a database: {@link io.x0tta6bl4.payment.internal.ledger.jdbc.Database} runs transactions, each other class
 * does one job in them.
 */
@NullMarked
package io.x0tta6bl4.payment.internal.ledger.jdbc;

import org.jspecify.annotations.NullMarked;
