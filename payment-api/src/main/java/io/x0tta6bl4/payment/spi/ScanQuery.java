package io.x0tta6bl4.payment.spi;

import io.x0tta6bl4.payment.Asset;
import java.time.Instant;

/**
 * Which transfers a source is asked for.
 *
 * @param recipient the wallet, in the spelling that {@link TransferSource#canonicalAddress} gives
 * @param asset what must have been received
 * @param from start of the window by block time, included
 * @param to end of the window by block time, included; ahead of the clock, so that a clock that is behind is found out
 * @param filter which of them matter; a source may leave out the others
 * @since 0.1.0
 */
public record ScanQuery(String recipient, Asset asset, Instant from, Instant to, TransferFilter filter) {}
