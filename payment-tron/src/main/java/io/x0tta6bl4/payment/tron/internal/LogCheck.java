package io.x0tta6bl4.payment.tron.internal;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** Holds the logs of a receipt, which nobody signed, against the call, which the payer signed. */
final class LogCheck {

  private LogCheck() {}

  /**
   * Checks that a plain transfer of the asked token brought the asked recipient no more than its call says, and nothing if
   * the call names somebody else. What the contract of another token logs is its own affair.
   *
   * @throws MalformedTransactionException if the logs say otherwise
   */
  static void check(Receipt receipt, Call call, @Nullable String contract, TronAddress recipient) throws MalformedTransactionException {
    if (!(call instanceof Call.TokenTransfer transfer) || !transfer.contract().toBase58().equals(contract)) {
      return;
    }
    BigInteger received = BigInteger.ZERO;
    for (Receipt.Log log : receipt.transfers()) {
      if (log.contract().equals(transfer.contract()) && log.to().equals(recipient)) {
        received = received.add(log.amount());
      }
    }
    BigInteger most = transfer.to().equals(recipient) ? transfer.amount() : BigInteger.ZERO;
    if (received.compareTo(most) > 0) {
      throw new MalformedTransactionException("its logs bring the recipient more than its signed call");
    }
  }
}
