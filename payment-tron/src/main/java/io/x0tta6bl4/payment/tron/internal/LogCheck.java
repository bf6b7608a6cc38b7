package io.x0tta6bl4.payment.tron.internal;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** Holds the logs of a receipt, which nobody signed, against the call, which the payer signed. */
final class LogCheck {

  private LogCheck() {}

  /**
   * Checks that a plain transfer of the asked token brought its recipient no more than its call says. What the contract of
   * another token logs is its own affair.
   *
   * @throws MalformedTransactionException if the logs say otherwise
   */
  static void check(Receipt receipt, Call call, @Nullable String contract) throws MalformedTransactionException {
    if (!(call instanceof Call.TokenTransfer transfer) || !transfer.contract().toBase58().equals(contract)) {
      return;
    }
    BigInteger received = BigInteger.ZERO;
    for (Receipt.Log log : receipt.transfers()) {
      if (log.contract().equals(transfer.contract()) && log.to().equals(transfer.to())) {
        received = received.add(log.amount());
      }
    }
    if (received.compareTo(transfer.amount()) > 0) {
      throw new MalformedTransactionException(
          "its logs tell of " + received + " units, its signed call of " + transfer.amount());
    }
  }
}
