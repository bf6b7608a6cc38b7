package io.x0tta6bl4.payment.ledger;

import io.x0tta6bl4.payment.testkit.PaymentLedgerContract;
import java.time.Clock;

class InMemoryPaymentLedgerTest extends PaymentLedgerContract {

  @Override
  protected PaymentLedger ledger(Clock time) {
    return new InMemoryPaymentLedger(time);
  }
}
