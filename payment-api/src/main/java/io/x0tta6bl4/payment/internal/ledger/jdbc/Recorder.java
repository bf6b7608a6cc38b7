package io.x0tta6bl4.payment.internal.ledger.jdbc;

import io.x0tta6bl4.payment.TransferId;
import io.x0tta6bl4.payment.ledger.Claim;
import io.x0tta6bl4.payment.ledger.LedgerException;
import io.x0tta6bl4.payment.ledger.OrderUpdate;
import io.x0tta6bl4.payment.ledger.Recording;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes changes of orders, as many as possible in one transaction: first all of them; where that fails, all but those that
 * turn out to have lost. Thread-safe.
 */
public final class Recorder {

  /** Each try but the last finds at least one loser, unless others write at the very same time. */
  private static final int TRIES_TOGETHER = 5;

  private static final int TRIES_ALONE = 50;

  private final Claims claims;
  private final UpdateWriter writer;

  /**
   * Makes the part.
   *
   * @param database where
   * @param claims what is claimed there
   * @param events where the orders' events go
   */
  public Recorder(Database database, Claims claims, EventStore events) {
    this.claims = claims;
    this.writer =
        database.dialect() == Dialect.POSTGRESQL ? new PostgresWriter(database) : new H2Writer(database, events);
  }

  /**
   * Writes changes.
   *
   * @param updates at most one for an order
   * @return what became of each, in their order
   */
  public List<Recording> record(List<OrderUpdate> updates) {
    Map<String, Recording> recordings = new HashMap<>();
    List<OrderUpdate> left = updates;
    while (!left.isEmpty()) {
      List<OrderUpdate> later = new ArrayList<>();
      List<OrderUpdate> now = withoutRivals(left, later);
      now.sort(Comparator.comparing(update -> update.before().id()));
      recordTogether(now, recordings);
      left = later;
    }
    return updates.stream().map(update -> Objects.requireNonNull(recordings.get(update.before().id()))).toList();
  }

  /** Takes the updates whose transfers no earlier one claims for another order: their turn is after it. */
  private static List<OrderUpdate> withoutRivals(List<OrderUpdate> updates, List<OrderUpdate> later) {
    Set<TransferId> claimed = new HashSet<>();
    List<OrderUpdate> now = new ArrayList<>();
    for (OrderUpdate update : updates) {
      boolean isRival = update.claims().stream().anyMatch(claim -> claimed.contains(claim.transfer().id()));
      (isRival ? later : now).add(update);
      // A rival's other transfers are taken too, or a third update would overtake it.
      update.claims().forEach(claim -> claimed.add(claim.transfer().id()));
    }
    return now;
  }

  private void recordTogether(List<OrderUpdate> updates, Map<String, Recording> recordings) {
    List<OrderUpdate> left = updates;
    for (int tries = 0; tries < TRIES_TOGETHER && !left.isEmpty(); tries++) {
      if (writer.write(left)) {
        left.forEach(update -> recordings.put(update.before().id(), new Recording.Recorded(update.after())));
        return;
      }
      left = withoutLosers(left, recordings);
    }
    for (OrderUpdate update : left) {
      recordAlone(update, recordings);
    }
  }

  private void recordAlone(OrderUpdate update, Map<String, Recording> recordings) {
    List<OrderUpdate> left = List.of(update);
    for (int tries = 0; tries < TRIES_ALONE && !left.isEmpty(); tries++) {
      if (writer.write(left)) {
        recordings.put(update.before().id(), new Recording.Recorded(update.after()));
        return;
      }
      left = withoutLosers(left, recordings);
    }
    if (!left.isEmpty()) {
      throw new LedgerException(
          "could not record a change of order " + update.before().id(),
          new SQLException("the change is refused, but nothing is in its way"));
    }
  }

  private List<OrderUpdate> withoutLosers(List<OrderUpdate> updates, Map<String, Recording> recordings) {
    Map<String, Long> versions = claims.versions(updates);
    Set<TransferId> transfers = new HashSet<>();
    updates.forEach(update -> update.claims().forEach(claim -> transfers.add(claim.transfer().id())));
    Map<TransferId, String> owners = claims.owners(transfers);
    List<OrderUpdate> left = new ArrayList<>();
    for (OrderUpdate update : updates) {
      Recording lost = lost(update, versions.get(update.before().id()), owners);
      if (lost == null) {
        left.add(update);
      } else {
        recordings.put(update.before().id(), lost);
      }
    }
    return left;
  }

  private static @Nullable Recording lost(
      OrderUpdate update, @Nullable Long version, Map<TransferId, String> owners) {
    if (version == null || version != update.before().version()) {
      return new Recording.Outdated();
    }
    for (Claim claim : update.claims()) {
      String owner = owners.get(claim.transfer().id());
      if (owner != null && !owner.equals(claim.orderId())) {
        return new Recording.AlreadyUsed(claim.transfer().id(), owner);
      }
    }
    return null;
  }
}
