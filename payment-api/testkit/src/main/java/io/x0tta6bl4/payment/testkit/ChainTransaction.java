package io.x0tta6bl4.payment.testkit;

import io.x0tta6bl4.payment.Amount;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/**
 * A transaction on an {@link InMemoryChain}. Immutable and thread-safe.
 *
 * @param hash 64 characters of lower-case hex; a contract that renders the chain for a real wire format has its own
 * @param kind what it does
 * @param movements what it moves, one entry for each transfer; never empty
 * @param memo the bytes of the memo; empty if there is none
 * @param blockTime time of its block, in milliseconds
 * @param state what became of it
 * @since 0.1.0
 */
public record ChainTransaction(
    String hash, Kind kind, List<Movement> movements, List<Byte> memo, Instant blockTime, State state) {

  /** Copies the lists. */
  public ChainTransaction {
    movements = List.copyOf(movements);
    memo = List.copyOf(memo);
  }

  /**
   * Gives the memo.
   *
   * @return a copy of its bytes
   */
  public byte[] memoBytes() {
    byte[] bytes = new byte[memo.size()];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = memo.get(i);
    }
    return bytes;
  }

  /** Gives the hash, the state and the memo. */
  @Override
  public String toString() {
    return kind + " " + hash + " " + state + " '" + new String(memoBytes(), StandardCharsets.UTF_8) + "' " + movements;
  }

  /** What a transaction does. */
  public enum Kind {
    /** It moves money. */
    TRANSFER,
    /** It only allows somebody to move money. */
    APPROVAL,
    /** It makes money out of nothing. */
    MINT
  }

  /** What became of a transaction. */
  public enum State {
    /** Final, and successful. */
    SETTLED,
    /** In a block that may be replaced. */
    PENDING,
    /** Final, and failed: nothing moved. */
    FAILED,
    /** Listed, but the provider does not tell its result. */
    UNDECIDED
  }

  /**
   * One transfer.
   *
   * @param from sender
   * @param to recipient
   * @param amount what moves
   */
  public record Movement(String from, String to, Amount amount) {}
}
