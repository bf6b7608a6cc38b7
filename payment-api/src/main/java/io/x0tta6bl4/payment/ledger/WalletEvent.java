package io.x0tta6bl4.payment.ledger;

import io.x0tta6bl4.payment.Transfer;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Something that concerns a wallet and no single order: for the operator. Immutable and thread-safe.
 *
 * @param id unique and stable, see {@link PaymentEvent#id()}
 * @param wallet the wallet
 * @param type what happened
 * @param detail one sentence for a person
 * @param subject the transfer of an {@link Type#UNASSIGNED}; {@code null} for all others
 * @param at when it was recorded
 * @since 0.1.0
 */
public record WalletEvent(
    String id, Wallet wallet, Type type, String detail, @Nullable Transfer subject, Instant at) implements PaymentEvent {

  /** What happened. A minor version may add types: a {@code switch} needs a {@code default} branch. */
  public enum Type {
    /** The provider fails, or is behind the chain; told once, until it works again. */
    PROVIDER_TROUBLE,
    /** The provider works again. */
    PROVIDER_RECOVERED,
    /** A part of the past was not read and will not be: payments in it have to be looked for by hand. */
    COVERAGE_GAP,
    /** Money came without a readable memo that several open orders might mean: nobody is credited. */
    UNASSIGNED
  }

  @Override
  public String stream() {
    return "wallet/" + wallet.key();
  }

  /**
   * Gives the transfer that nobody is credited with.
   *
   * @return the transfer of an {@link Type#UNASSIGNED}, otherwise empty
   */
  public Optional<Transfer> transfer() {
    return Optional.ofNullable(subject);
  }
}
