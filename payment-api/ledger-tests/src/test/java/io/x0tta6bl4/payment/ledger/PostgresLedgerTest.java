package io.x0tta6bl4.payment.ledger;

import javax.sql.DataSource;

class PostgresLedgerTest extends JdbcLedgerContract {

  @Override
  DataSource emptyDatabase() {
    return PostgresServer.emptyDatabase();
  }
}
