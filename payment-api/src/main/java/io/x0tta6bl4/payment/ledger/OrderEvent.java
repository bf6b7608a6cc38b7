package io.x0tta6bl4.payment.ledger;

import io.x0tta6bl4.payment.Amount;
import io.x0tta6bl4.payment.PaymentRequest;
import io.x0tta6bl4.payment.Reason;
import io.x0tta6bl4.payment.Transfer;
import io.x0tta6bl4.payment.internal.Transfers;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A change of one order. Immutable and thread-safe.
 *
 * @param request what is expected
 * @param number the order's {@link Order#version()} after the change, 1 for the first
 * @param type what happened
 * @param why the reason of a {@link Type#REJECTED}; {@code null} for all others
 * @param transfers the transfers that it is about, in chain order; all that count, where several add up
 * @param at when it was recorded
 * @since 0.1.0
 */
public record OrderEvent(
    PaymentRequest request, long number, Type type, @Nullable Reason why, List<Transfer> transfers, Instant at)
    implements PaymentEvent {

  /** What happened to the order. A minor version may add types: a {@code switch} needs a {@code default} branch. */
  public enum Type {
    /** The payment is there and not final yet. No reason to deliver. */
    SEEN,
    /** Paid, whole and final: credited, exactly once. */
    VERIFIED,
    /** A transfer came that does not do, or not yet; a later one may. */
    REJECTED,
    /** A further transfer came for an order that was paid already. */
    SURPLUS,
    /** A transfer came for an order that had expired or was cancelled; it is not credited. */
    LATE,
    /** Its time is over, and all of that time was read. */
    EXPIRED,
    /** The shop called it off. */
    CANCELLED
  }

  /** Copies the list. */
  public OrderEvent {
    transfers = List.copyOf(transfers);
  }

  @Override
  public String id() {
    return request.orderId() + "#" + number;
  }

  @Override
  public String stream() {
    return "order/" + request.orderId();
  }

  /**
   * Adds up the transfers that it is about.
   *
   * @return the sum, in the order's asset
   */
  public Amount total() {
    return Transfers.total(request.asset(), transfers);
  }

  /**
   * Gives the reason of a rejection.
   *
   * @return the reason of a {@link Type#REJECTED}, otherwise empty
   */
  public Optional<Reason> reason() {
    return Optional.ofNullable(why);
  }
}
