package io.x0tta6bl4.payment.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LedgerSchemaTest {

  private static final Clock CLOCK = Clock.fixed(Shop.NOW, ZoneOffset.UTC);

  @TempDir private static Path folder;

  private enum Kind {
    H2,
    POSTGRES
  }

  private static DataSource database(Kind kind) {
    if (kind == Kind.POSTGRES) {
      return PostgresServer.emptyDatabase();
    }
    JdbcDataSource source = new JdbcDataSource();
    source.setURL("jdbc:h2:async:" + folder.resolve(UUID.randomUUID().toString()) + ";DB_CLOSE_DELAY=-1");
    return source;
  }

  @ParameterizedTest
  @EnumSource
  void replicasThatStartTogetherMakeTheTablesOnce(Kind kind) throws Exception {
    DataSource source = database(kind);
    List<Callable<String>> starts = Collections.nCopies(8, () -> {
      try (PaymentLedger ledger = JdbcPaymentLedger.open(source, CLOCK)) {
        return ledger.open(Shop.order("order-1")).id();
      }
    });
    ExecutorService threads = Executors.newFixedThreadPool(8);
    List<String> opened = new ArrayList<>();
    try {
      for (Future<String> started : threads.invokeAll(starts)) {
        opened.add(started.get());
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(opened).hasSize(8).containsOnly("order-1");
  }

  @ParameterizedTest
  @EnumSource
  void whatWasWrittenIsThereAfterOpeningAgain(Kind kind) {
    DataSource source = database(kind);
    try (PaymentLedger ledger = JdbcPaymentLedger.open(source, CLOCK)) {
      ledger.record(List.of(Shop.paid(ledger.open(Shop.order("order-1")), Shop.transfer(1))));
    }
    try (PaymentLedger ledger = JdbcPaymentLedger.open(source, CLOCK)) {
      assertThat(ledger.find("order-1").orElseThrow().claims()).hasSize(1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void refusesTablesOfANewerVersion(Kind kind) throws SQLException {
    DataSource source = database(kind);
    JdbcPaymentLedger.open(source, CLOCK).close();
    try (Connection connection = source.getConnection(); Statement statement = connection.createStatement()) {
      statement.execute("INSERT INTO x0_schema_version (version) VALUES (99)");
    }
    assertThatThrownBy(() -> JdbcPaymentLedger.open(source, CLOCK))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "the ledger's tables have version 99: expected at most 1, since this program is older than the one that made them");
  }

  @ParameterizedTest
  @EnumSource
  void leavesConnectionsWithoutAutoCommitAsTheyCame(Kind kind) throws SQLException {
    DataSource source = database(kind);
    try (Connection connection = source.getConnection()) {
      connection.setAutoCommit(false);
      List<String> closings = new ArrayList<>();
      PaymentLedger ledger = JdbcPaymentLedger.open(lending(connection, closings), CLOCK);
      ledger.record(List.of(Shop.paid(ledger.open(Shop.order("order-1")), Shop.transfer(1))));
      ledger.statistics();
      assertThat(connection.getAutoCommit()).isFalse();
      assertThat(closings).hasSize(5);
      connection.rollback();
      assertThat(ledger.find("order-1").orElseThrow().order().state()).isEqualTo(OrderState.PAID);
      connection.rollback();
    }
  }

  @Test
  void aStoreThatFailsIsALedgerException() {
    DataSource source = database(Kind.H2);
    PaymentLedger ledger = JdbcPaymentLedger.open(source, CLOCK);
    try (Connection connection = source.getConnection(); Statement statement = connection.createStatement()) {
      statement.execute("SHUTDOWN");
      ((JdbcDataSource) source).setURL("jdbc:h2:" + folder.resolve("nowhere") + ";IFEXISTS=TRUE");
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
    assertThatThrownBy(() -> ledger.open(Shop.order("order-1")))
        .isInstanceOf(LedgerException.class)
        .hasMessage("could not open order order-1")
        .hasCauseInstanceOf(SQLException.class);
  }

  @Test
  void refusesAnotherDatabase() {
    DatabaseMetaData about =
        proxy(DatabaseMetaData.class, (method, args) -> method.equals("getDatabaseMajorVersion") ? (Object) 14 : method.endsWith("Name") ? "PostgreSQL" : "14.2");
    Connection connection = proxy(Connection.class, (method, args) -> method.equals("getMetaData") ? about : null);
    assertThatThrownBy(() -> JdbcPaymentLedger.open(lending(connection, new ArrayList<>()), CLOCK))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("database PostgreSQL 14.2: expected PostgreSQL 15 or newer, or H2 2.4");
  }

  private interface Answer {
    Object to(String method, Object[] arguments) throws Exception;
  }

  private static <T> T proxy(Class<T> type, Answer answer) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(), new Class<?>[] {type}, (self, method, args) -> answer.to(method.getName(), args)));
  }

  private static DataSource lending(Connection connection, List<String> closings) {
    Connection lent =
        proxy(
            Connection.class,
            (method, args) -> {
              if (method.equals("close")) {
                closings.add(method);
                return null;
              }
              Class<?>[] types =
                  java.util.Arrays.stream(args == null ? new Object[0] : args)
                      .map(a -> a instanceof Boolean ? boolean.class : a instanceof Object[] ? Object[].class : a.getClass())
                      .toArray(Class<?>[]::new);
              return Connection.class.getMethod(method, types).invoke(connection, args);
            });
    return proxy(DataSource.class, (method, args) -> lent);
  }
}
