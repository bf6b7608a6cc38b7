package io.x0tta6bl4.payment.ledger;

import io.x0tta6bl4.payment.MatchMode;
import java.math.BigInteger;
import java.time.Instant;

/**
 * As much of an order as a watcher keeps in memory. Immutable and thread-safe.
 *
 * @param orderId the order
 * @param position its place in the order in which the wallet's orders were opened, 1 or more
 * @param matchMode how a transfer is recognised as its payment
 * @param leastUnits smallest amount that is enough, in atomic units
 * @param mostUnits largest amount that is not too much, in atomic units
 * @param notBefore no payment in an earlier block counts: the order's own instant, or that of its opening less the
 *     maximum age, whichever is later
 * @param openedAt when it was opened
 * @param watchedUntil until when it is watched
 * @since 0.1.0
 */
public record WatchedOrder(
    String orderId,
    long position,
    MatchMode matchMode,
    BigInteger leastUnits,
    BigInteger mostUnits,
    Instant notBefore,
    Instant openedAt,
    Instant watchedUntil) {}
