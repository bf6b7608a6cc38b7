package io.x0tta6bl4.payment.spi;

import io.x0tta6bl4.payment.Transfer;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a source read of a wallet.
 *
 * @param transfers the transfers of the query, each once, final and pending ones, failed ones left out; in chain order as far
 *     as the source knows it
 * @param coverage whether the whole window was read
 * @param unreadable one sentence for each row that could not be read: counted, told, and otherwise without effect
 * @since 0.1.0
 */
public record Scan(List<Transfer> transfers, Coverage coverage, List<String> unreadable) {

  /** Copies the lists. */
  public Scan {
    transfers = List.copyOf(transfers);
    unreadable = List.copyOf(unreadable);
  }

  /** How much of its window a scan read. */
  public sealed interface Coverage {

    /** All of it, and the provider is up with the chain. */
    record Whole() implements Coverage {}

    /**
     * Not all of it: too many pages, or the provider failed on the way.
     *
     * @param detail what is missing, and why
     * @param readUntil up to which block time all was read nevertheless: each transfer of the query up to then must be among the
     *     scan's, since a watcher believes it, and the next scan goes on from there; {@code null} if that is not known, and a watcher
     *     reads the same again
     */
    record Partial(String detail, @Nullable Instant readUntil) implements Coverage {

      /**
       * Makes the coverage of a scan of which nothing is known to be whole.
       *
       * @param detail what is missing, and why
       */
      public Partial(String detail) {
        this(detail, null);
      }
    }

    /**
     * All that the provider has, but it is behind the chain.
     *
     * @param detail how far
     */
    record Stale(String detail) implements Coverage {}
  }

  /** The whole window was read. */
  public static final Coverage WHOLE = new Coverage.Whole();
}
