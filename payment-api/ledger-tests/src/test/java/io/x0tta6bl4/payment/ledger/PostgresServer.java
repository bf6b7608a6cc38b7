package io.x0tta6bl4.payment.ledger;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import org.postgresql.ds.PGSimpleDataSource;

/** One PostgreSQL server for all tests of a JVM; each test has a database, or a schema, of its own. */
final class PostgresServer {

  private static final AtomicInteger NUMBER = new AtomicInteger();
  private static final EmbeddedPostgres SERVER = start();

  private PostgresServer() {}

  private static EmbeddedPostgres start() {
    try {
      // The helper turns both off: what is tested here is what a shop relies on.
      EmbeddedPostgres server =
          EmbeddedPostgres.builder()
              .setServerConfig("fsync", "on")
              .setServerConfig("synchronous_commit", "on")
              .setServerConfig("max_connections", "100")
              .start();
      Runtime.getRuntime().addShutdownHook(new Thread(() -> close(server)));
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void close(EmbeddedPostgres server) {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static PGSimpleDataSource emptyDatabase() {
    String name = "ledger" + NUMBER.incrementAndGet();
    try (Connection connection = SERVER.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE SCHEMA " + name);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
    PGSimpleDataSource source = (PGSimpleDataSource) SERVER.getPostgresDatabase();
    source.setCurrentSchema(name);
    return source;
  }
}
