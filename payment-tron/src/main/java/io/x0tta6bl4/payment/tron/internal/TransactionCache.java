package io.x0tta6bl4.payment.tron.internal;

import io.x0tta6bl4.payment.http.Deadline;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Looks transactions and receipts up, and keeps those that can no longer change. What is not of the transaction that was
 * asked for is refused, so that one garbled answer cannot stay. Thread-safe.
 */
final class TransactionCache {

  private static final int ENTRIES = 10_000;

  private final TronGrid grid;
  private final Map<String, TronTransaction> transactions = new Latest<>();
  private final Map<String, Receipt> receipts = new Latest<>();

  TransactionCache(TronGrid grid) {
    this.grid = grid;
  }

  /**
   * Gives a transaction.
   *
   * @param settled whether its block is final, so that the answer may be kept
   * @throws MalformedTransactionException if the answer is of another transaction
   */
  @Nullable TronTransaction transaction(String hash, boolean settled, Deadline deadline)
      throws MalformedTransactionException {
    synchronized (transactions) {
      TronTransaction known = transactions.get(hash);
      if (known != null) {
        return known;
      }
    }
    TronTransaction found = grid.transaction(hash, deadline);
    if (found != null) {
      found.checkHash(hash);
    }
    if (found != null && settled && found.result() != null) {
      synchronized (transactions) {
        transactions.put(hash, found);
      }
    }
    return found;
  }

  /**
   * Gives a receipt.
   *
   * @param blockTime when its transaction's block was, as the listing says
   * @param settled whether that block is final, so that the answer may be kept
   * @throws MalformedTransactionException if the answer is of another transaction or block
   */
  @Nullable Receipt receipt(String hash, long blockTime, boolean settled, Deadline deadline)
      throws MalformedTransactionException {
    synchronized (receipts) {
      Receipt known = receipts.get(hash);
      if (known != null) {
        return known;
      }
    }
    Receipt found = grid.receipt(hash, deadline);
    if (found != null && (!found.txId().equals(hash) || found.blockTime() != blockTime)) {
      throw new MalformedTransactionException("its receipt is of another transaction or block");
    }
    if (found != null && settled) {
      synchronized (receipts) {
        receipts.put(hash, found);
      }
    }
    return found;
  }

  private static final class Latest<V> extends LinkedHashMap<String, V> {
    private static final long serialVersionUID = 1L;

    Latest() {
      super(64, 0.75f, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
      return size() > ENTRIES;
    }
  }
}
