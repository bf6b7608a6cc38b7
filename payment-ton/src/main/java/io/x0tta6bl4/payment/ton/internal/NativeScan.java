package io.x0tta6bl4.payment.ton.internal;

import io.x0tta6bl4.payment.Execution;
import io.x0tta6bl4.payment.Memo;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** Which of an account's transactions brought it TON, and whose. */
final class NativeScan {

  private NativeScan() {}

  static void add(AccountFeed feed, ScanBuilder found) {
    for (TonTransaction transaction : feed.rows()) {
      if (found.isInWindow(transaction.utime())) {
        try {
          add(transaction, found);
        } catch (MalformedMessageException e) {
          found.addUnreadable(transaction.hash(), String.valueOf(e.getMessage()));
        }
      }
    }
  }

  private static void add(TonTransaction transaction, ScanBuilder found) throws MalformedMessageException {
    Credit credit = Credit.of(transaction);
    if (credit == null || credit.execution() == Execution.BOUNCED || !found.mayMatter(credit.amount(), credit.memo())) {
      return;
    }
    credit.check();
    found.add(
        transaction.hash(),
        source(credit.message()),
        credit.amount(),
        credit.memo(),
        transaction.utime(),
        true,
        credit.execution());
  }

  /**
   * TON that a transaction brought its account.
   *
   * @param message what brought it
   * @param body what it says
   * @param amount nanoton that were credited, which need not be the message's value
   * @param memo the text
   * @param execution what became of it
   */
  record Credit(Message message, Body body, BigInteger amount, Memo memo, Execution execution) {

    /** Gives the credit; {@code null} if the transaction brought nothing that could be a payment. */
    static @Nullable Credit of(TonTransaction transaction) throws MalformedMessageException {
      Message message = transaction.in();
      if (message == null || !message.isInternal() || message.bounced() || transaction.credit() == 0) {
        return null;
      }
      Body body = BodyReader.read(message);
      Memo memo;
      if (body instanceof Body.Comment comment) {
        memo = comment.memo();
      } else if (body instanceof Body.Other) {
        memo = Memo.ABSENT;
      } else {
        // The TON that a notification of jettons carries, and what comes back of a fee, pay for nothing.
        return null;
      }
      Execution execution =
          transaction.wasBouncedBack()
              ? Execution.BOUNCED
              : transaction.success() ? Execution.SUCCEEDED : Execution.CREDITED_BUT_FAILED;
      return new Credit(message, body, BigInteger.valueOf(transaction.credit()), memo, execution);
    }

    void check() throws MalformedMessageException {
      BodyReader.check(message, body);
    }
  }

  /** Gives who sent a message; {@code null} where the chain does not say. */
  static @Nullable TonAddress source(Message message) throws MalformedMessageException {
    String source = message.source();
    if (source == null) {
      return null;
    }
    try {
      return TonAddress.parse(source, true);
    } catch (IllegalArgumentException e) {
      throw new MalformedMessageException("its source is no address");
    }
  }
}
