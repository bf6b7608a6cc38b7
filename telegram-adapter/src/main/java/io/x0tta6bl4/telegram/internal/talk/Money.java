package io.x0tta6bl4.telegram.internal.talk;

import io.x0tta6bl4.payment.Amount;
import java.math.BigDecimal;
import java.math.BigInteger;

/** Amounts as people read them. */
final class Money {

  private Money() {}

  /** Exact, without zeros that say nothing. */
  static String plain(Amount amount) {
    BigDecimal value = amount.toDecimal().stripTrailingZeros();
    return value.scale() < 0 ? value.setScale(0).toPlainString() : value.toPlainString();
  }

  /** What is left when one amount is taken from another, at least 0. */
  static Amount less(Amount from, Amount what) {
    return new Amount(from.asset(), from.units().subtract(what.units()).max(BigInteger.ZERO));
  }
}
