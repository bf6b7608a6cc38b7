package io.x0tta6bl4.payment.ton.internal;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the row of the jetton history to which a notification belongs: the same query id, sender and amount, and the
 * notification at most two minutes after it.
 *
 * <p>Many wallets always use the query id 0, so that two transfers may look alike: each notification belongs to one row, the
 * one with its text before one without, the nearest in time before an earlier one.
 */
final class Pairing {

  static final long NOTICE_SECONDS = 120;

  private Pairing() {}

  /** Gives the rows that were notified. */
  static Set<JettonOperation> notified(List<JettonOperation> operations, List<JettonScan.Notice> notices) {
    Set<JettonOperation> notified = new HashSet<>();
    List<JettonScan.Notice> inTime =
        notices.stream().sorted(Comparator.comparingLong(notice -> notice.transaction().lt())).toList();
    // Those whose text agrees are settled first: they cannot belong to another row.
    for (JettonScan.Notice notice : inTime) {
      partner(notice, operations, notified, true).ifPresent(notified::add);
    }
    for (JettonScan.Notice notice : inTime) {
      if (operations.stream().noneMatch(o -> notified.contains(o) && belongs(notice, o) && sameText(notice, o))) {
        partner(notice, operations, notified, false).ifPresent(notified::add);
      }
    }
    return notified;
  }

  private static Optional<JettonOperation> partner(
      JettonScan.Notice notice, List<JettonOperation> operations, Set<JettonOperation> taken, boolean sameText) {
    return operations.stream()
        .filter(o -> !taken.contains(o) && belongs(notice, o) && (!sameText || sameText(notice, o)))
        .max(Comparator.comparingLong(JettonOperation::utime));
  }

  private static boolean belongs(JettonScan.Notice notice, JettonOperation operation) {
    long after = notice.transaction().utime() - operation.utime();
    return after >= 0
        && after <= NOTICE_SECONDS
        && operation.queryId().equals(notice.body().queryId())
        && operation.amount().equals(notice.body().amount())
        && operation.source().equals(Optional.ofNullable(notice.body().sender()));
  }

  private static boolean sameText(JettonScan.Notice notice, JettonOperation operation) {
    return operation.memo().equals(notice.body().memo());
  }
}
