package io.x0tta6bl4.payment.ton.internal;

import io.x0tta6bl4.payment.Execution;

/**
 * A notification of the recipient's own jetton wallet: tokens came.
 *
 * @param transaction the one that it caused on the recipient's account
 * @param message itself
 * @param body what it says
 */
record Notice(TonTransaction transaction, Message message, Body.JettonNotification body) {

  /**
   * How long after the tokens it may come and still give the transfer its id, in seconds. Whoever sees the tokens first waits
   * for it so long; what comes later finds a transfer that may have been credited under the id that it has without one.
   */
  static final long LONGEST_DELAY = 120;

  /**
   * Reads a notification.
   *
   * @throws MalformedMessageException if it does not tell when it was sent, so that nobody knows whether it came in time
   */
  static Notice of(TonTransaction transaction, Message message, Body.JettonNotification body)
      throws MalformedMessageException {
    if (message.createdAt() <= 0 || message.createdAt() > transaction.utime()) {
      throw new MalformedMessageException("its message does not tell when it was sent");
    }
    return new Notice(transaction, message, body);
  }

  /**
   * Gives when the tokens came, in seconds: the chain dates a message by the block of the transaction that sends it
   * (<a href="https://docs.ton.org/foundations/messages/internal">created_at</a>), and the transaction that adds the tokens is
   * the one that notifies.
   */
  long sentAt() {
    return message.createdAt();
  }

  boolean isLate() {
    return transaction.utime() - sentAt() > LONGEST_DELAY;
  }

  /** The tokens lie in the wallet before it tells of them: a notification that fails or bounces takes nothing back. */
  Execution execution() {
    return transaction.success() && transaction.bouncePhase() == null
        ? Execution.SUCCEEDED
        : Execution.CREDITED_BUT_FAILED;
  }
}
