package io.x0tta6bl4.payment.ton.internal;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A transaction as tonapi gives it, schema {@code Transaction} of its OpenAPI description. The {@code raw} of the whole is
 * not read.
 *
 * @param hash 64 characters of lower-case hex
 * @param lt logical time
 * @param account whose it is, raw
 * @param success whether computing and acting succeeded; says nothing of the money
 * @param utime time of its block in seconds
 * @param credit {@code credit_phase.credit} in nanoton; 0 without that phase
 * @param bouncePhase {@code bounce_phase}; {@code null} without that phase
 * @param previousLt logical time of the account's transaction before this one; 0 if this is the first
 * @param previousHash its hash; {@code null} if this is the first
 * @param in the message that caused it; {@code null} for those that the chain causes itself
 * @param out the messages that it sent, where they were read
 */
record TonTransaction(
    String hash,
    long lt,
    String account,
    boolean success,
    long utime,
    long credit,
    @Nullable String bouncePhase,
    long previousLt,
    @Nullable String previousHash,
    @Nullable Message in,
    List<OutMessage> out) {

  /** The money went back to its sender. */
  private static final String BOUNCED_BACK = "TrPhaseBounceOk";

  /**
   * A message that a transaction sent.
   *
   * @param hash the message's, by which the transaction that it causes is found
   * @param destination who gets it, raw; {@code null} for external ones
   * @param value nanoton
   */
  record OutMessage(@Nullable String hash, @Nullable String destination, long value) {}

  boolean wasBouncedBack() {
    return BOUNCED_BACK.equals(bouncePhase);
  }
}
