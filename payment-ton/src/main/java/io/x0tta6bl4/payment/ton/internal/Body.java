package io.x0tta6bl4.payment.ton.internal;

import io.x0tta6bl4.payment.Memo;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * What the body of an internal message says
 * (<a href="https://docs.ton.org/standard/tokens/jettons/comments">comments</a>,
 * <a href="https://github.com/ton-blockchain/TEPs/blob/master/text/0074-jettons-standard.md">TEP-74</a>).
 */
sealed interface Body {

  /** {@code 0x00000000}, or no body at all: money with or without a text. */
  record Comment(Memo memo) implements Body {}

  /** {@code transfer_notification#7362d09c}: a jetton wallet tells its owner that tokens came. */
  record JettonNotification(BigInteger queryId, BigInteger amount, @Nullable TonAddress sender, Memo memo)
      implements Body {}

  /** {@code internal_transfer#178d4519}: a jetton wallet receives tokens from another. */
  record JettonInternalTransfer(BigInteger queryId, BigInteger amount, @Nullable TonAddress sender, Memo memo)
      implements Body {}

  /** A message that brings back what was left or what was ours: {@code excesses#d53276db}, {@code 0xffffffff}. */
  record Returned() implements Body {}

  /** Any other opcode: money for a contract, without a text. */
  record Other(long op) implements Body {}

  long COMMENT = 0x00000000L;
  long ENCRYPTED_COMMENT = 0x2167da4bL;
  long NOTIFICATION = 0x7362d09cL;
  long INTERNAL_TRANSFER = 0x178d4519L;
  long EXCESSES = 0xd53276dbL;
  long BOUNCED = 0xffffffffL;

  int OP_BITS = 32;
  int QUERY_ID_BITS = 64;

  /** Longest text that is read: far above an order id, far below what a message can hold. */
  int MAX_TEXT = 64 * 1024;

  /** Reads a body from its cells. */
  static Body of(byte[] bagOfCells) throws MalformedCellException {
    Slice slice = BagOfCells.root(bagOfCells).slice();
    if (slice.isEmpty()) {
      return new Comment(Memo.ABSENT);
    }
    if (slice.remainingBits() < OP_BITS) {
      return new Other(-1);
    }
    long op = slice.number(OP_BITS);
    if (op == NOTIFICATION) {
      BigInteger queryId = slice.bigNumber(QUERY_ID_BITS);
      BigInteger amount = slice.coins();
      return new JettonNotification(queryId, amount, slice.address(), payload(slice));
    }
    if (op == INTERNAL_TRANSFER) {
      BigInteger queryId = slice.bigNumber(QUERY_ID_BITS);
      BigInteger amount = slice.coins();
      TonAddress from = slice.address();
      slice.address();
      slice.coins();
      return new JettonInternalTransfer(queryId, amount, from, payload(slice));
    }
    if (op == EXCESSES || op == BOUNCED) {
      return new Returned();
    }
    return op == COMMENT || op == ENCRYPTED_COMMENT ? new Comment(memo(op, slice)) : new Other(op);
  }

  /** {@code forward_payload:(Either Cell ^Cell)}; some wallets leave it out altogether. */
  private static Memo payload(Slice slice) throws MalformedCellException {
    if (slice.remainingBits() == 0) {
      return Memo.ABSENT;
    }
    Slice payload = slice.number(1) == 0 ? slice : slice.reference();
    return payload.remainingBits() < OP_BITS ? Memo.ABSENT : memo(payload.number(OP_BITS), payload);
  }

  private static Memo memo(long op, Slice slice) throws MalformedCellException {
    if (op == ENCRYPTED_COMMENT) {
      return Memo.UNREADABLE;
    }
    return op == COMMENT ? Memo.ofUtf8(snake(slice)) : Memo.ABSENT;
  }

  /** The bytes of a cell, then those of its first reference, and so on. */
  private static byte[] snake(Slice first) throws MalformedCellException {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    Slice slice = first;
    while (true) {
      if (slice.remainingBits() % 8 != 0) {
        throw new MalformedCellException("a text of " + slice.remainingBits() + " bits");
      }
      text.writeBytes(slice.bytes(slice.remainingBits() / 8));
      if (slice.remainingReferences() == 0 || text.size() > MAX_TEXT) {
        return text.toByteArray();
      }
      slice = slice.reference();
    }
  }
}
