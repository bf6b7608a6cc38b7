package io.x0tta6bl4.payment.ton.internal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the row of the jetton history to which a notification belongs: the same query id, sender and amount, and the
 * notification at most two minutes after it.
 *
 * <p>Many wallets always use the query id 0, so that transfers may look alike. Each notification belongs to one row, to one
 * with its text before one without. Of several the earliest that is still in time is taken: since all have the same two
 * minutes, this leaves as few rows as possible without their notification, and so never counts a transfer twice.
 */
final class Pairing {

  static final long NOTICE_SECONDS = 120;

  private Pairing() {}

  /** Gives the rows that were notified. */
  static Set<JettonOperation> notified(List<JettonOperation> operations, List<JettonScan.Notice> notices) {
    List<JettonOperation> earliestFirst =
        operations.stream().distinct().sorted(Comparator.comparingLong(JettonOperation::utime)).toList();
    List<JettonScan.Notice> inTime =
        notices.stream().sorted(Comparator.comparingLong(notice -> notice.transaction().utime())).toList();
    Set<JettonOperation> notified = new HashSet<>();
    List<JettonScan.Notice> left = new ArrayList<>();
    for (JettonScan.Notice notice : inTime) {
      Optional<JettonOperation> own = partner(notice, earliestFirst, notified, true);
      own.ifPresentOrElse(notified::add, () -> left.add(notice));
    }
    for (JettonScan.Notice notice : left) {
      partner(notice, earliestFirst, notified, false).ifPresent(notified::add);
    }
    return notified;
  }

  private static Optional<JettonOperation> partner(
      JettonScan.Notice notice, List<JettonOperation> operations, Set<JettonOperation> taken, boolean sameText) {
    return operations.stream()
        .filter(o -> belongs(notice, o) && (!sameText || sameText(notice, o)) && !taken.contains(o))
        .findFirst();
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
