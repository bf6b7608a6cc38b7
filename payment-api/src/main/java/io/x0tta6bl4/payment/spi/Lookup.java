package io.x0tta6bl4.payment.spi;

import io.x0tta6bl4.payment.Transfer;
import java.util.List;

/**
 * What a source found of one transaction.
 *
 * @since 0.1.0
 */
public sealed interface Lookup {

  /** A fresh, answering provider did not know the transaction until the deadline. */
  record Unknown() implements Lookup {}

  /**
   * The provider knows the transaction, but not yet what it moved.
   *
   * @param detail what is missing
   */
  record Undecided(String detail) implements Lookup {}

  /**
   * What the provider tells of the transaction contradicts itself.
   *
   * @param detail the contradiction
   */
  record Contradictory(String detail) implements Lookup {}

  /**
   * The transaction.
   *
   * @param transfers all movements of any asset in it that the source can read, each with its own execution; for a failed
   *     transaction those that its call asked for; approvals and mints left out
   */
  record Found(List<Transfer> transfers) implements Lookup {

    /** Copies the list. */
    public Found {
      transfers = List.copyOf(transfers);
    }
  }
}
