package io.x0tta6bl4.payment.ledger;

import io.x0tta6bl4.payment.TransferId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

  /**
   * Gives the account as it is after a change. What was known of a transfer when it was claimed stays; only its role changes.
   *
   * @param update a change of this very version of the order
   * @return the account with the change
   */
  public OrderAccount changedBy(OrderUpdate update) {
    Map<TransferId, Claim> changed = new LinkedHashMap<>();
    claims.forEach(claim -> changed.put(claim.transfer().id(), claim));
    for (Claim claim : update.claims()) {
      Claim known = changed.get(claim.transfer().id());
      changed.put(
          claim.transfer().id(), known == null ? claim : new Claim(known.orderId(), claim.role(), known.transfer()));
    }
    List<Claim> sorted = new ArrayList<>(changed.values());
    sorted.sort(Comparator.comparing(OrderAccount::blockTime));
    return new OrderAccount(update.after(), sorted, update.event());
  }

  private static Instant blockTime(Claim claim) {
    Instant time = claim.transfer().blockTime();
    return time != null ? time : Instant.MAX;
  }
}
