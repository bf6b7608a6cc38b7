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
 * @param coveredFrom from which block time on all is there, in seconds
 * @param missing what is not there, and why; {@code null} if all is
 */
record AccountFeed(List<TonTransaction> rows, List<String> unreadable, long coveredFrom, @Nullable String missing) {

  static AccountFeed read(TonApi api, TonAddress account, long from, int maxPages, Deadline deadline) {
    return new Walk(api, account, from, maxPages, deadline).run();
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
    private final Set<String> seen = new HashSet<>();
    private @Nullable TonTransaction last;
    private boolean linkUnknown;

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
          if (row.utime() < from) {
            return new AccountFeed(rows, unreadable, from, null);
          }
          take(row);
        }
        if (last == null || last.previousLt() == 0) {
          // The account's first transaction was read, or it has none, or nothing of the page can be read.
          return page.rows().isEmpty() || last != null
              ? new AccountFeed(rows, unreadable, from, null)
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
    }

    private AccountFeed upTo(String missing) {
      long covered = last == null ? Long.MAX_VALUE : last.utime() + 1;
      return new AccountFeed(rows, unreadable, covered, missing);
    }
  }
}
