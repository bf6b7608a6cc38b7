package io.x0tta6bl4.payment.tron.internal;

import io.x0tta6bl4.payment.Asset;
import io.x0tta6bl4.payment.Execution;
import io.x0tta6bl4.payment.Memo;
import io.x0tta6bl4.payment.PaymentException;
import io.x0tta6bl4.payment.http.Deadline;
import io.x0tta6bl4.payment.spi.Scan;
import io.x0tta6bl4.payment.spi.ScanQuery;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One scan of a wallet's incoming transfers of a TRC20 token.
 *
 * <p>A row is a log that the provider indexed; it tells neither memo nor result nor the log's index. Memo, recipient and
 * amount come from the signed bytes of the transaction, the result from its {@code ret}, and the index from the receipt,
 * except for a token that is known to log a plain transfer exactly once.
 */
final class Trc20Scan {

  private final TronGrid grid;
  private final TransactionCache cache;
  private final ScanQuery query;
  private final ScanBuilder found;
  private final int maxPages;
  private final Deadline deadline;
  private final TronAddress recipient;
  private final String contractText;
  private final TronAddress contract;

  Trc20Scan(
      TronGrid grid, TransactionCache cache, ScanQuery query, Freshness.Heads heads, int maxPages, Deadline deadline) {
    this.grid = grid;
    this.cache = cache;
    this.query = query;
    this.found = new ScanBuilder(query, heads);
    this.maxPages = maxPages;
    this.deadline = deadline;
    this.recipient = TronAddress.parse(query.recipient());
    this.contractText = Objects.requireNonNull(query.asset().contract());
    this.contract = TronAddress.parse(contractText);
  }

  Scan run() {
    Feed<Trc20Row> feed =
        Feed.read(
            fingerprint ->
                grid.trc20Page(query.recipient(), contractText, query.from(), query.to(), fingerprint, deadline),
            maxPages);
    found.addUnreadable(feed.unreadable());
    found.breaksOff(feed.missing(), feed.rows().stream().map(Trc20Row::blockTime).toList());
    // The rows of one transaction are judged together: they share its memo and its result.
    Map<String, List<Trc20Row>> byTransaction = new LinkedHashMap<>();
    for (Trc20Row row : feed.rows()) {
      if (concernsUs(row)) {
        byTransaction.computeIfAbsent(row.txId(), hash -> new ArrayList<>(1)).add(row);
      }
    }
    // Look-ups take time: those that may be a whole payment come first, in case the deadline comes before the rest.
    Map<String, List<Trc20Row>> ofOtherAmounts = new LinkedHashMap<>();
    byTransaction.forEach(
        (hash, rows) -> {
          if (mayMatter(rows, Memo.ABSENT)) {
            add(hash, rows);
          } else {
            ofOtherAmounts.put(hash, rows);
          }
        });
    ofOtherAmounts.forEach(this::add);
    return found.build();
  }

  private boolean mayMatter(List<Trc20Row> rows, @Nullable Memo memo) {
    for (Trc20Row row : rows) {
      if (found.mayMatter(row.value(), memo)) {
        return true;
      }
    }
    return false;
  }

  private boolean concernsUs(Trc20Row row) {
    if (!isTransfer(row.type()) || row.value().signum() == 0 || !found.isInWindow(row.blockTime())) {
      return false;
    }
    try {
      if (!isSame(row.contract(), contractText) || !isSame(row.to(), query.recipient())) {
        return false;
      }
    } catch (IllegalArgumentException e) {
      // Without the text, which is the provider's.
      found.addUnreadable(row.txId(), "its token or its recipient is no address");
      return false;
    }
    if (row.decimals() >= 0 && row.decimals() != query.asset().decimals()) {
      found.addUnreadable(
          row.txId(), "decimals are " + row.decimals() + ", expected " + query.asset().decimals());
      return false;
    }
    return true;
  }

  private void add(String hash, List<Trc20Row> rows) {
    try {
      TronTransaction transaction = transaction(hash, rows);
      if (transaction != null) {
        add(hash, rows, transaction);
      }
    } catch (MalformedTransactionException e) {
      found.addUnreadable(hash, String.valueOf(e.getMessage()));
    } catch (PaymentException e) {
      found.miss(hash, e);
    }
  }

  /** Gives the transaction of rows that may matter: from the rows, or else by a look-up; {@code null} if it cannot matter. */
  private @Nullable TronTransaction transaction(String hash, List<Trc20Row> rows)
      throws MalformedTransactionException {
    TronTransaction detail = detail(rows);
    if (!mayMatter(rows, detail == null ? null : memo(detail))) {
      return null;
    }
    if (detail != null && !detail.hashesTo(hash)) {
      detail = null;
    }
    if (detail != null && detail.result() != null) {
      return detail;
    }
    if (found.lookUpsFail()) {
      // One look-up failed already: the others would use up what is left of the time.
      return detail;
    }
    TronTransaction lookedUp = cache.transaction(hash, isSettled(rows), deadline);
    if (lookedUp == null && detail == null) {
      found.miss("transaction " + hash + " is listed, but the provider does not know it yet");
    }
    return lookedUp != null ? lookedUp : detail;
  }

  /** Gives the memo of a detail; {@code null} if it cannot be read, so that the transaction is looked up. */
  private static @Nullable Memo memo(TronTransaction detail) {
    try {
      return detail.raw() == null ? null : RawTransaction.memo(detail.raw());
    } catch (MalformedTransactionException e) {
      return null;
    }
  }

  private void add(String hash, List<Trc20Row> rows, TronTransaction transaction)
      throws MalformedTransactionException {
    RawTransaction raw = transaction.decode();
    if (!mayMatter(rows, raw.memo())) {
      return;
    }
    if (!(raw.call() instanceof Call.ContractCall || raw.call() instanceof Call.TokenTransfer)) {
      throw new MalformedTransactionException("the listing tells of a transfer that the signed call does not ask for");
    }
    transaction.checkHash(hash);
    raw.checkBlockTime(time(rows));
    String result = transaction.result();
    if (result == null) {
      addUndecided(hash, rows, raw);
    } else if (result.equals(TronTransaction.SUCCESS)) {
      addSuccessful(hash, rows, raw);
    }
  }

  private void addSuccessful(String hash, List<Trc20Row> rows, RawTransaction raw)
      throws MalformedTransactionException {
    if (raw.call() instanceof Call.TokenTransfer transfer && transfer.contract().equals(contract)) {
      checkAgainstCall(rows, transfer);
      boolean whole = rows.stream().allMatch(row -> row.value().equals(transfer.amount()));
      if (whole && logsOnce(query.asset())) {
        found.add(hash, 0, transfer.from(), transfer.amount(), raw.memo(), time(rows), confirmed(rows), Execution.SUCCEEDED);
        return;
      }
    }
    Receipt receipt = cache.receipt(hash, time(rows), isSettled(rows), deadline);
    if (receipt == null) {
      addUndecided(hash, rows, raw);
      return;
    }
    if (receipt.failed()) {
      return;
    }
    LogCheck.check(receipt, raw.call(), contractText, recipient);
    for (Receipt.Log log : receipt.transfers()) {
      if (log.contract().equals(contract) && log.to().equals(recipient) && !log.from().isZero() && log.amount().signum() > 0) {
        found.add(hash, log.index(), log.from(), log.amount(), raw.memo(), time(rows), confirmed(rows), Execution.SUCCEEDED);
      }
    }
  }

  /** What a listing shows of a transaction whose result is not told is at best pending. */
  private void addUndecided(String hash, List<Trc20Row> rows, RawTransaction raw) throws MalformedTransactionException {
    if (raw.call() instanceof Call.TokenTransfer transfer && transfer.contract().equals(contract)) {
      checkAgainstCall(rows, transfer);
      found.add(hash, 0, transfer.from(), transfer.amount(), raw.memo(), time(rows), false, Execution.UNKNOWN);
      return;
    }
    // Rows of the same amount may be the same transfer listed twice: while nothing is certain, it counts once.
    List<BigInteger> amounts = rows.stream().map(Trc20Row::value).distinct().toList();
    for (int i = 0; i < amounts.size(); i++) {
      found.add(hash, i, contract, amounts.get(i), raw.memo(), time(rows), false, Execution.UNKNOWN);
    }
  }

  /** A plain transfer cannot bring more than its call says, nor to somebody else. */
  private void checkAgainstCall(List<Trc20Row> rows, Call.TokenTransfer transfer) throws MalformedTransactionException {
    for (Trc20Row row : rows) {
      if (!transfer.to().equals(recipient) || row.value().compareTo(transfer.amount()) > 0) {
        throw new MalformedTransactionException("the listing tells of another transfer than the signed call");
      }
    }
  }

  /** Tether's contract logs a transfer once, unless it takes a fee, and then the amounts differ. Of others nothing is known. */
  private static boolean logsOnce(Asset asset) {
    return asset.isSameToken(Asset.USDT_TRC20);
  }

  private static boolean isTransfer(String type) {
    return type.equals("Transfer") || type.equals("TransferFrom");
  }

  /** Compares addresses; those in base58 have one spelling each, so that unequal ones need no decoding. */
  private static boolean isSame(String text, String canonical) {
    if (text.equals(canonical)) {
      return true;
    }
    return text.length() != canonical.length() && TronAddress.parse(text).toBase58().equals(canonical);
  }

  /** A detail is an offer of the provider: one that is not of its row is left alone, and the transaction is looked up. */
  private static @Nullable TronTransaction detail(List<Trc20Row> rows) throws MalformedTransactionException {
    TronTransaction first = null;
    for (Trc20Row row : rows) {
      TronTransaction detail = row.detail();
      if (detail == null || !isOf(row, detail)) {
        continue;
      }
      if (first != null && !Objects.equals(first.result(), detail.result())) {
        throw new MalformedTransactionException("its rows tell of different results");
      }
      first = first == null ? detail : first;
    }
    return first;
  }

  private static boolean isOf(Trc20Row row, TronTransaction detail) {
    return detail.raw() != null
        && (detail.txId() == null || detail.txId().equals(row.txId()))
        && (detail.blockTime() == 0 || detail.blockTime() == row.blockTime());
  }

  private boolean isSettled(List<Trc20Row> rows) {
    return confirmed(rows) && found.isSettled(time(rows));
  }

  /** A transfer may be listed twice, and be confirmed in one of the rows only. */
  private static boolean confirmed(List<Trc20Row> rows) {
    return rows.stream().anyMatch(row -> !row.unconfirmed());
  }

  /** The time of the block by a row that is confirmed, if one is: another may tell of a block that was replaced. */
  private static long time(List<Trc20Row> rows) {
    long time = 0;
    boolean confirmed = confirmed(rows);
    for (Trc20Row row : rows) {
      if (!confirmed || !row.unconfirmed()) {
        time = Math.max(time, row.blockTime());
      }
    }
    return time;
  }
}
