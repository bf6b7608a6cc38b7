package io.x0tta6bl4.payment.tron.internal;

import io.x0tta6bl4.payment.Memo;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The signed bytes of a transaction: {@code Transaction.raw} of
 * <a href="https://github.com/tronprotocol/protocol/blob/master/core/Tron.proto">Tron.proto</a>. Their SHA-256 is the id of
 * the transaction, so that a provider cannot change what stands in them.
 *
 * @param memo {@code data}, field 10
 * @param call the one contract, field 11
 * @param expiration until when it could get into a block, field 8, in milliseconds
 */
record RawTransaction(Memo memo, Call call, long expiration) {

  private static final int EXPIRATION = 8;
  private static final int DATA = 10;
  private static final int CONTRACT = 11;

  private static final int TRANSFER_CONTRACT = 1;
  private static final int TRANSFER_ASSET_CONTRACT = 2;
  private static final int TRIGGER_SMART_CONTRACT = 31;

  /** Blocks keep to the second; a day is what no honest provider or clock ever errs by. */
  private static final long EXPIRATION_SLACK_MILLIS = 24 * 60 * 60 * 1000L;

  private static final byte[] NONE = new byte[0];
  private static final byte[] TRANSFER = HexFormat.of().parseHex("a9059cbb");
  private static final byte[] TRANSFER_FROM = HexFormat.of().parseHex("23b872dd");
  private static final byte[] APPROVE = HexFormat.of().parseHex("095ea7b3");
  private static final int SELECTOR = 4;
  private static final int WORD = 32;

  /** Decodes the memo alone, by which most transactions turn out to be nobody's. */
  static Memo memo(byte[] bytes) throws MalformedTransactionException {
    ProtoReader fields = new ProtoReader(bytes);
    byte[] data = NONE;
    for (int field = fields.next(); field != 0; field = fields.next()) {
      if (field == DATA) {
        data = fields.bytes();
      }
    }
    return Memo.ofUtf8(data);
  }

  /** Decodes the bytes. */
  static RawTransaction decode(byte[] bytes) throws MalformedTransactionException {
    ProtoReader fields = new ProtoReader(bytes);
    byte[] data = NONE;
    Call call = null;
    long expiration = 0;
    for (int field = fields.next(); field != 0; field = fields.next()) {
      if (field == DATA) {
        data = fields.bytes();
      } else if (field == EXPIRATION) {
        expiration = fields.number();
      } else if (field == CONTRACT) {
        if (call != null) {
          throw new MalformedTransactionException("more than one contract");
        }
        call = contract(fields.message());
      }
    }
    if (call == null) {
      throw new MalformedTransactionException("no contract");
    }
    return new RawTransaction(Memo.ofUtf8(data), call, expiration);
  }

  /**
   * Checks that a transaction could get into a block of that time: an old payment cannot be shown as a fresh one, since its
   * expiration is signed. The chain is stricter than this by a day.
   *
   * @throws MalformedTransactionException if it had expired long before
   */
  void checkBlockTime(long blockTime) throws MalformedTransactionException {
    if (expiration > 0 && blockTime - expiration > EXPIRATION_SLACK_MILLIS) {
      throw new MalformedTransactionException("it had expired before the block that it is said to be in");
    }
  }

  /** {@code Contract}: type is field 1, parameter ({@code google.protobuf.Any}, value is its field 2) is field 2. */
  private static Call contract(ProtoReader fields) throws MalformedTransactionException {
    long type = 0;
    ProtoReader value = null;
    for (int field = fields.next(); field != 0; field = fields.next()) {
      if (field == 1) {
        type = fields.number();
      } else if (field == 2) {
        ProtoReader any = fields.message();
        for (int inner = any.next(); inner != 0; inner = any.next()) {
          if (inner == 2) {
            value = any.message();
          }
        }
      }
    }
    if (value == null) {
      throw new MalformedTransactionException("a contract without a parameter");
    }
    if (type == TRANSFER_CONTRACT) {
      return nativeTransfer(value);
    }
    if (type == TRANSFER_ASSET_CONTRACT) {
      return trc10Transfer(value);
    }
    return type == TRIGGER_SMART_CONTRACT ? trigger(value) : new Call.Other(type);
  }

  /** {@code TransferContract}: owner_address 1, to_address 2, amount 3. */
  private static Call nativeTransfer(ProtoReader fields) throws MalformedTransactionException {
    TronAddress from = null;
    TronAddress to = null;
    long amount = 0;
    for (int field = fields.next(); field != 0; field = fields.next()) {
      switch (field) {
        case 1 -> from = address(fields.bytes());
        case 2 -> to = address(fields.bytes());
        case 3 -> amount = fields.number();
        default -> {}
      }
    }
    return new Call.NativeTransfer(present(from), present(to), notNegative(amount));
  }

  /** {@code TransferAssetContract}: asset_name 1, owner_address 2, to_address 3, amount 4. */
  private static Call trc10Transfer(ProtoReader fields) throws MalformedTransactionException {
    String token = "";
    TronAddress from = null;
    TronAddress to = null;
    long amount = 0;
    for (int field = fields.next(); field != 0; field = fields.next()) {
      switch (field) {
        case 1 -> token = new String(fields.bytes(), StandardCharsets.ISO_8859_1);
        case 2 -> from = address(fields.bytes());
        case 3 -> to = address(fields.bytes());
        case 4 -> amount = fields.number();
        default -> {}
      }
    }
    return new Call.Trc10Transfer(present(from), present(to), token, notNegative(amount));
  }

  /** {@code TriggerSmartContract}: owner_address 1, contract_address 2, call_value 3, data 4. */
  private static Call trigger(ProtoReader fields) throws MalformedTransactionException {
    TronAddress owner = null;
    TronAddress contract = null;
    byte[] data = NONE;
    for (int field = fields.next(); field != 0; field = fields.next()) {
      switch (field) {
        case 1 -> owner = address(fields.bytes());
        case 2 -> contract = address(fields.bytes());
        case 4 -> data = fields.bytes();
        default -> {}
      }
    }
    if (isCall(data, TRANSFER, 2)) {
      return new Call.TokenTransfer(present(contract), present(owner), wordAddress(data, 0), wordNumber(data, 1));
    }
    if (isCall(data, TRANSFER_FROM, 3)) {
      return new Call.TokenTransfer(present(contract), wordAddress(data, 0), wordAddress(data, 1), wordNumber(data, 2));
    }
    return isCall(data, APPROVE, 2)
        ? new Call.TokenApproval(present(contract))
        : new Call.ContractCall(present(contract));
  }

  private static boolean isCall(byte[] data, byte[] selector, int words) {
    return data.length == SELECTOR + words * WORD && Arrays.equals(data, 0, SELECTOR, selector, 0, SELECTOR);
  }

  private static TronAddress wordAddress(byte[] data, int word) {
    return TronAddress.ofWord(data, SELECTOR + word * WORD);
  }

  private static BigInteger wordNumber(byte[] data, int word) {
    return new BigInteger(1, data, SELECTOR + word * WORD, WORD);
  }

  private static TronAddress address(byte[] bytes) throws MalformedTransactionException {
    return present(TronAddress.ofBytes(bytes));
  }

  private static TronAddress present(@Nullable TronAddress address) throws MalformedTransactionException {
    if (address == null) {
      throw new MalformedTransactionException("an address is missing or not of 21 bytes");
    }
    return address;
  }

  private static BigInteger notNegative(long amount) throws MalformedTransactionException {
    if (amount < 0) {
      throw new MalformedTransactionException("negative amount " + amount);
    }
    return BigInteger.valueOf(amount);
  }
}
