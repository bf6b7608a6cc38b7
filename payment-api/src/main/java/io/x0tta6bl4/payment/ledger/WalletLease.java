package io.x0tta6bl4.payment.ledger;

import java.time.Instant;

/**
 * The right of one watcher to scan one wallet for a while. Immutable and thread-safe.
 *
 * @param wallet the wallet
 * @param owner who has it
 * @param epoch grows each time that the wallet changes hands, so that what a former owner saves late is refused
 * @param until when it ends unless it is renewed
 * @param progress how far the wallet was read when the lease was given
 * @since 0.1.0
 */
public record WalletLease(Wallet wallet, String owner, long epoch, Instant until, WalletProgress progress) {}
