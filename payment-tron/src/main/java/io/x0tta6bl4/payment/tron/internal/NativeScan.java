package io.x0tta6bl4.payment.tron.internal;

import io.x0tta6bl4.payment.Execution;
import io.x0tta6bl4.payment.PaymentException;
import io.x0tta6bl4.payment.http.Deadline;
import io.x0tta6bl4.payment.spi.Scan;
import io.x0tta6bl4.payment.spi.ScanQuery;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One scan of a wallet's incoming TRX. */
final class NativeScan {

  private final TronGrid grid;
  private final TransactionCache cache;
  private final ScanQuery query;
  private final ScanBuilder found;
  private final int maxPages;
  private final Deadline deadline;
  private final TronAddress recipient;

  NativeScan(
      TronGrid grid, TransactionCache cache, ScanQuery query, Freshness.Heads heads, int maxPages, Deadline deadline) {
    this.grid = grid;
    this.cache = cache;
    this.query = query;
    this.found = new ScanBuilder(query, heads);
    this.maxPages = maxPages;
    this.deadline = deadline;
    this.recipient = TronAddress.parse(query.recipient());
  }

  Scan run() {
    Feed<TronTransaction> feed =
        Feed.read(
            fingerprint ->
                grid.transactionPage(query.recipient(), query.from(), query.to(), fingerprint, deadline),
            maxPages);
    found.addUnreadable(feed.unreadable());
    found.breaksOff(feed.missing(), feed.rows().stream().map(TronTransaction::blockTime).toList());
    Map<String, TronTransaction> byHash = new LinkedHashMap<>();
    Set<String> contradictory = new LinkedHashSet<>();
    for (TronTransaction transaction : feed.rows()) {
      String hash = transaction.txId();
      if (hash != null && found.isInWindow(transaction.blockTime())) {
        TronTransaction before = byHash.putIfAbsent(hash, transaction);
        if (before != null && !before.saysTheSameAs(transaction)) {
          contradictory.add(hash);
        }
      }
    }
    for (String hash : contradictory) {
      byHash.remove(hash);
      found.addUnreadable(hash, "its rows contradict each other");
    }
    byHash.forEach(this::addIfReadable);
    return found.build();
  }

  private void addIfReadable(String hash, TronTransaction transaction) {
    try {
      add(hash, transaction);
    } catch (MalformedTransactionException e) {
      found.addUnreadable(hash, String.valueOf(e.getMessage()));
    }
  }

  private void add(String hash, TronTransaction transaction) throws MalformedTransactionException {
    RawTransaction raw = transaction.decode();
    if (!(raw.call() instanceof Call.NativeTransfer transfer)
        || !transfer.to().equals(recipient)
        || transfer.amount().signum() == 0
        || !found.mayMatter(transfer.amount(), raw.memo())) {
      return;
    }
    transaction.checkHash(hash);
    raw.checkBlockTime(transaction.blockTime());
    String result = transaction.result() != null ? transaction.result() : resultByLookup(hash, transaction);
    if (result == null || result.equals(TronTransaction.SUCCESS)) {
      found.add(
          hash,
          0,
          transfer.from(),
          transfer.amount(),
          raw.memo(),
          transaction.blockTime(),
          true,
          result == null ? Execution.UNKNOWN : Execution.SUCCEEDED);
    }
  }

  private @Nullable String resultByLookup(String hash, TronTransaction transaction) throws MalformedTransactionException {
    if (found.lookUpsFail()) {
      return null;
    }
    try {
      TronTransaction again = cache.transaction(hash, found.isSettled(transaction.blockTime()), deadline);
      return again == null ? null : again.result();
    } catch (PaymentException e) {
      found.miss(hash, e);
      return null;
    }
  }
}
