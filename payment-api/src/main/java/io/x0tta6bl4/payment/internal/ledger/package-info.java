/** What the ledgers share, whatever they keep their memory in. */
@NullMarked
package io.x0tta6bl4.payment.internal.ledger;

import org.jspecify.annotations.NullMarked;
