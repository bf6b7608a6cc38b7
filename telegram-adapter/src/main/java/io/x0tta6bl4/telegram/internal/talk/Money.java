package io.x0tta6bl4.telegram.internal.talk;

import io.x0tta6bl4.payment.Amount;
import io.x0tta6bl4.payment.PaymentRequest;
import io.x0tta6bl4.payment.Transfer;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;

/** Amounts as people read them. */
final class Money {

  private Money() {}

  /** Exact, without zeros that say nothing. */
  static String plain(Amount amount) {
    BigDecimal value = amount.toDecimal().stripTrailingZeros();
    return value.scale() < 0 ? value.setScale(0).toPlainString() : value.toPlainString();
  }

  static Amount total(PaymentRequest request, List<Transfer> transfers) {
    BigInteger units =
        transfers.stream().map(transfer -> transfer.amount().units()).reduce(BigInteger.ZERO, BigInteger::add);
    return new Amount(request.asset(), units);
  }

  /** What is left when one amount is taken from another, at least 0. */
  static Amount less(Amount from, Amount what) {
    return new Amount(from.asset(), from.units().subtract(what.units()).max(BigInteger.ZERO));
  }
}
