package io.x0tta6bl4.telegram.internal.store;

import java.util.UUID;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;

class H2MemoryTest extends JdbcMemoryContract {

  private final JdbcDataSource source = new JdbcDataSource();

  H2MemoryTest() {
    source.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
  }

  @Override
  DataSource source() {
    return source;
  }
}
