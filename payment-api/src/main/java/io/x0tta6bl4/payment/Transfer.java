package io.x0tta6bl4.payment;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One movement of one asset, as a chain's source read it. Immutable and thread-safe.
 *
 * @param id its one id
 * @param from who sent it, in the chain's canonical spelling; {@code null} where the chain does not say
 * @param to who received it, in the chain's canonical spelling
 * @param amount what was received (not what was sent, where a fee lies between)
 * @param memo what the payer attached
 * @param blockTime time of the block that holds it; {@code null} while it is in none
 * @param finality whether it can still be taken back
 * @param execution what became of its transaction
 * @since 0.1.0
 */
public record Transfer(
    TransferId id,
    @Nullable String from,
    String to,
    Amount amount,
    Memo memo,
    @Nullable Instant blockTime,
    Finality finality,
    Execution execution) {

  /**
   * Tells whether the money is there and stays there.
   *
   * @return {@code true} if final and credited
   */
  public boolean isSettled() {
    return finality == Finality.FINAL
        && (execution == Execution.SUCCEEDED || execution == Execution.CREDITED_BUT_FAILED);
  }
}
