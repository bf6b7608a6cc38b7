package io.x0tta6bl4.example.orders;

import java.math.BigDecimal;

/** Amounts as people read them. */
public final class Coins {

  private Coins() {}

  /**
   * Writes an amount exactly, with two decimals or as many as it needs.
   *
   * @param amount in whole coins
   * @return for instance {@code 25.00}
   */
  public static String text(BigDecimal amount) {
    BigDecimal plain = amount.stripTrailingZeros();
    return (plain.scale() < 2 ? plain.setScale(2) : plain).toPlainString();
  }
}
