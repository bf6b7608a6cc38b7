package io.x0tta6bl4.payment;

import java.util.regex.Pattern;

/**
 * The one id of one transfer, for ever: what a ledger claims.
 *
 * <p>On Tron the index is that of the transfer's log within its transaction, 0 for the native coin. On TON it is 0 and the
 * transaction is the one on the recipient's account. Immutable and thread-safe.
 *
 * @param chain id of the chain, as in {@link Asset#chain()}
 * @param transactionHash 32 bytes in lower-case hex, 64 characters
 * @param index position within the transaction, 0 or more
 * @since 0.1.0
 */
public record TransferId(String chain, String transactionHash, int index) {

  private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

  /**
   * Checks the parts.
   *
   * @throws IllegalArgumentException if the hash is not 64 characters of lower-case hex or the index is negative
   */
  public TransferId {
    if (!HASH.matcher(transactionHash).matches()) {
      throw new IllegalArgumentException(
          "transaction hash '" + transactionHash + "': expected 64 characters of lower-case hex");
    }
    if (index < 0) {
      throw new IllegalArgumentException("transfer index " + index + ": expected 0 or more");
    }
  }

  /** Gives the id as one word, for instance {@code tron:0130...ea99:0}. */
  @Override
  public String toString() {
    return chain + ":" + transactionHash + ":" + index;
  }
}
