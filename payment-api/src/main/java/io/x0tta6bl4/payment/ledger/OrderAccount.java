package io.x0tta6bl4.payment.ledger;

import io.x0tta6bl4.payment.Amount;
import io.x0tta6bl4.payment.PaymentRequest;
import io.x0tta6bl4.payment.TransferId;
import io.x0tta6bl4.payment.internal.Transfers;
import java.math.BigInteger;
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
   * Adds up what counts for the order: its payment, or the parts of it that have come so far.
   *
   * @return the sum, in the order's asset; more than was asked where too much came
   */
  public Amount received() {
    return Transfers.total(
        order.request().asset(),
        claims.stream()
            .filter(claim -> claim.role() == ClaimRole.PART || claim.role() == ClaimRole.PAYMENT)
            .map(Claim::transfer)
            .toList());
  }

  /**
   * Tells how much has still to be paid.
   *
   * @return what was asked less what counts, at least 0; 0 once the order is paid, also where the tolerance made up for a rest
   */
  public Amount missing() {
    Amount asked = order.request().amount();
    BigInteger rest =
        order.state() == OrderState.PAID ? BigInteger.ZERO : asked.units().subtract(received().units()).max(BigInteger.ZERO);
    return new Amount(asked.asset(), rest);
  }

  /**
   * Gives what a payer has to be asked for now: the order's request, with what is missing as its amount. Who is asked for the whole
   * again after a part has come pays too much.
   *
   * @return the request; empty if the order is not open, or nothing is missing
   */
  public Optional<PaymentRequest> rest() {
    Amount missing = missing();
    return order.state() == OrderState.OPEN && missing.units().signum() > 0
        ? Optional.of(PaymentRequest.builder(order.request()).amount(missing).build())
        : Optional.empty();
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
    sorted.sort(Comparator.comparing(Claim::transfer, Transfers.CHAIN_ORDER));
    return new OrderAccount(update.after(), sorted, update.event());
  }
}
