package io.x0tta6bl4.payment.internal.watch;

import io.x0tta6bl4.payment.Transfer;
import io.x0tta6bl4.payment.TransferId;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * The transfers of the overlap that were dealt with, so that reading them again costs nothing. Forgetting one does no harm: the
 * ledger takes it as the same. Not thread-safe.
 */
final class HandledTransfers {

  private final Map<TransferId, Seen> seen = new HashMap<>();

  /** What was nobody's, or another order's, is news to an order that was opened since. */
  boolean isNews(Transfer transfer, String owner) {
    Seen before = seen.get(transfer.id());
    return before == null || before.settled != transfer.isSettled() || !before.owner.equals(owner);
  }

  void add(Transfer transfer, String owner) {
    Instant time = transfer.blockTime();
    if (time != null) {
      seen.put(transfer.id(), new Seen(time, transfer.isSettled(), owner));
    }
  }

  void forgetBefore(Instant time) {
    seen.values().removeIf(transfer -> transfer.blockTime.isBefore(time));
  }

  private record Seen(Instant blockTime, boolean settled, String owner) {}
}
