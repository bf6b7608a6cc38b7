package io.x0tta6bl4.payment.ledger;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How far a wallet was read. Immutable and thread-safe.
 *
 * @param readUntil every transfer in a block up to this instant was read and dealt with; {@code null} before the first scan
 * @param troubleSince since when the provider fails; {@code null} while it works
 * @since 0.1.0
 */
public record WalletProgress(@Nullable Instant readUntil, @Nullable Instant troubleSince) {

  /** Nothing was read yet. */
  public static final WalletProgress NONE = new WalletProgress(null, null);

  /**
   * Gives how far the wallet was read.
   *
   * @return the instant; empty before the first scan
   */
  public Optional<Instant> cursor() {
    return Optional.ofNullable(readUntil);
  }
}
