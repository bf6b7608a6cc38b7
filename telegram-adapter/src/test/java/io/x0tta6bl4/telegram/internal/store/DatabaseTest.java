package io.x0tta6bl4.telegram.internal.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.x0tta6bl4.telegram.StoreException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;

/** A connection that breaks while it is used. */
class DatabaseTest {

  private final JdbcDataSource h2 = new JdbcDataSource();

  DatabaseTest() {
    h2.setURL("jdbc:h2:mem:");
  }

  @Test
  void whatBrokeAConnectionIsToldThoughItCannotBeRolledBackEither() {
    Database database = new Database(breaking());
    SQLException first = new SQLException("the connection is gone", "08006");
    assertThatThrownBy(
            () ->
                database.inTransaction(
                    "do it",
                    connection -> {
                      throw first;
                    }))
        .isInstanceOf(StoreException.class)
        .hasCause(first);
  }

  @Test
  void aCollisionIsTriedAgainThoughItsConnectionCannotBeRolledBack() {
    Database database = new Database(breaking());
    AtomicInteger tries = new AtomicInteger();
    assertThat(
            database.<String>atOnce(
                "do it",
                connection -> {
                  if (tries.incrementAndGet() == 1) {
                    connection.setAutoCommit(false);
                    throw new SQLException("somebody was in the way", "40001");
                  }
                  return "done";
                }))
        .isEqualTo("done");
  }

  /** Connections that neither roll back nor take a setting back once they have thrown. */
  private DataSource breaking() {
    return (DataSource)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {DataSource.class},
            (proxy, method, arguments) -> method.getName().equals("getConnection") ? broken(h2.getConnection()) : method.invoke(h2, arguments));
  }

  private Connection broken(Connection real) {
    AtomicInteger settings = new AtomicInteger();
    return (Connection)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {Connection.class},
            (proxy, method, arguments) -> {
              boolean back = method.getName().equals("setAutoCommit") && settings.incrementAndGet() > 1 && !real.getAutoCommit();
              if (method.getName().equals("rollback") || back) {
                throw new SQLException("nor can it be given back", "08003");
              }
              try {
                return method.invoke(real, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
