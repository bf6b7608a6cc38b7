package io.x0tta6bl4.payment.ledger;

import java.io.PrintWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Logger;
import javax.sql.DataSource;

/** A small pool that notices connections that are not given back, or not as they came. */
final class Pool implements DataSource, AutoCloseable {

  private final DataSource source;
  private final Deque<Connection> idle = new ConcurrentLinkedDeque<>();
  private final AtomicInteger lent = new AtomicInteger();
  private final AtomicInteger spoilt = new AtomicInteger();

  Pool(DataSource source) {
    this.source = source;
  }

  @Override
  public Connection getConnection() throws SQLException {
    Connection known = idle.poll();
    Connection connection = known != null ? known : source.getConnection();
    lent.incrementAndGet();
    return (Connection)
        Proxy.newProxyInstance(
            Pool.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("close")) {
                giveBack(connection);
                return null;
              }
              try {
                return method.invoke(connection, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private void giveBack(Connection connection) throws SQLException {
    lent.decrementAndGet();
    if (!connection.getAutoCommit()) {
      spoilt.incrementAndGet();
    }
    if (connection.isClosed()) {
      return;
    }
    idle.push(connection);
  }

  /** Closes the connections, of which none may be in use. */
  @Override
  public void close() {
    for (Connection connection = idle.poll(); connection != null; connection = idle.poll()) {
      try {
        connection.close();
      } catch (SQLException e) {
        throw new AssertionError(e);
      }
    }
    if (lent.get() != 0 || spoilt.get() != 0) {
      throw new AssertionError(lent + " connections were not given back, " + spoilt + " without auto-commit");
    }
  }

  @Override
  public Connection getConnection(String user, String password) {
    throw new UnsupportedOperationException();
  }

  @Override
  public PrintWriter getLogWriter() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void setLogWriter(PrintWriter out) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void setLoginTimeout(int seconds) {
    throw new UnsupportedOperationException();
  }

  @Override
  public int getLoginTimeout() {
    return 0;
  }

  @Override
  public Logger getParentLogger() {
    return Logger.getGlobal();
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    throw new SQLException("no wrapper");
  }

  @Override
  public boolean isWrapperFor(Class<?> type) {
    return false;
  }
}
