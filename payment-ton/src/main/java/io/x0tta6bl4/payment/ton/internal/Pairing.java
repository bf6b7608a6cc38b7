package io.x0tta6bl4.payment.ton.internal;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;

/**
 * Finds the row of the jetton history to which a notification belongs: the same query id, sender and amount, at the time at
 * which the notification was sent, however long it was on its way.
 *
 * <p>Many wallets always use the query id 0, so that transfers may look alike. Each notification belongs to one row, and each
 * row has one notification at the most. The row at the very time of sending is taken first, then the nearest one, since a row
 * that is left counts as a transfer of its own: a provider that dates its rows a little otherwise must not make one transfer
 * two. Of several rows one with the notification's text is taken before one without.
 */
final class Pairing {

  /** How far a row may be from the time at which its notification was sent, in seconds. */
  static final long NEAR = 120;

  private static final List<BiPredicate<Notice, JettonOperation>> BEST_FIRST =
      List.of(
          (notice, row) -> isAtItsTime(notice, row) && sameText(notice, row),
          Pairing::isAtItsTime,
          (notice, row) -> isNear(notice, row) && sameText(notice, row),
          Pairing::isNear);

  private Pairing() {}

  /** Gives the rows that were notified, each with its notification. */
  static Map<JettonOperation, Notice> notified(List<JettonOperation> rows, List<Notice> notices) {
    Map<Content, List<JettonOperation>> alike =
        rows.stream()
            .distinct()
            .sorted(Comparator.comparingLong(JettonOperation::utime).thenComparingLong(JettonOperation::lt))
            .collect(Collectors.groupingBy(Content::of));
    List<Notice> left =
        notices.stream()
            .sorted(
                Comparator.<Notice>comparingLong(notice -> notice.transaction().utime())
                    .thenComparingLong(notice -> notice.transaction().lt()))
            .toList();
    Map<JettonOperation, Notice> notified = new HashMap<>();
    for (BiPredicate<Notice, JettonOperation> belongs : BEST_FIRST) {
      List<Notice> without = new ArrayList<>();
      for (Notice notice : left) {
        alike.getOrDefault(Content.of(notice), List.of()).stream()
            .filter(row -> belongs.test(notice, row) && !notified.containsKey(row))
            .min(Comparator.comparingLong(row -> distance(notice, row)))
            .ifPresentOrElse(row -> notified.put(row, notice), () -> without.add(notice));
      }
      left = without;
    }
    return notified;
  }

  /** Gives the rows to which a notification may belong: those that are better than all others, more than one if it is open. */
  static List<JettonOperation> rowsOf(Notice notice, Collection<JettonOperation> rows) {
    List<JettonOperation> alike =
        rows.stream().distinct().filter(row -> Content.of(row).equals(Content.of(notice))).toList();
    for (BiPredicate<Notice, JettonOperation> belongs : BEST_FIRST) {
      List<JettonOperation> found = alike.stream().filter(row -> belongs.test(notice, row)).toList();
      if (!found.isEmpty()) {
        long nearest = found.stream().mapToLong(row -> distance(notice, row)).min().orElseThrow();
        return found.stream().filter(row -> distance(notice, row) == nearest).toList();
      }
    }
    return List.of();
  }

  private static boolean isAtItsTime(Notice notice, JettonOperation row) {
    return row.utime() == notice.sentAt();
  }

  private static boolean isNear(Notice notice, JettonOperation row) {
    return distance(notice, row) <= NEAR && row.utime() <= notice.transaction().utime();
  }

  private static long distance(Notice notice, JettonOperation row) {
    return Math.abs(row.utime() - notice.sentAt());
  }

  private static boolean sameText(Notice notice, JettonOperation row) {
    return row.memo().equals(notice.body().memo());
  }

  /** What a transfer and its notification have in common. */
  private record Content(BigInteger queryId, BigInteger amount, Optional<TonAddress> sender) {

    static Content of(JettonOperation row) {
      return new Content(row.queryId(), row.amount(), row.source());
    }

    static Content of(Notice notice) {
      return new Content(
          notice.body().queryId(), notice.body().amount(), Optional.ofNullable(notice.body().sender()));
    }
  }
}
