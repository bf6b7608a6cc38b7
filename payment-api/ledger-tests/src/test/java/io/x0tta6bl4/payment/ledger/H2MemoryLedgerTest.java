package io.x0tta6bl4.payment.ledger;

import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;

class H2MemoryLedgerTest extends JdbcLedgerContract {

  private static final AtomicInteger NUMBER = new AtomicInteger();

  @Override
  DataSource emptyDatabase() {
    JdbcDataSource source = new JdbcDataSource();
    source.setURL("jdbc:h2:mem:ledger" + NUMBER.incrementAndGet());
    return source;
  }
}
