package io.x0tta6bl4.payment.ledger;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An order with all that is recorded of it. Immutable and thread-safe.
 *
 * @param order the order
 * @param claims its transfers, in the order of their blocks
 * @param lastEvent the event of its last change; {@code null} while it has none
 * @since 0.1.0
 */
public record OrderAccount(Order order, List<Claim> claims, @Nullable OrderEvent lastEvent) {

  /** Copies the list. */
  public OrderAccount {
    claims = List.copyOf(claims);
  }

  /**
   * Gives the event of the last change.
   *
   * @return the event, if there was a change
   */
  public Optional<OrderEvent> latest() {
    return Optional.ofNullable(lastEvent);
  }
}
