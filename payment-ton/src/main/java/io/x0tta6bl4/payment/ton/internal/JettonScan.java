package io.x0tta6bl4.payment.ton.internal;

import io.x0tta6bl4.payment.Execution;
import io.x0tta6bl4.payment.Memo;
import io.x0tta6bl4.payment.http.Deadline;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One scan of a wallet's incoming jettons.
 *
 * <p>A transfer is known by the notification that the recipient's own jetton wallet sends; what is not notified in time is
 * known by its row of the jetton history, and stays so when a late notification comes. Both are the same transfer and count
 * once.
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

  /** When there came messages of the recipient's own jetton wallet that could not be read. */
  private final List<AccountFeed.Span> unreadable = new ArrayList<>();

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
    JettonHistory history = history(notices);
    Map<JettonOperation, Notice> notified = Pairing.notified(history.rows(), notices);
    Set<Notice> paired = new HashSet<>(notified.values());
    for (Notice notice : notices) {
      if (!notice.isLate()) {
        addNotice(notice, true);
      } else if (!paired.contains(notice)) {
        // Without its row it is the transfer itself, unless the row may be one that was not read.
        addNotice(notice, history.tellsAllFrom(notice.sentAt() - Pairing.NEAR));
      }
    }
    for (JettonOperation operation : new LinkedHashSet<>(history.rows())) {
      Notice notice = notified.get(operation);
      if (notice == null) {
        addSilent(operation, feed);
      } else if (notice.isLate()) {
        addOperation(operation, notice.body().memo(), true);
      }
    }
  }

  private List<Notice> notices(AccountFeed feed) {
    List<Notice> notices = new ArrayList<>();
    for (TonTransaction transaction : feed.rows()) {
      Message message = transaction.in();
      try {
        if (message != null && isFromOwnWallet(message)) {
          Notice notice = notice(transaction, message);
          if (notice != null) {
            notices.add(notice);
          }
        }
      } catch (MalformedMessageException e) {
        found.addUnreadable(transaction.hash(), String.valueOf(e.getMessage()));
        unreadable.add(new AccountFeed.Span(transaction.utime(), transaction.utime()));
      }
    }
    return notices;
  }

  private boolean isFromOwnWallet(Message message) throws MalformedMessageException {
    return message.isInternal() && !message.bounced() && wallet.equals(NativeScan.source(message));
  }

  /** Reads what the recipient's own jetton wallet says; {@code null} if it tells of no tokens. */
  private @Nullable Notice notice(TonTransaction transaction, Message message) throws MalformedMessageException {
    Body body = BodyReader.read(message);
    if (body instanceof Body.JettonNotification notification) {
      Notice notice = Notice.of(transaction, message, notification);
      if (matters(notice)) {
        BodyReader.check(message, notification);
      }
      return notice;
    }
    boolean unread =
        (body instanceof Body.Comment comment && comment.memo() instanceof Memo.Unreadable)
            || (body instanceof Body.Other other && other.op() == Body.NOTIFICATION);
    if (unread) {
      throw new MalformedMessageException("what the jetton wallet says cannot be read");
    }
    return null;
  }

  /** A notice without a sender tells of tokens that were minted. */
  private boolean matters(Notice notice) {
    Body.JettonNotification body = notice.body();
    return body.amount().signum() != 0 && body.sender() != null && found.mayMatter(body.amount(), body.memo());
  }

  private void addNotice(Notice notice, boolean settled) {
    TonTransaction transaction = notice.transaction();
    Body.JettonNotification body = notice.body();
    if (found.isInWindow(transaction.utime()) && matters(notice)) {
      found.add(
          transaction.hash(),
          body.sender(),
          body.amount(),
          body.memo(),
          transaction.utime(),
          settled,
          notice.execution());
    }
  }

  /**
   * A row without a notification. Until the time for one is over it may still come, and then it is the transfer; and so it is
   * if it came, and is among what could not be read.
   */
  private void addSilent(JettonOperation operation, AccountFeed feed) {
    if (operation.utime() < feed.coveredFrom()) {
      return;
    }
    AccountFeed.Span time = new AccountFeed.Span(operation.utime(), operation.utime() + Notice.LONGEST_DELAY);
    boolean judged =
        time.to() <= head.utime() && !feed.mayHide(time) && unreadable.stream().noneMatch(time::touches);
    addOperation(operation, operation.memo(), judged);
  }

  private void addOperation(JettonOperation operation, Memo memo, boolean settled) {
    if (found.isInWindow(operation.utime())
        && operation.amount().signum() != 0
        && found.mayMatter(operation.amount(), memo)) {
      found.add(
          operation.transactionHash(),
          operation.source().orElse(null),
          operation.amount(),
          memo,
          operation.utime(),
          settled,
          Execution.SUCCEEDED);
    }
  }

  /** The rows back to the start of the window, and to those of notices that were long on their way into it. */
  private JettonHistory history(List<Notice> notices) {
    long from =
        notices.stream()
            .filter(Notice::isLate)
            .mapToLong(notice -> notice.sentAt() - Pairing.NEAR)
            .reduce(found.fromSecond(), Math::min);
    JettonHistory history = JettonHistory.read(api, master, recipient, from, 0, maxPages, deadline);
    found.addUnreadable(history.unreadable());
    if (history.coveredFrom() > found.fromSecond()) {
      found.miss(history.missing());
    }
    return history;
  }
}
