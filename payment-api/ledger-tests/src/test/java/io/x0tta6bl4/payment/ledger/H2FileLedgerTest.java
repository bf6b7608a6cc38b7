package io.x0tta6bl4.payment.ledger;

import java.nio.file.Path;
import java.util.UUID;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.io.TempDir;

class H2FileLedgerTest extends JdbcLedgerContract {

  @TempDir private static Path folder;

  @Override
  DataSource emptyDatabase() {
    JdbcDataSource source = new JdbcDataSource();
    source.setURL("jdbc:h2:async:" + folder.resolve(UUID.randomUUID().toString()));
    return source;
  }
}
