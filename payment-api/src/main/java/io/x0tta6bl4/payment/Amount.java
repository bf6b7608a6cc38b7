package io.x0tta6bl4.payment;

import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * A quantity of one asset in whole atomic units, from 0 to 2<sup>256</sup> - 1.
 *
 * <p>Inside, money is an integer; {@link #of} and {@link #toDecimal} are the edge to people and never round. Immutable and
 * thread-safe.
 *
 * @param asset what is counted
 * @param units number of atomic units (for USDT: millionths)
 * @since 0.1.0
 */
public record Amount(Asset asset, BigInteger units) implements Comparable<Amount> {

  /** A token amount is a 256-bit word on the chains that we know. */
  private static final int MAX_BITS = 256;

  /** Digits of the largest amount, and so the largest precision and the largest scale that can mean anything. */
  private static final int MAX_DIGITS = 78;

  /**
   * Checks the range.
   *
   * @throws IllegalArgumentException if {@code units} is negative or above 256 bits
   */
  public Amount {
    if (units.signum() < 0 || units.bitLength() > MAX_BITS) {
      throw new IllegalArgumentException(
          "amount of " + abbreviated(units.toString()) + " units: expected 0 to 2^256 - 1");
    }
  }

  /**
   * Makes an amount from whole units of the asset, for instance {@code 25.5} USDT.
   *
   * @param asset what is counted
   * @param value the amount in whole units; trailing zeros do not matter
   * @return the same amount in atomic units
   * @throws ArithmeticException if the value has more decimals than the asset
   * @throws IllegalArgumentException if the value is negative or above 256 bits of atomic units
   */
  public static Amount of(Asset asset, BigDecimal value) {
    // An exponent of a billion is cheap to write and takes gigabytes to expand: look before expanding.
    long integerDigits = (long) value.precision() - value.scale();
    if (value.signum() != 0 && integerDigits > MAX_DIGITS) {
      throw new IllegalArgumentException(
          "amount " + shown(value) + ": expected less than 2^256 units of " + asset.symbol());
    }
    BigDecimal plain = value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros();
    if (plain.scale() > asset.decimals()) {
      throw tooFine(asset, value);
    }
    return new Amount(asset, plain.movePointRight(asset.decimals()).toBigIntegerExact());
  }

  /**
   * Makes an amount from atomic units.
   *
   * @param asset what is counted
   * @param units number of atomic units
   * @return the amount
   * @throws IllegalArgumentException if {@code units} is negative
   */
  public static Amount ofUnits(Asset asset, long units) {
    return new Amount(asset, BigInteger.valueOf(units));
  }

  /**
   * Gives the amount in whole units, exactly.
   *
   * @return the value with as many decimals as the asset has
   */
  public BigDecimal toDecimal() {
    return new BigDecimal(units, asset.decimals());
  }

  /**
   * Adds an amount of the same asset.
   *
   * @param other what to add
   * @return the sum
   * @throws AssetMismatchException if the assets differ
   */
  public Amount plus(Amount other) {
    requireSameAsset(other);
    return new Amount(asset, units.add(other.units));
  }

  /**
   * Compares two amounts of one asset.
   *
   * @throws AssetMismatchException if the assets differ
   */
  @Override
  public int compareTo(Amount other) {
    requireSameAsset(other);
    return units.compareTo(other.units);
  }

  /** Gives the amount and the symbol, for instance {@code 25.500000 USDT}. */
  @Override
  public String toString() {
    return toDecimal().toPlainString() + " " + asset.symbol();
  }

  private void requireSameAsset(Amount other) {
    if (!asset.isSameToken(other.asset) || asset.decimals() != other.asset.decimals()) {
      throw new AssetMismatchException(asset, other.asset);
    }
  }

  private static ArithmeticException tooFine(Asset asset, BigDecimal value) {
    return new ArithmeticException(
        "amount " + shown(value) + ": expected at most " + asset.decimals() + " decimals for "
            + asset.symbol());
  }

  /** As a person wrote it, unless an exponent would make it long. */
  private static String shown(BigDecimal value) {
    return abbreviated(Math.abs((long) value.scale()) <= MAX_DIGITS ? value.toPlainString() : value.toString());
  }

  private static String abbreviated(String text) {
    return text.length() <= 90 ? text : text.substring(0, 90) + "...";
  }
}
