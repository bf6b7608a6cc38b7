package io.x0tta6bl4.telegram.internal.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** What a database adds: it stays, it is shared, its tables have a version. */
abstract class JdbcMemoryContract extends MemoryContract {

  /** Gives an empty database, the same all through a test. */
  abstract DataSource source();

  @Override
  Memory memory() {
    return open(1);
  }

  private Memory open(long botId) {
    Database database = new Database(source());
    Schema.bringUpToDate(database);
    return database.memory(botId);
  }

  @Test
  void whatOneProcessKeptAnotherFinds() {
    assertThat(open(1).updates().add(5, "{}", 1, NOW)).isTrue();
    assertThat(open(1).updates().add(5, "{}", 1, NOW)).isFalse();
  }

  @Test
  void botsDoNotMeet() {
    assertThat(open(1).updates().add(5, "{}", 1, NOW)).isTrue();
    assertThat(open(2).updates().add(5, "{}", 1, NOW)).isTrue();
    open(1).buyers().bind(new Buyers.Buyer("ORD-1", 10, "en"), NOW);
    assertThat(open(2).buyers().find("ORD-1")).isEmpty();
  }

  @Test
  void ofManyWhoStoreOneUpdateOneDoes() throws Exception {
    Updates updates = memory().updates();
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      for (long id = 0; id < 20; id++) {
        long update = id;
        List<Callable<Boolean>> tries = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
          tries.add(() -> updates.add(update, "{}", 1, NOW));
        }
        int stored = 0;
        for (Future<Boolean> result : threads.invokeAll(tries)) {
          stored += result.get() ? 1 : 0;
        }
        assertThat(stored).isEqualTo(1);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void refusesTablesOfANewerProgram() throws Exception {
    memory();
    try (Connection connection = source().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("INSERT INTO x0_tg_version (version) VALUES (99)");
    }
    assertThatThrownBy(() -> open(1)).isInstanceOf(IllegalStateException.class).hasMessageContaining("version 99");
  }
}
