package io.x0tta6bl4.payment.internal.ledger.jdbc;

import io.x0tta6bl4.payment.TransferId;
import io.x0tta6bl4.payment.ledger.Claim;
import io.x0tta6bl4.payment.ledger.OrderUpdate;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Writes changes to H2. In its own process a statement costs no round trip, so each part is plain. */
final class H2Writer implements UpdateWriter {

  private static final String CHANGE = 
      "UPDATE x0_order SET version = version + 1, state = ?, last_event = ? WHERE id = ? AND version = ?";
  private static final String CLAIM =
      "INSERT INTO x0_claim (chain, transaction_hash, transfer_index, order_id, role, transfer, claimed_at)"
          + " VALUES (?, ?, ?, ?, ?, ?, ?)";
  private static final String CLAIM_AGAIN =
      "UPDATE x0_claim SET role = ? WHERE transaction_hash = ? AND transfer_index = ? AND chain = ? AND order_id = ?";

  private final Database database;
  private final EventStore events;

  H2Writer(Database database, EventStore events) {
    this.database = database;
    this.events = events;
  }

  @Override
  public boolean write(List<OrderUpdate> updates) {
    List<Claim> claims = Claims.sorted(updates);
    try {
      return database.inTransaction(
          "record " + updates.size() + " changes",
          connection -> {
            List<Long> sequences = events.sequences(connection, updates.size());
            change(connection, updates, sequences);
            claim(connection, updates, claims);
            tell(connection, updates, sequences);
            return true;
          });
    } catch (Lost e) {
      return false;
    }
  }

  private static void change(Connection connection, List<OrderUpdate> updates, List<Long> sequences) throws SQLException {
    try (PreparedStatement change = connection.prepareStatement(CHANGE)) {
      for (int i = 0; i < updates.size(); i++) {
        OrderUpdate update = updates.get(i);
        Sql.set(change, update.next(), sequences.get(i), update.before().id(), update.before().version());
        if (change.executeUpdate() == 0) {
          throw new Lost();
        }
      }
    }
  }

  private static void claim(Connection connection, List<OrderUpdate> updates, List<Claim> claims) throws SQLException {
    if (claims.isEmpty()) {
      return;
    }
    Map<String, Long> times = new HashMap<>();
    updates.forEach(update -> times.put(update.before().id(), update.event().at().toEpochMilli()));
    try (PreparedStatement insert = connection.prepareStatement(CLAIM)) {
      for (Claim claim : claims) {
        TransferId id = claim.transfer().id();
        Sql.set(
            insert,
            id.chain(),
            id.transactionHash(),
            id.index(),
            claim.orderId(),
            claim.role(),
            TransferJson.of(claim.transfer()),
            times.getOrDefault(claim.orderId(), 0L));
        try {
          insert.executeUpdate();
        } catch (SQLException e) {
          if (!Database.isDuplicate(e)) {
            throw e;
          }
          claimAgain(connection, claim, id);
        }
      }
    }
  }

  private static void claimAgain(Connection connection, Claim claim, TransferId id) throws SQLException {
    if (Sql.update(
            connection, CLAIM_AGAIN, claim.role(), id.transactionHash(), id.index(), id.chain(), claim.orderId())
        == 0) {
      throw new Lost();
    }
  }

  private void tell(Connection connection, List<OrderUpdate> updates, List<Long> sequences) throws SQLException {
    try (PreparedStatement insert = events.inserting(connection);
        PreparedStatement queue = events.queueing(connection)) {
      for (int i = 0; i < updates.size(); i++) {
        EventStore.insert(insert, sequences.get(i), updates.get(i).event());
        insert.executeUpdate();
        Sql.set(queue, updates.get(i).event().stream(), sequences.get(i));
        queue.executeUpdate();
      }
    }
  }

  /** Takes everything back. */
  private static final class Lost extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private Lost() {
      super("an order has changed or a transfer is another order's", null, false, false);
    }
  }
}
