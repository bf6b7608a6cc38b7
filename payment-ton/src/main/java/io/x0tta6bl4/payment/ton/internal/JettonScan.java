package io.x0tta6bl4.payment.ton.internal;

import io.x0tta6bl4.payment.Execution;
import io.x0tta6bl4.payment.MalformedReplyException;
import io.x0tta6bl4.payment.PaymentException;
import io.x0tta6bl4.payment.http.Deadline;
import io.x0tta6bl4.payment.http.JsonValue;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * One scan of a wallet's incoming jettons.
 *
 * <p>A transfer is known by the notification that the recipient's own jetton wallet sends; what is not notified is found in
 * the jetton history. A row of the history to which a notification belongs is the same transfer and counts once.
 */
final class JettonScan {

  private final TonApi api;
  private final TonAddress master;
  private final TonAddress recipient;
  private final TonAddress wallet;
  private final Freshness.Head head;
  private final int maxPages;
  private final Deadline deadline;
  private final ScanBuilder found;

  JettonScan(
      TonApi api,
      TonAddress master,
      TonAddress recipient,
      TonAddress wallet,
      Freshness.Head head,
      int maxPages,
      Deadline deadline,
      ScanBuilder found) {
    this.api = api;
    this.master = master;
    this.recipient = recipient;
    this.wallet = wallet;
    this.head = head;
    this.maxPages = maxPages;
    this.deadline = deadline;
    this.found = found;
  }

  void add(AccountFeed feed) {
    List<Notice> notices = notices(feed);
    for (Notice notice : notices) {
      addNotice(notice);
    }
    List<JettonOperation> operations = operations();
    Set<JettonOperation> notified = Pairing.notified(operations, notices);
    for (JettonOperation operation : operations) {
      if (!notified.contains(operation)) {
        addOperation(operation, feed);
      }
    }
  }

  /**
   * A notification of the recipient's own jetton wallet.
   *
   * @param transaction the one that it caused
   * @param message itself
   * @param body what it says
   */
  record Notice(TonTransaction transaction, Message message, Body.JettonNotification body) {}

  private List<Notice> notices(AccountFeed feed) {
    List<Notice> notices = new ArrayList<>();
    for (TonTransaction transaction : feed.rows()) {
      Message message = transaction.in();
      try {
        if (message != null && isFromOwnWallet(message) && BodyReader.read(message) instanceof Body.JettonNotification body) {
          notices.add(new Notice(transaction, message, body));
        }
      } catch (MalformedMessageException e) {
        found.addUnreadable(transaction.hash(), String.valueOf(e.getMessage()));
      }
    }
    return notices;
  }

  private boolean isFromOwnWallet(Message message) throws MalformedMessageException {
    return message.isInternal() && !message.bounced() && wallet.equals(NativeScan.source(message));
  }

  /** A notice without a sender tells of tokens that were minted. */
  private void addNotice(Notice notice) {
    TonTransaction transaction = notice.transaction();
    Body.JettonNotification body = notice.body();
    if (!found.isInWindow(transaction.utime())
        || body.amount().signum() == 0
        || body.sender() == null
        || !found.mayMatter(body.amount(), body.memo())) {
      return;
    }
    try {
      BodyReader.check(notice.message(), body);
    } catch (MalformedMessageException e) {
      found.addUnreadable(transaction.hash(), String.valueOf(e.getMessage()));
      return;
    }
    // The jettons lie in the wallet before it tells of them: a notice that fails or bounces takes nothing back.
    boolean heard = transaction.success() && transaction.bouncePhase() == null;
    found.add(
        transaction.hash(),
        body.sender(),
        body.amount(),
        body.memo(),
        transaction.utime(),
        true,
        heard ? Execution.SUCCEEDED : Execution.CREDITED_BUT_FAILED);
  }

  private void addOperation(JettonOperation operation, AccountFeed feed) {
    if (!found.isInWindow(operation.utime())
        || operation.utime() < feed.coveredFrom()
        || operation.amount().signum() == 0
        || !found.mayMatter(operation.amount(), operation.memo())) {
      return;
    }
    // Until the time for its notification is over, it may still come, and then it is the transfer.
    boolean judged = operation.utime() + Pairing.NOTICE_SECONDS <= head.utime();
    found.add(
        operation.transactionHash(),
        operation.source().orElse(null),
        operation.amount(),
        operation.memo(),
        operation.utime(),
        judged,
        Execution.SUCCEEDED);
  }

  /** The transfers of the history to the recipient, back to the start of the window. */
  private List<JettonOperation> operations() {
    List<JettonOperation> operations = new ArrayList<>();
    Set<Long> seen = new HashSet<>();
    long beforeLt = 0;
    for (int count = 1; ; count++) {
      List<JsonValue> rows;
      try {
        rows = api.jettonHistory(master, recipient, found.fromSecond(), beforeLt, deadline);
      } catch (PaymentException e) {
        if (Thread.currentThread().isInterrupted()) {
          throw e;
        }
        found.miss("page " + count + " of the jetton history could not be read: " + e.getMessage());
        return operations;
      }
      long oldest = Long.MAX_VALUE;
      boolean beforeWindow = false;
      for (JsonValue row : rows) {
        try {
          JettonOperation operation = JettonOperation.read(row);
          oldest = Math.min(oldest, operation.lt());
          beforeWindow |= operation.utime() < found.fromSecond();
          if (isIncoming(operation)) {
            operations.add(operation);
          }
        } catch (MalformedReplyException e) {
          found.addUnreadable(List.of("jetton history, page " + count + ": " + e.getMessage()));
        }
      }
      if (rows.size() < TonApi.PAGE_SIZE || beforeWindow) {
        return operations;
      }
      if (oldest == Long.MAX_VALUE || !seen.add(oldest) || count == maxPages) {
        found.miss("the jetton history goes on behind page " + count);
        return operations;
      }
      beforeLt = oldest;
    }
  }

  private boolean isIncoming(JettonOperation operation) {
    return operation.type().equals("transfer")
        && operation.master().equals(master)
        && operation.destination().filter(recipient::equals).isPresent();
  }
}
