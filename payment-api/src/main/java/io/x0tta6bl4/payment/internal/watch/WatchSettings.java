package io.x0tta6bl4.payment.internal.watch;

import java.time.Duration;

/**
 * How a watcher works.
 *
 * @param fast between two scans of a wallet where something is going on
 * @param slow between two scans of a wallet where nothing is
 * @param fresh how long after its opening an order counts as something going on
 * @param overlap how far behind the cursor a scan begins
 * @param window how far back a scan reads at most
 * @param expiryGrace how far the cursor must be past an order's end before it expires
 * @param scanTimeout how long a scan may take
 */
public record WatchSettings(
    Duration fast,
    Duration slow,
    Duration fresh,
    Duration overlap,
    Duration window,
    Duration expiryGrace,
    Duration scanTimeout) {}
