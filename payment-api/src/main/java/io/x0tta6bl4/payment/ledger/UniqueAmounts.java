package io.x0tta6bl4.payment.ledger;

import java.math.BigInteger;

/**
 * How a ledger chooses an amount that no other order of the wallet has: the price, one step from it, two steps, and so on, the
 * first that is free.
 *
 * @param step distance between two amounts in atomic units, more than 0; coarse enough for payers' wallets to show it
 * @param most largest number of steps from the price, 0 to 1,000,000
 * @param direction on which side of the price
 * @since 0.1.0
 */
public record UniqueAmounts(BigInteger step, int most, Direction direction) {

  private static final int LARGEST_MOST = 1_000_000;

  /** On which side of the price the amounts lie. */
  public enum Direction {
    /** The buyer pays a little more. */
    ABOVE,
    /** The buyer pays a little less. */
    BELOW
  }

  /**
   * Checks the parts.
   *
   * @throws IllegalArgumentException if a part is outside its range
   */
  public UniqueAmounts {
    if (step.signum() <= 0) {
      throw new IllegalArgumentException("step " + step + ": expected more than 0 atomic units");
    }
    if (most < 0 || most > LARGEST_MOST) {
      throw new IllegalArgumentException("most " + most + ": expected 0 to " + LARGEST_MOST + " steps");
    }
  }

  /**
   * Gives the amount a number of steps from the price.
   *
   * @param price in atomic units
   * @param steps how many, 0 or more
   * @return atomic units, possibly not positive where the direction is {@link Direction#BELOW}
   */
  public BigInteger at(BigInteger price, int steps) {
    BigInteger distance = step.multiply(BigInteger.valueOf(steps));
    return direction == Direction.ABOVE ? price.add(distance) : price.subtract(distance);
  }
}
