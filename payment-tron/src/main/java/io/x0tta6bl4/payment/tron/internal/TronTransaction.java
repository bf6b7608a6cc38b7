package io.x0tta6bl4.payment.tron.internal;

import java.util.HexFormat;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A transaction as the provider gives it: what it claims, and the bytes that prove it.
 *
 * @param txId what the provider calls it, 64 characters of lower-case hex; {@code null} if it does not say
 * @param result {@code ret[0].contractRet}; {@code null} while the provider does not say
 * @param raw the bytes of {@code raw_data_hex}; {@code null} if they are missing
 * @param blockTime {@code block_timestamp} in milliseconds; 0 where the answer has none
 */
@SuppressWarnings("ArrayRecordComponent")
record TronTransaction(@Nullable String txId, @Nullable String result, byte @Nullable [] raw, long blockTime) {

  static final String SUCCESS = "SUCCESS";

  /**
   * Decodes the bytes without checking their hash.
   *
   * @throws MalformedTransactionException if they are missing or no transaction
   */
  RawTransaction decode() throws MalformedTransactionException {
    if (raw == null) {
      throw new MalformedTransactionException("raw_data_hex is missing");
    }
    return RawTransaction.decode(raw);
  }

  /**
   * Checks that the bytes are those of a transaction: their SHA-256 is its id.
   *
   * @throws MalformedTransactionException if they are of another one
   */
  void checkHash(String expected) throws MalformedTransactionException {
    if (!hashesTo(expected)) {
      throw new MalformedTransactionException("raw_data_hex does not hash to the id of the transaction");
    }
    if (txId != null && !txId.equals(expected)) {
      // Without the id, which is the provider's text.
      throw new MalformedTransactionException("the answer is for another transaction");
    }
  }

  /** Tells whether another row of the same transaction agrees with this one. */
  boolean saysTheSameAs(TronTransaction other) {
    return blockTime == other.blockTime && Objects.equals(result, other.result);
  }

  /** Tells whether the bytes are those of the transaction. */
  boolean hashesTo(String expected) {
    return raw != null && HexFormat.of().formatHex(Sha256.of(raw)).equals(expected);
  }
}
