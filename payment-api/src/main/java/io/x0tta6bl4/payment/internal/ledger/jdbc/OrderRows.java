package io.x0tta6bl4.payment.internal.ledger.jdbc;

import io.x0tta6bl4.payment.Amount;
import io.x0tta6bl4.payment.Asset;
import io.x0tta6bl4.payment.MatchMode;
import io.x0tta6bl4.payment.PaymentRequest;
import io.x0tta6bl4.payment.ledger.Order;
import io.x0tta6bl4.payment.ledger.OrderState;
import io.x0tta6bl4.payment.ledger.WatchedOrder;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An order as a row of the orders' table, beside its wallet's. */
final class OrderRows {

  /** Of {@code o}, an order, and {@code w}, its wallet. */
  static final String COLUMNS =
      "w.chain AS order_chain, w.contract, w.address, o.id AS order_id, o.version, o.state, o.symbol, o.decimals, o.units,"
          + " o.match_mode, o.tolerance, o.max_age_nanos, o.not_before, o.accepts_overpayment, o.adds_up,"
          + " o.accepts_credited_but_failed, o.opened_at, o.expires_at, o.watched_until, o.opening";

  static final String INSERT =
      "INSERT INTO x0_order (id, wallet_id, place, version, state, symbol, decimals, units, least_units, most_units,"
          + " match_mode, tolerance, max_age_nanos, not_before, accepts_overpayment, adds_up, accepts_credited_but_failed,"
          + " opened_at, expires_at, watched_until)"
          + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

  static final String WATCHED_COLUMNS =
      "id, place, match_mode, least_units, most_units, not_before, max_age_nanos, opened_at, watched_until";

  private OrderRows() {}

  static Order order(ResultSet row) throws SQLException {
    String contract = row.getString("contract");
    Asset asset =
        new Asset(
            row.getString("order_chain"),
            row.getString("symbol"),
            contract.isEmpty() ? null : contract,
            row.getInt("decimals"));
    MatchMode mode = MatchMode.valueOf(row.getString("match_mode"));
    PaymentRequest.Builder request =
        PaymentRequest.builder(
                row.getString("order_id"), row.getString("address"), new Amount(asset, units(row, "units")))
            .matchMode(mode)
            .maxAge(Duration.ofNanos(row.getLong("max_age_nanos")))
            .notBefore(instant(row, "not_before"))
            .acceptOverpayment(row.getBoolean("accepts_overpayment"))
            .addUp(row.getBoolean("adds_up"))
            .acceptCreditedButFailed(row.getBoolean("accepts_credited_but_failed"));
    if (mode != MatchMode.AMOUNT) {
      request.tolerance(row.getBigDecimal("tolerance"));
    }
    return new Order(
        request.build(),
        OrderState.valueOf(row.getString("state")),
        row.getLong("version"),
        instant(row, "opened_at"),
        instant(row, "expires_at"),
        instant(row, "watched_until"));
  }

  static void insert(PreparedStatement insert, Order order, long wallet, long place) throws SQLException {
    PaymentRequest request = order.request();
    int i = 0;
    insert.setString(++i, order.id());
    insert.setLong(++i, wallet);
    insert.setLong(++i, place);
    insert.setLong(++i, order.version());
    insert.setString(++i, order.state().name());
    insert.setString(++i, request.asset().symbol());
    insert.setInt(++i, request.asset().decimals());
    insert.setBigDecimal(++i, new BigDecimal(request.amount().units()));
    insert.setBigDecimal(++i, new BigDecimal(request.leastUnits()));
    insert.setBigDecimal(++i, new BigDecimal(request.mostUnits()));
    insert.setString(++i, request.matchMode().name());
    insert.setBigDecimal(++i, request.tolerance());
    insert.setLong(++i, request.maxAge().toNanos());
    insert.setLong(++i, request.notBefore().orElseThrow().toEpochMilli());
    insert.setBoolean(++i, request.acceptsOverpayment());
    insert.setBoolean(++i, request.addsUp());
    insert.setBoolean(++i, request.acceptsCreditedButFailed());
    insert.setLong(++i, order.openedAt().toEpochMilli());
    insert.setLong(++i, order.expiresAt().toEpochMilli());
    insert.setLong(++i, order.watchedUntil().toEpochMilli());
    insert.executeUpdate();
  }

  static WatchedOrder watched(ResultSet row) throws SQLException {
    Instant openedAt = instant(row, "opened_at");
    Instant notBefore = instant(row, "not_before");
    Instant oldest = openedAt.minusNanos(row.getLong("max_age_nanos"));
    return new WatchedOrder(
        row.getString("id"),
        row.getLong("place"),
        MatchMode.valueOf(row.getString("match_mode")),
        units(row, "least_units"),
        units(row, "most_units"),
        notBefore.isAfter(oldest) ? notBefore : oldest,
        openedAt,
        instant(row, "watched_until"));
  }

  static Instant instant(ResultSet row, String column) throws SQLException {
    return Instant.ofEpochMilli(row.getLong(column));
  }

  static @Nullable Instant instantOrNull(ResultSet row, String column) throws SQLException {
    long millis = row.getLong(column);
    return row.wasNull() ? null : Instant.ofEpochMilli(millis);
  }

  private static BigInteger units(ResultSet row, String column) throws SQLException {
    return row.getBigDecimal(column).toBigIntegerExact();
  }
}
