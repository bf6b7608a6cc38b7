package io.x0tta6bl4.payment.tron.internal;

import io.x0tta6bl4.payment.Amount;
import io.x0tta6bl4.payment.Asset;
import io.x0tta6bl4.payment.Execution;
import io.x0tta6bl4.payment.Finality;
import io.x0tta6bl4.payment.ProviderUnavailableException;
import io.x0tta6bl4.payment.Transfer;
import io.x0tta6bl4.payment.TransferId;
import io.x0tta6bl4.payment.http.Deadline;
import io.x0tta6bl4.payment.http.Polling;
import io.x0tta6bl4.payment.spi.Lookup;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads one transaction: what was signed, and what became of it. */
final class TransactionLookup {

  /** How often a result that is missing from a known transaction is asked for; providers lag by a second or two. */
  private static final int RESULT_ATTEMPTS = 3;

  private final TronGrid grid;
  private final Freshness freshness;
  private final Asset asset;
  private final TronAddress recipient;
  private final Deadline deadline;

  TransactionLookup(TronGrid grid, Freshness freshness, Asset asset, TronAddress recipient, Deadline deadline) {
    this.grid = grid;
    this.freshness = freshness;
    this.asset = asset;
    this.recipient = recipient;
    this.deadline = deadline;
  }

  Lookup run(String hash) {
    Freshness.Heads heads = freshness.ask(deadline);
    TronTransaction transaction = Polling.untilKnown(TronGrid.ID, () -> grid.transaction(hash, deadline), deadline);
    if (transaction == null) {
      if (heads.stale() != null) {
        throw new ProviderUnavailableException(TronGrid.ID, heads.stale(), true, null);
      }
      return new Lookup.Unknown();
    }
    try {
      transaction.checkHash(hash);
      return found(hash, transaction, transaction.decode(), heads);
    } catch (MalformedTransactionException e) {
      return new Lookup.Contradictory("transaction " + hash + ": " + e.getMessage());
    }
  }

  private Lookup found(String hash, TronTransaction first, RawTransaction raw, Freshness.Heads heads)
      throws MalformedTransactionException {
    TronTransaction transaction = first;
    Receipt receipt = grid.receipt(hash, deadline);
    for (int i = 1; i < RESULT_ATTEMPTS && (transaction.result() == null || receipt == null) && Polling.pause(TronGrid.ID, deadline); i++) {
      TronTransaction again = transaction.result() == null ? grid.transaction(hash, deadline) : null;
      if (again != null) {
        again.checkHash(hash);
        transaction = again;
      }
      receipt = receipt == null ? grid.receipt(hash, deadline) : receipt;
    }
    if (receipt != null && !receipt.txId().equals(hash)) {
      // Without the id, which is the provider's text.
      throw new MalformedTransactionException("its receipt is of another transaction");
    }
    if (receipt != null) {
      raw.checkBlockTime(receipt.blockTime());
    }
    Execution execution = execution(transaction, receipt);
    if (receipt != null && execution == Execution.SUCCEEDED) {
      LogCheck.check(receipt, raw.call(), asset.contract(), recipient);
    }
    if (execution == Execution.SUCCEEDED && receipt != null && lacksItsLog(raw.call(), receipt)) {
      return new Lookup.Undecided("the provider does not tell the logs of transaction " + hash);
    }
    Outcome outcome = new Outcome(hash, raw, receipt, execution, heads);
    boolean onlyLogsTell = raw.call() instanceof Call.ContractCall;
    if (onlyLogsTell && execution == Execution.UNKNOWN) {
      return new Lookup.Undecided("the provider does not tell yet what transaction " + hash + " moved");
    }
    return new Lookup.Found(
        execution == Execution.SUCCEEDED && isContractCall(raw.call()) ? outcome.logged(asset) : outcome.called(asset));
  }

  private static Execution execution(TronTransaction transaction, @Nullable Receipt receipt) {
    if (receipt != null && receipt.failed()) {
      return Execution.FAILED;
    }
    if (transaction.result() != null && !transaction.result().equals(TronTransaction.SUCCESS)) {
      return Execution.FAILED;
    }
    return transaction.result() == null || receipt == null ? Execution.UNKNOWN : Execution.SUCCEEDED;
  }

  /** Tether's contract logs every transfer. */
  private static boolean lacksItsLog(Call call, Receipt receipt) {
    return call instanceof Call.TokenTransfer transfer
        && transfer.contract().toBase58().equals(Asset.USDT_TRC20.contract())
        && receipt.transfers().isEmpty();
  }

  private static boolean isContractCall(Call call) {
    return call instanceof Call.TokenTransfer || call instanceof Call.ContractCall;
  }

  /** A transaction with all that is known of it, ready to be told as transfers. */
  private record Outcome(
      String hash, RawTransaction raw, @Nullable Receipt receipt, Execution execution, Freshness.Heads heads) {

    /** What the logs tell; mints come from nobody and are no payments. */
    List<Transfer> logged(Asset asset) {
      List<Transfer> transfers = new ArrayList<>();
      for (Receipt.Log log : receipt == null ? List.<Receipt.Log>of() : receipt.transfers()) {
        if (!log.from().isZero() && log.amount().signum() > 0) {
          transfers.add(transfer(log.index(), log.from(), log.to(), token(log.contract().toBase58(), asset), log.amount()));
        }
      }
      return transfers;
    }

    /** What the call asks for. */
    List<Transfer> called(Asset asset) {
      if (raw.call() instanceof Call.NativeTransfer transfer) {
        return List.of(transfer(0, transfer.from(), transfer.to(), Asset.TRX, transfer.amount()));
      }
      if (raw.call() instanceof Call.Trc10Transfer transfer) {
        Asset trc10 = new Asset(TronGrid.ID, "TRC10", "trc10:" + transfer.tokenId(), 0);
        return List.of(transfer(0, transfer.from(), transfer.to(), trc10, transfer.amount()));
      }
      if (raw.call() instanceof Call.TokenTransfer transfer) {
        Asset token = token(transfer.contract().toBase58(), asset);
        return List.of(transfer(0, transfer.from(), transfer.to(), token, transfer.amount()));
      }
      return List.of();
    }

    private Transfer transfer(int index, TronAddress from, TronAddress to, Asset token, BigInteger units) {
      return new Transfer(
          new TransferId(TronGrid.ID, hash, index),
          from.toBase58(),
          to.toBase58(),
          new Amount(token, units),
          raw.memo(),
          receipt == null ? null : Instant.ofEpochMilli(receipt.blockTime()),
          receipt != null && receipt.blockTime() <= heads.solidTime() ? Finality.FINAL : Finality.PENDING,
          execution);
    }

    /** A token that was not asked for is counted in atomic units: its decimals are not known. */
    private static Asset token(String contract, Asset asked) {
      return contract.equals(asked.contract()) ? asked : new Asset(TronGrid.ID, "TRC20", contract, 0);
    }
  }
}
