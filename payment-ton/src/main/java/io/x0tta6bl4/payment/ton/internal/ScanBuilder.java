package io.x0tta6bl4.payment.ton.internal;

import io.x0tta6bl4.payment.Amount;
import io.x0tta6bl4.payment.Execution;
import io.x0tta6bl4.payment.Finality;
import io.x0tta6bl4.payment.Memo;
import io.x0tta6bl4.payment.PaymentException;
import io.x0tta6bl4.payment.Transfer;
import io.x0tta6bl4.payment.TransferId;
import io.x0tta6bl4.payment.http.Deadline;
import io.x0tta6bl4.payment.spi.Scan;
import io.x0tta6bl4.payment.spi.ScanQuery;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects what a scan finds, and how much of its window it covers. */
final class ScanBuilder {

  private final ScanQuery query;
  private final Freshness.Head head;
  private final List<Transfer> transfers = new ArrayList<>();
  private final List<String> unreadable = new ArrayList<>();
  private @Nullable String missing;

  ScanBuilder(ScanQuery query, Freshness.Head head) {
    this.query = query;
    this.head = head;
  }

  /** The window's start in whole seconds, as block times are. */
  long fromSecond() {
    Instant from = query.from();
    return from.getNano() == 0 ? from.getEpochSecond() : from.getEpochSecond() + 1;
  }

  boolean isInWindow(long utime) {
    return utime >= fromSecond() && utime <= query.to().getEpochSecond();
  }

  boolean mayMatter(BigInteger units, Memo memo) {
    return query.filter().mayMatter(new Amount(query.asset(), units), memo);
  }

  void add(
      String hash,
      @Nullable TonAddress from,
      BigInteger units,
      Memo memo,
      long utime,
      boolean settled,
      Execution execution) {
    transfers.add(
        new Transfer(
            new TransferId(TonApi.ID, hash, 0),
            from == null ? null : from.toRaw(),
            query.recipient(),
            new Amount(query.asset(), units),
            memo,
            Instant.ofEpochSecond(utime),
            settled && utime <= head.utime() ? Finality.FINAL : Finality.PENDING,
            execution));
  }

  void addUnreadable(List<String> problems) {
    unreadable.addAll(problems);
  }

  void addUnreadable(String hash, String problem) {
    unreadable.add("transaction " + hash + ": " + problem);
  }

  /** Notes what was not read; the first such note stays. */
  void miss(@Nullable String what) {
    if (missing == null) {
      missing = what;
    }
  }

  /** Finishes; the indexer's own word is asked for too, since it may be behind though the head is not. */
  Scan build(Freshness freshness, Deadline deadline) {
    String stale = head.stale();
    if (stale == null && missing == null) {
      try {
        stale = freshness.staleIndexer(deadline);
      } catch (PaymentException e) {
        if (Thread.currentThread().isInterrupted()) {
          throw e;
        }
        miss("whether the index is up with the chain could not be asked: " + e.getMessage());
      }
    }
    // Coverage that is partial for two reasons is told by the graver one: a stale provider knows nothing of the rest.
    if (stale != null) {
      return new Scan(transfers, new Scan.Coverage.Stale(stale), unreadable);
    }
    return new Scan(
        transfers, missing == null ? Scan.WHOLE : new Scan.Coverage.Partial(missing), unreadable);
  }
}
