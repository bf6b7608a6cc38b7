package io.x0tta6bl4.payment.ton.internal;

import io.x0tta6bl4.payment.Amount;
import io.x0tta6bl4.payment.Asset;
import io.x0tta6bl4.payment.Execution;
import io.x0tta6bl4.payment.Finality;
import io.x0tta6bl4.payment.Memo;
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
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads one transaction. A payer's wallet shows the hash of the transaction on his own account; the one on the recipient's
 * account, which is the payment, is found from it by the message between them.
 */
final class TransactionLookup {

  /** A wallet sends up to 4 messages in one transaction, one for many payments up to 255; more look-ups help nobody. */
  private static final int MAX_MESSAGES = 8;

  private final TonApi api;
  private final Freshness freshness;
  private final JettonWallets wallets;
  private final Asset asset;
  private final TonAddress recipient;
  private final int maxPages;
  private final Deadline deadline;
  private final List<Transfer> transfers = new ArrayList<>();
  private long finalUntil;

  TransactionLookup(
      TonApi api,
      Freshness freshness,
      JettonWallets wallets,
      Asset asset,
      TonAddress recipient,
      int maxPages,
      Deadline deadline) {
    this.api = api;
    this.freshness = freshness;
    this.wallets = wallets;
    this.asset = asset;
    this.recipient = recipient;
    this.maxPages = maxPages;
    this.deadline = deadline;
  }

  Lookup run(String hash) {
    Freshness.Head head = freshness.ask(deadline);
    finalUntil = head.utime();
    // tonapi answers 404 for a while for what is new, and now and then for what is not.
    TonTransaction transaction = Polling.untilKnown(TonApi.ID, () -> api.transaction(hash, deadline), deadline);
    if (transaction == null) {
      if (head.stale() != null) {
        throw new ProviderUnavailableException(TonApi.ID, head.stale(), true, null);
      }
      return new Lookup.Unknown();
    }
    try {
      if (!transaction.hash().equals(hash)) {
        return new Lookup.Contradictory("the answer is for transaction " + transaction.hash() + ", not " + hash);
      }
      return read(transaction);
    } catch (MalformedMessageException e) {
      return new Lookup.Contradictory("transaction " + hash + ": " + e.getMessage());
    }
  }

  private Lookup read(TonTransaction transaction) throws MalformedMessageException {
    TonAddress account = account(transaction);
    if (!account.equals(recipient)) {
      Lookup followed = follow(transaction);
      if (followed != null) {
        return followed;
      }
    }
    addIncoming(transaction, account, null);
    if (transfers.isEmpty()) {
      addOutgoing(transaction, account);
    }
    return new Lookup.Found(transfers);
  }

  /** Goes on to the transactions on the recipient's account that this one caused; {@code null} if there are none. */
  private @Nullable Lookup follow(TonTransaction transaction) throws MalformedMessageException {
    List<TonTransaction.OutMessage> toRecipient =
        transaction.out().stream().filter(m -> isTo(m, recipient) && m.hash() != null).limit(MAX_MESSAGES).toList();
    for (TonTransaction.OutMessage message : toRecipient) {
      TonTransaction incoming = api.transactionOfMessage(String.valueOf(message.hash()), deadline);
      if (incoming == null) {
        return new Lookup.Undecided("the message to the recipient is on its way");
      }
      if (!account(incoming).equals(recipient)) {
        throw new MalformedMessageException("its message to the recipient is answered by a transaction of another account");
      }
      addIncoming(incoming, recipient, transaction);
    }
    return toRecipient.isEmpty() || transfers.isEmpty() ? null : new Lookup.Found(transfers);
  }

  /**
   * Adds what a transaction brought its account.
   *
   * @param sentBy the transaction that sent its message, where that is known
   */
  private void addIncoming(TonTransaction transaction, TonAddress account, @Nullable TonTransaction sentBy)
      throws MalformedMessageException {
    Message message = transaction.in();
    if (message == null || !message.isInternal() || message.bounced()) {
      return;
    }
    Body body = BodyReader.read(message);
    if (body instanceof Body.JettonNotification notification) {
      BodyReader.check(message, body);
      addNotice(Notice.of(transaction, message, notification), account, sentBy);
      return;
    }
    if (body instanceof Body.JettonInternalTransfer tokens && isOwnJettonWallet(account)) {
      if (isMaster(NativeScan.source(message))) {
        // Minted, not transferred.
        return;
      }
      // The recipient's jetton wallet received tokens and told nobody, or else the message would have been followed.
      add(transaction, tokens.sender(), recipient, asset, tokens.amount(), tokens.memo(), execution(transaction));
      return;
    }
    NativeScan.Credit credit = NativeScan.Credit.of(transaction);
    if (credit != null) {
      credit.check();
      add(transaction, NativeScan.source(message), account, Asset.TON, credit.amount(), credit.memo(), credit.execution());
    }
  }

  /** A notice counts if it came from the wallet that the pinned master derives; from another jetton's it is another token. */
  private void addNotice(Notice notice, TonAddress account, @Nullable TonTransaction sentBy)
      throws MalformedMessageException {
    TonAddress source = NativeScan.source(notice.message());
    if (source == null || notice.body().sender() == null) {
      // Without a sender the tokens were minted.
      return;
    }
    String contract = asset.contract();
    if (contract != null && source.equals(wallets.of(TonAddress.parse(contract, true), account, deadline))) {
      if (notice.isLate() && account.equals(recipient)) {
        addLate(notice, source, TonAddress.parse(contract, true), sentBy);
      } else {
        add(notice, account, asset, true);
      }
      return;
    }
    Optional<TonAddress> master = api.claimedMaster(source, deadline);
    if (master.isPresent() && source.equals(wallets.of(master.get(), account, deadline))) {
      // Its decimals are not known: it is counted in atomic units.
      Asset other = new Asset(TonApi.ID, "JETTON", master.get().toRaw(), 0);
      add(notice, account, other, true);
    }
  }

  /**
   * What was notified late is known by the transaction that added the tokens, which a scan finds in the history. If it cannot
   * be told which one that is, the transfer may have been credited under a hash that is not this one.
   */
  private void addLate(Notice notice, TonAddress wallet, TonAddress master, @Nullable TonTransaction sentBy)
      throws MalformedMessageException {
    if (sentBy != null) {
      if (!account(sentBy).equals(wallet)) {
        throw new MalformedMessageException("its message is told to come from another account");
      }
      addRow(notice, sentBy.hash(), sentBy.utime());
      return;
    }
    long from = notice.sentAt() - Pairing.NEAR;
    JettonHistory history =
        JettonHistory.read(api, master, recipient, from, notice.transaction().lt(), maxPages, deadline);
    List<JettonOperation> rows = Pairing.rowsOf(notice, history.rows());
    if (rows.size() == 1) {
      addRow(notice, rows.get(0).transactionHash(), rows.get(0).utime());
    } else {
      add(notice, recipient, asset, rows.isEmpty() && history.tellsAllFrom(from));
    }
  }

  private void addRow(Notice notice, String hash, long utime) {
    Body.JettonNotification body = notice.body();
    boolean settled = utime + Notice.LONGEST_DELAY <= finalUntil;
    add(hash, utime, settled, body.sender(), recipient, asset, body.amount(), body.memo(), Execution.SUCCEEDED);
  }

  private void add(Notice notice, TonAddress account, Asset of, boolean settled) {
    TonTransaction transaction = notice.transaction();
    Body.JettonNotification body = notice.body();
    add(
        transaction.hash(),
        transaction.utime(),
        settled && transaction.utime() <= finalUntil,
        body.sender(),
        account,
        of,
        body.amount(),
        body.memo(),
        notice.execution());
  }

  /** What a transaction of somebody's own sends away, so that it is seen to be an outgoing one. */
  private void addOutgoing(TonTransaction transaction, TonAddress account) {
    for (TonTransaction.OutMessage message : transaction.out()) {
      TonAddress destination = message.destination() == null ? null : parsed(message.destination());
      if (destination != null && transaction.in() != null && !transaction.in().isInternal()) {
        add(
            transaction,
            account,
            destination,
            Asset.TON,
            BigInteger.valueOf(message.value()),
            Memo.ABSENT,
            Execution.SUCCEEDED);
      }
    }
  }

  private void add(
      TonTransaction transaction,
      @Nullable TonAddress from,
      TonAddress to,
      Asset of,
      BigInteger units,
      Memo memo,
      Execution execution) {
    boolean settled = transaction.utime() <= finalUntil;
    add(transaction.hash(), transaction.utime(), settled, from, to, of, units, memo, execution);
  }

  private void add(
      String hash,
      long utime,
      boolean settled,
      @Nullable TonAddress from,
      TonAddress to,
      Asset of,
      BigInteger units,
      Memo memo,
      Execution execution) {
    transfers.add(
        new Transfer(
            new TransferId(TonApi.ID, hash, 0),
            from == null ? null : from.toRaw(),
            to.toRaw(),
            new Amount(of, units),
            memo,
            Instant.ofEpochSecond(utime),
            settled ? Finality.FINAL : Finality.PENDING,
            execution));
  }

  private boolean isMaster(@Nullable TonAddress account) {
    return account != null && account.toRaw().equals(asset.contract());
  }

  private boolean isOwnJettonWallet(TonAddress account) {
    return asset.contract() != null
        && account.equals(wallets.of(TonAddress.parse(asset.contract(), true), recipient, deadline));
  }

  private static Execution execution(TonTransaction transaction) {
    if (transaction.wasBouncedBack()) {
      return Execution.BOUNCED;
    }
    return transaction.success() ? Execution.SUCCEEDED : Execution.FAILED;
  }

  private static boolean isTo(TonTransaction.OutMessage message, TonAddress account) {
    return message.destination() != null && account.equals(parsed(message.destination()));
  }

  private static @Nullable TonAddress parsed(String address) {
    try {
      return TonAddress.parse(address, true);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static TonAddress account(TonTransaction transaction) throws MalformedMessageException {
    TonAddress account = parsed(transaction.account());
    if (account == null) {
      throw new MalformedMessageException("its account is no address");
    }
    return account;
  }
}
