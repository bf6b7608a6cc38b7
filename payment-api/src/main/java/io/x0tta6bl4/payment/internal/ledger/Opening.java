package io.x0tta6bl4.payment.internal.ledger;

import io.x0tta6bl4.payment.Amount;
import io.x0tta6bl4.payment.MatchMode;
import io.x0tta6bl4.payment.PaymentRequest;
import io.x0tta6bl4.payment.ledger.AmountTakenException;
import io.x0tta6bl4.payment.ledger.NewOrder;
import io.x0tta6bl4.payment.ledger.Order;
import io.x0tta6bl4.payment.ledger.OrderConflictException;
import io.x0tta6bl4.payment.ledger.OrderState;
import io.x0tta6bl4.payment.ledger.UniqueAmounts;
import io.x0tta6bl4.payment.spi.TransferSourceVerifier;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;

/** How an order is opened: the rules that every ledger shares. */
public final class Opening {

  /** Stands for the whole address where an order is recognised by it; no amount is 0. */
  private static final BigInteger WHOLE_ADDRESS = BigInteger.ZERO;

  private Opening() {}

  /**
   * Makes the order as it is kept.
   *
   * @param order what was asked for
   * @param units its amount, as asked for or as chosen
   * @param now the present
   * @return version 0 of the order
   */
  public static Order open(NewOrder order, BigInteger units, Instant now) {
    PaymentRequest asked = order.request();
    Instant openedAt = millis(now);
    Instant notBefore = millis(asked.notBefore().orElse(openedAt.minus(TransferSourceVerifier.CLOCK_SKEW)));
    PaymentRequest request =
        PaymentRequest.builder(asked).amount(new Amount(asked.asset(), units)).notBefore(notBefore).build();
    Instant expiresAt = millis(openedAt.plus(order.expiry()));
    return new Order(request, OrderState.OPEN, 0, openedAt, expiresAt, millis(expiresAt.plus(order.aftercare())));
  }

  /**
   * Tells what of its wallet an order needs for itself.
   *
   * @param request what is expected
   * @return the units of a unique amount, 0 for a dedicated address, empty for an order recognised by memo
   */
  public static Optional<BigInteger> reserved(PaymentRequest request) {
    return switch (request.matchMode()) {
      case MEMO -> Optional.empty();
      case AMOUNT -> Optional.of(request.amount().units());
      case ADDRESS -> Optional.of(WHOLE_ADDRESS);
    };
  }

  /**
   * Chooses the amount.
   *
   * @param order what was asked for
   * @param isTaken whether another watched order of the wallet has some units for itself
   * @return atomic units
   * @throws AmountTakenException if none is free
   */
  public static BigInteger chooseUnits(NewOrder order, Predicate<BigInteger> isTaken) {
    PaymentRequest request = order.request();
    BigInteger price = request.amount().units();
    if (order.uniqueAmounts().isEmpty()) {
      if (reserved(request).filter(isTaken).isPresent()) {
        throw new AmountTakenException(
            "order " + request.orderId() + ": another order of " + request.recipient() + " is recognised by the same "
                + (request.matchMode() == MatchMode.AMOUNT ? "amount " + request.amount() : "address"));
      }
      return price;
    }
    UniqueAmounts unique = order.uniqueAmounts().get();
    for (int steps = 0; steps <= unique.most(); steps++) {
      BigInteger units = unique.at(price, steps);
      if (units.signum() > 0 && !isTaken.test(units)) {
        return units;
      }
    }
    throw new AmountTakenException(
        "order " + request.orderId() + ": all " + (unique.most() + 1) + " amounts from " + request.amount() + " by steps of "
            + unique.step() + " units are taken at " + request.recipient());
  }

  /**
   * Gives the instant before which no block can hold the order's payment.
   *
   * @param order an order of a ledger
   * @return the later one of its instant and of the oldest age that was acceptable when it was opened
   */
  public static Instant earliest(Order order) {
    Instant oldest = order.openedAt().minus(order.request().maxAge());
    return order.request().notBefore().filter(notBefore -> notBefore.isAfter(oldest)).orElse(oldest);
  }

  /**
   * Gives an order's request with its maximum age counted from the opening, as a ledger remembers it: what came in time counts
   * however late it is read, and a part of a payment however late the rest comes.
   *
   * @param order an order of a ledger
   * @param now the present
   * @return the request, whose maximum age is longer by the age of the order
   */
  public static PaymentRequest asOfOpening(Order order, Instant now) {
    PaymentRequest request = order.request();
    if (!now.isAfter(order.openedAt())) {
      return request;
    }
    Duration maxAge = request.maxAge().plus(Duration.between(order.openedAt(), now));
    Duration longest = PaymentRequest.LONGEST_MAX_AGE;
    return PaymentRequest.builder(request).maxAge(maxAge.compareTo(longest) < 0 ? maxAge : longest).build();
  }

  /**
   * Refuses an id that was used for something else.
   *
   * @param asked what is asked for now
   * @param known what is known
   * @throws OrderConflictException if they differ
   */
  public static void requireSame(NewOrder asked, Order known) {
    PaymentRequest a = asked.request();
    PaymentRequest k = known.request();
    boolean same =
        a.recipient().equals(k.recipient())
            && a.asset().isSameToken(k.asset())
            && a.asset().decimals() == k.asset().decimals()
            && isAmountOf(asked, k.amount().units())
            && a.matchMode() == k.matchMode()
            && a.tolerance().compareTo(k.tolerance()) == 0
            && a.maxAge().toMillis() == k.maxAge().toMillis()
            && (a.notBefore().isEmpty() || millis(a.notBefore().get()).equals(k.notBefore().orElse(null)))
            && a.acceptsOverpayment() == k.acceptsOverpayment()
            && a.addsUp() == k.addsUp()
            && a.acceptsCreditedButFailed() == k.acceptsCreditedButFailed()
            && asked.expiry().toMillis() == Duration.between(known.openedAt(), known.expiresAt()).toMillis()
            && asked.aftercare().toMillis() == Duration.between(known.expiresAt(), known.watchedUntil()).toMillis();
    if (!same) {
      throw new OrderConflictException(
          "order " + known.id() + " is known with other content: expected " + k + ", but was " + a);
    }
  }

  /**
   * Cuts an instant to what every store can keep.
   *
   * @param instant any
   * @return the same in milliseconds
   */
  public static Instant millis(Instant instant) {
    return Instant.ofEpochMilli(instant.toEpochMilli());
  }

  private static boolean isAmountOf(NewOrder asked, BigInteger units) {
    BigInteger price = asked.request().amount().units();
    if (asked.uniqueAmounts().isEmpty()) {
      return price.equals(units);
    }
    UniqueAmounts unique = asked.uniqueAmounts().get();
    BigInteger[] steps = units.subtract(unique.at(price, 0)).divideAndRemainder(unique.at(price, 1).subtract(price));
    return steps[1].signum() == 0
        && steps[0].signum() >= 0
        && steps[0].compareTo(BigInteger.valueOf(unique.most())) <= 0;
  }
}
