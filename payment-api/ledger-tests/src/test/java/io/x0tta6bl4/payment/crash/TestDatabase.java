package io.x0tta6bl4.payment.crash;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;

/** A database that outlives the processes that use it. */
interface TestDatabase extends AutoCloseable {

  String url();

  @Override
  void close() throws IOException;

  /** A real PostgreSQL that keeps its promises: the tests' own default is to skip the disk. */
  static TestDatabase postgres() throws IOException {
    EmbeddedPostgres server =
        EmbeddedPostgres.builder()
            .setServerConfig("fsync", "on")
            .setServerConfig("synchronous_commit", "on")
            .setServerConfig("full_page_writes", "on")
            .start();
    return new TestDatabase() {
      @Override
      public String url() {
        return server.getJdbcUrl("postgres", "postgres");
      }

      @Override
      public void close() throws IOException {
        server.close();
      }
    };
  }

  /** A file of H2, opened by one process after the other. */
  static TestDatabase h2(Path folder) {
    return new TestDatabase() {
      @Override
      public String url() {
        return "jdbc:h2:file:" + folder.resolve("ledger") + ";DB_CLOSE_ON_EXIT=FALSE";
      }

      @Override
      public void close() {
        // The folder goes with the test.
      }
    };
  }
}
