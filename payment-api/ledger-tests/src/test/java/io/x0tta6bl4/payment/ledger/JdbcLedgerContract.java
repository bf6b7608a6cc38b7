package io.x0tta6bl4.payment.ledger;

import io.x0tta6bl4.payment.testkit.PaymentLedgerContract;
import java.time.Clock;
import java.util.Optional;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;

/** The contract over a database, with connections that are all given back. */
abstract class JdbcLedgerContract extends PaymentLedgerContract {

  private Pool pool;

  /** Gives a database without any table. */
  abstract DataSource emptyDatabase();

  @Override
  protected PaymentLedger ledger(Clock time) {
    pool = new Pool(emptyDatabase());
    return JdbcPaymentLedger.open(pool, time);
  }

  @Override
  protected Optional<PaymentLedger> second(PaymentLedger first, Clock time) {
    return Optional.of(JdbcPaymentLedger.open(pool, time));
  }

  @AfterEach
  void everyConnectionWasGivenBack() {
    pool.close();
  }
}
