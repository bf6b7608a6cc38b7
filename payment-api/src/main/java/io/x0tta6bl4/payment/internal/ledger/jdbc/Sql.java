package io.x0tta6bl4.payment.internal.ledger.jdbc;

import io.x0tta6bl4.payment.ledger.Wallet;
import java.math.BigInteger;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs statements with positional parameters. */
final class Sql {

  /** Names a wallet by its parts, in the order of {@link #wallet}. */
  static final String WALLET_ID = "(SELECT id FROM x0_wallet WHERE address = ? AND contract = ? AND chain = ?)";

  private Sql() {}

  /** Reads one row. */
  interface Row<T> {
    T from(ResultSet row) throws SQLException;
  }

  static <T> List<T> list(Connection connection, String sql, Row<T> reader, Object... parameters) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      set(statement, parameters);
      try (ResultSet rows = statement.executeQuery()) {
        List<T> list = new ArrayList<>();
        while (rows.next()) {
          list.add(reader.from(rows));
        }
        return list;
      }
    }
  }

  static int update(Connection connection, String sql, Object... parameters) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      set(statement, parameters);
      return statement.executeUpdate();
    }
  }

  /** Gives the parameters that name a wallet, then others. */
  static Object[] wallet(Wallet wallet, Object... others) {
    Object[] all = new Object[3 + others.length];
    all[0] = wallet.address();
    all[1] = contract(wallet);
    all[2] = wallet.chain();
    System.arraycopy(others, 0, all, 3, others.length);
    return all;
  }

  /** No contract is empty, and an empty text can be part of a key. */
  static String contract(Wallet wallet) {
    String contract = wallet.contract();
    return contract == null ? "" : contract;
  }

  static void set(PreparedStatement statement, Object... parameters) throws SQLException {
    for (int i = 0; i < parameters.length; i++) {
      set(statement, i + 1, parameters[i]);
    }
  }

  private static void set(PreparedStatement statement, int index, Object value) throws SQLException {
    if (value instanceof String text) {
      statement.setString(index, text);
    } else if (value instanceof Long number) {
      statement.setLong(index, number);
    } else if (value instanceof Integer number) {
      statement.setInt(index, number);
    } else if (value instanceof Instant instant) {
      statement.setLong(index, instant.toEpochMilli());
    } else if (value instanceof BigInteger units) {
      statement.setBigDecimal(index, new BigDecimal(units));
    } else if (value instanceof Enum<?> name) {
      statement.setString(index, name.name());
    } else if (value instanceof Texts texts) {
      statement.setArray(index, statement.getConnection().createArrayOf("varchar", texts.values.toArray()));
    } else {
      throw new IllegalArgumentException("parameter of " + value.getClass());
    }
  }

  /** Several texts as one parameter, for {@code = ANY(?)}. */
  record Texts(Collection<String> values) {}

  static void setLongOrNull(PreparedStatement statement, int index, @Nullable Instant instant) throws SQLException {
    if (instant == null) {
      statement.setNull(index, Types.BIGINT);
    } else {
      statement.setLong(index, instant.toEpochMilli());
    }
  }
}
