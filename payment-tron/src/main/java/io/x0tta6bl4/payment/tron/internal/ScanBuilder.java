package io.x0tta6bl4.payment.tron.internal;

import io.x0tta6bl4.payment.Amount;
import io.x0tta6bl4.payment.Execution;
import io.x0tta6bl4.payment.Finality;
import io.x0tta6bl4.payment.Memo;
import io.x0tta6bl4.payment.PaymentException;
import io.x0tta6bl4.payment.Transfer;
import io.x0tta6bl4.payment.TransferId;
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
  private final Freshness.Heads heads;
  private final List<Transfer> transfers = new ArrayList<>();
  private final List<String> unreadable = new ArrayList<>();
  private @Nullable String missing;
  private @Nullable Instant readUntil;
  private boolean lookUpsFail;

  ScanBuilder(ScanQuery query, Freshness.Heads heads) {
    this.query = query;
    this.heads = heads;
  }

  boolean isInWindow(long blockTime) {
    return blockTime >= query.from().toEpochMilli() && blockTime <= query.to().toEpochMilli();
  }

  boolean isSettled(long blockTime) {
    return blockTime <= heads.solidTime();
  }

  boolean mayMatter(BigInteger units, @Nullable Memo memo) {
    return query.filter().mayMatter(new Amount(query.asset(), units), memo);
  }

  void add(
      String hash,
      int index,
      TronAddress from,
      BigInteger units,
      Memo memo,
      long blockTime,
      boolean confirmed,
      Execution execution) {
    transfers.add(
        new Transfer(
            new TransferId(TronGrid.ID, hash, index),
            from.toBase58(),
            query.recipient(),
            new Amount(query.asset(), units),
            memo,
            Instant.ofEpochMilli(blockTime),
            confirmed && isSettled(blockTime) ? Finality.FINAL : Finality.PENDING,
            execution));
  }

  void addUnreadable(List<String> problems) {
    unreadable.addAll(problems);
  }

  void addUnreadable(String hash, String problem) {
    unreadable.add("transaction " + hash + ": " + problem);
  }

  /** Notes that a listing breaks off. It was asked for in rising order of time, so all before its last row is there. */
  void breaksOff(@Nullable String what, List<Long> blockTimes) {
    if (what != null) {
      missing = what;
      boolean rises = !blockTimes.isEmpty() && blockTimes.equals(blockTimes.stream().sorted().toList());
      readUntil = rises ? Instant.ofEpochMilli(blockTimes.get(blockTimes.size() - 1) - 1) : null;
    }
  }

  /** Notes what was not read, wherever it stands; the first such note stays. */
  void miss(String what) {
    readUntil = null;
    if (missing == null) {
      missing = what;
    }
  }

  /** Notes that a look-up failed; an interrupt ends the scan. */
  void miss(String hash, PaymentException e) {
    if (Thread.currentThread().isInterrupted()) {
      throw e;
    }
    lookUpsFail = true;
    miss("transaction " + hash + " could not be looked up: " + e.getMessage());
  }

  /** Whether the provider failed to answer a look-up; that it does not know a transaction yet is an answer. */
  boolean lookUpsFail() {
    return lookUpsFail;
  }

  Scan build() {
    if (missing != null) {
      Instant until = heads.stale() == null ? readUntil : null;
      return new Scan(transfers, new Scan.Coverage.Partial(missing, until), unreadable);
    }
    return new Scan(transfers, heads.stale() == null ? Scan.WHOLE : new Scan.Coverage.Stale(heads.stale()), unreadable);
  }
}
