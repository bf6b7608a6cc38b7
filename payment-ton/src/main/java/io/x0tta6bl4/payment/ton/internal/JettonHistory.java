package io.x0tta6bl4.payment.ton.internal;

import io.x0tta6bl4.payment.MalformedReplyException;
import io.x0tta6bl4.payment.PaymentException;
import io.x0tta6bl4.payment.http.Deadline;
import io.x0tta6bl4.payment.http.JsonValue;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The transfers of a jetton to an account, back to an instant, as the jetton history tells them.
 *
 * @param rows the newest first
 * @param unreadable one sentence for each row that could not be read
 * @param coveredFrom from which block time on all that can be read is there, in seconds
 * @param missing what is not there, and why; {@code null} if all is
 */
record JettonHistory(
    List<JettonOperation> rows, List<String> unreadable, long coveredFrom, @Nullable String missing) {

  /** Reads what lies before a logical time, or all if that is 0. */
  static JettonHistory read(
      TonApi api, TonAddress master, TonAddress account, long from, long beforeLt, int maxPages, Deadline deadline) {
    return new Walk(master, account, from).run(api, beforeLt, maxPages, deadline);
  }

  /** Tells whether a row of that time or later would have been seen if there were one. */
  boolean tellsAllFrom(long utime) {
    return coveredFrom <= utime && unreadable.isEmpty();
  }

  /** One walk back along a history. */
  private static final class Walk {
    private final TonAddress master;
    private final TonAddress account;
    private final long from;
    private final List<JettonOperation> rows = new ArrayList<>();
    private final List<String> unreadable = new ArrayList<>();
    private @Nullable JettonOperation oldest;

    Walk(TonAddress master, TonAddress account, long from) {
      this.master = master;
      this.account = account;
      this.from = from;
    }

    JettonHistory run(TonApi api, long beforeLt, int maxPages, Deadline deadline) {
      Set<Long> seen = new HashSet<>();
      long before = beforeLt;
      for (int count = 1; ; count++) {
        List<JsonValue> page;
        try {
          page = api.jettonHistory(master, account, from, before, deadline);
        } catch (PaymentException e) {
          if (Thread.currentThread().isInterrupted()) {
            throw e;
          }
          return upTo("page " + count + " of the jetton history could not be read: " + e.getMessage());
        }
        boolean isRead = take(page, count);
        if (page.size() < TonApi.PAGE_SIZE || (oldest != null && oldest.utime() < from)) {
          return new JettonHistory(rows, unreadable, from, null);
        }
        if (!isRead || oldest == null || !seen.add(oldest.lt()) || count == maxPages) {
          return upTo("the jetton history goes on behind page " + count);
        }
        before = oldest.lt();
      }
    }

    /** Tells whether any row of the page could be read. */
    private boolean take(List<JsonValue> page, int count) {
      boolean isRead = false;
      for (JsonValue row : page) {
        try {
          JettonOperation operation = JettonOperation.read(row);
          isRead = true;
          if (oldest == null || operation.lt() < oldest.lt()) {
            oldest = operation;
          }
          if (isIncoming(operation)) {
            rows.add(operation);
          }
        } catch (MalformedReplyException e) {
          unreadable.add("jetton history, page " + count + ": " + e.getMessage());
        }
      }
      return isRead;
    }

    private boolean isIncoming(JettonOperation operation) {
      return operation.type().equals("transfer")
          && operation.master().equals(master)
          && operation.destination().filter(account::equals).isPresent();
    }

    private JettonHistory upTo(String missing) {
      return new JettonHistory(rows, unreadable, oldest == null ? Long.MAX_VALUE : oldest.utime() + 1, missing);
    }
  }
}
