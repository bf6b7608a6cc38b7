package io.x0tta6bl4.payment.ton.internal;

import io.x0tta6bl4.payment.PaymentException;
import io.x0tta6bl4.payment.http.Deadline;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An account's transactions back to an instant. Each names the one before it, so that a gap shows.
 *
 * @param rows the newest first
 * @param unreadable one sentence for each row that could not be read
 * @param hidden the times in which those lie
 * @param coveredFrom from which block time on all is there, in seconds
 * @param missing what is not there, and why; {@code null} if all is
 */
record AccountFeed(
    List<TonTransaction> rows,
    List<String> unreadable,
    List<Span> hidden,
    long coveredFrom,
    @Nullable String missing) {

  /**
   * A time, in seconds, both ends included.
   *
   * @param from its start
   * @param to its end
   */
  record Span(long from, long to) {

    boolean touches(Span other) {
      return from <= other.to && other.from <= to;
    }
  }

  static AccountFeed read(TonApi api, TonAddress account, long from, int maxPages, Deadline deadline) {
    return new Walk(api, account, from, maxPages, deadline).run();
  }

  /** Tells whether a row that could not be read may lie in a time. */
  boolean mayHide(Span time) {
    return hidden.stream().anyMatch(time::touches);
  }

  /** One walk back along the chain of an account's transactions. */
  private static final class Walk {
    private final TonApi api;
    private final TonAddress account;
    private final String accountText;
    private final long from;
    private final int maxPages;
    private final Deadline deadline;
    private final List<TonTransaction> rows = new ArrayList<>();
    private final List<String> unreadable = new ArrayList<>();
    private final List<Span> hidden = new ArrayList<>();
    private final Set<String> seen = new HashSet<>();
    private @Nullable TonTransaction last;
    private boolean linkUnknown;

    /** The time of the readable row above those that could not be read; {@code null} if the row before was readable. */
    private @Nullable Long hiddenUntil;

    Walk(TonApi api, TonAddress account, long from, int maxPages, Deadline deadline) {
      this.api = api;
      this.account = account;
      this.accountText = account.toRaw();
      this.from = from;
      this.maxPages = maxPages;
      this.deadline = deadline;
    }

    AccountFeed run() {
      long beforeLt = 0;
      for (int count = 1; ; count++) {
        TransactionReader.Page page;
        try {
          page = api.transactions(account, beforeLt, deadline);
        } catch (PaymentException e) {
          if (count == 1 || Thread.currentThread().isInterrupted()) {
            throw e;
          }
          return upTo("page " + count + " could not be read: " + e.getMessage());
        }
        for (String problem : page.unreadable()) {
          unreadable.add("page " + count + ", " + problem);
        }
        for (TonTransaction row : page.rows()) {
          if (row == null) {
            linkUnknown = true;
            hideBelow(last);
            continue;
          }
          if (!seen.add(row.hash())) {
            // Pages overlap when new transactions come in between.
            continue;
          }
          String gap = gapBefore(row);
          if (gap != null) {
            return upTo(gap);
          }
          endHidden(row.utime());
          if (row.utime() < from) {
            return whole();
          }
          take(row);
        }
        if (last == null || last.previousLt() == 0) {
          // The account's first transaction was read, or it has none, or nothing of the page can be read.
          return page.rows().isEmpty() || last != null
              ? whole()
              : upTo("no row of the page can be read");
        }
        if (page.rows().isEmpty() || last.lt() == beforeLt) {
          return upTo("the transactions before logical time " + last.lt() + " are missing");
        }
        if (count == maxPages) {
          return upTo("there are more than " + maxPages + " pages");
        }
        beforeLt = last.lt();
      }
    }

    private @Nullable String gapBefore(TonTransaction row) {
      TonTransaction newer = last;
      boolean follows =
          newer == null
              || linkUnknown
              || (row.lt() == newer.previousLt() && row.hash().equals(newer.previousHash()));
      return follows || newer == null ? null : "the transactions before logical time " + newer.lt() + " are missing";
    }

    private void take(TonTransaction row) {
      TonTransaction newer = last;
      last = row;
      linkUnknown = false;
      try {
        if (row.account().equals(accountText) || TonAddress.parse(row.account(), true).equals(account)) {
          rows.add(row);
          return;
        }
      } catch (IllegalArgumentException e) {
        // Told below: it is not the account that was asked for.
      }
      unreadable.add("transaction " + row.hash() + ": it is of another account");
      hideBelow(newer);
    }

    /** A row without a time of its own is as old as its neighbours allow; the newest one may be of any time to come. */
    private void hideBelow(@Nullable TonTransaction newer) {
      if (hiddenUntil == null) {
        hiddenUntil = newer == null ? Long.MAX_VALUE : newer.utime();
      }
    }

    private void endHidden(long older) {
      if (hiddenUntil != null) {
        hidden.add(new Span(older, hiddenUntil));
        hiddenUntil = null;
      }
    }

    private AccountFeed whole() {
      endHidden(0);
      return new AccountFeed(rows, unreadable, hidden, from, null);
    }

    private AccountFeed upTo(String missing) {
      endHidden(0);
      long covered = last == null ? Long.MAX_VALUE : last.utime() + 1;
      return new AccountFeed(rows, unreadable, hidden, covered, missing);
    }
  }
}
