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

  boolean isNews(Transfer transfer) {
    Seen before = seen.get(transfer.id());
    return before == null || before.settled != transfer.isSettled();
  }

  void add(Transfer transfer) {
    Instant time = transfer.blockTime();
    if (time != null) {
      seen.put(transfer.id(), new Seen(time, transfer.isSettled()));
    }
  }

  void forgetBefore(Instant time) {
    seen.values().removeIf(transfer -> transfer.blockTime.isBefore(time));
  }

  private record Seen(Instant blockTime, boolean settled) {}
}
