package io.x0tta6bl4.simulator.tron;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * Writes the signed bytes of a transaction as Tron's wallets do ({@code Transaction.raw} of Tron.proto, default values left
 * out). It is written apart from the reader under test, and reproduces recorded transactions byte for byte.
 */
public final class RawTransactionBytes {

  /** The type of a TRX transfer. */
  public static final int TRANSFER = 1;

  /** The type of a TRC10 transfer. */
  public static final int TRANSFER_ASSET = 2;

  /** The type of a contract call. */
  public static final int TRIGGER = 31;

  private static final int VARINT = 0;
  private static final int LENGTH_DELIMITED = 2;

  private RawTransactionBytes() {}

  /**
   * What surrounds the contract.
   *
   * @param refBlockBytes two bytes of a recent block's number
   * @param refBlockHash eight bytes of its hash
   * @param expiration milliseconds
   * @param memo empty for none
   * @param timestamp milliseconds, chosen by the sender; 0 for none
   * @param feeLimit sun; 0 for none
   */
  public record Frame(
      byte[] refBlockBytes, byte[] refBlockHash, long expiration, byte[] memo, long timestamp, long feeLimit) {}

  /** Writes a whole transaction of one contract. */
  public static byte[] transaction(Frame frame, int type, String message, byte[] value) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    bytes(out, 1, frame.refBlockBytes());
    bytes(out, 4, frame.refBlockHash());
    number(out, 8, frame.expiration());
    bytes(out, 10, frame.memo());
    bytes(out, 11, contract(type, message, value));
    number(out, 14, frame.timestamp());
    number(out, 18, frame.feeLimit());
    return out.toByteArray();
  }

  /** Writes the contract with its type and its parameter of the type {@code Any}. */
  public static byte[] contract(int type, String message, byte[] value) {
    ByteArrayOutputStream any = new ByteArrayOutputStream();
    bytes(any, 1, ("type.googleapis.com/protocol." + message).getBytes(StandardCharsets.UTF_8));
    bytes(any, 2, value);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    number(out, 1, type);
    bytes(out, 2, any.toByteArray());
    return out.toByteArray();
  }

  /** Writes a {@code TransferContract}; addresses have 21 bytes. */
  public static byte[] transfer(byte[] from, byte[] to, long amount) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    bytes(out, 1, from);
    bytes(out, 2, to);
    number(out, 3, amount);
    return out.toByteArray();
  }

  /** Writes a {@code TransferAssetContract}. */
  public static byte[] transferAsset(String token, byte[] from, byte[] to, long amount) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    bytes(out, 1, token.getBytes(StandardCharsets.UTF_8));
    bytes(out, 2, from);
    bytes(out, 3, to);
    number(out, 4, amount);
    return out.toByteArray();
  }

  /** Writes a {@code TriggerSmartContract}. */
  public static byte[] trigger(byte[] owner, byte[] contract, long callValue, byte[] data) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    bytes(out, 1, owner);
    bytes(out, 2, contract);
    number(out, 3, callValue);
    bytes(out, 4, data);
    return out.toByteArray();
  }

  /** Writes the data of a call: a selector in hex and words. */
  public static byte[] callData(String selector, byte[]... words) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(HexFormat.of().parseHex(selector));
    for (byte[] word : words) {
      out.writeBytes(word);
    }
    return out.toByteArray();
  }

  /** Gives an address of 21 bytes as a word, without its prefix. */
  public static byte[] word(byte[] address) {
    byte[] word = new byte[32];
    System.arraycopy(address, 1, word, 12, 20);
    return word;
  }

  /** Gives a number of at most 256 bits as a word. */
  public static byte[] word(BigInteger number) {
    byte[] bytes = number.toByteArray();
    byte[] word = new byte[32];
    int length = Math.min(32, bytes.length);
    System.arraycopy(bytes, bytes.length - length, word, 32 - length, length);
    return word;
  }

  /** Writes a field of bytes, unless they are empty. */
  public static void bytes(ByteArrayOutputStream out, int field, byte[] value) {
    if (value.length > 0) {
      varint(out, (long) field << 3 | LENGTH_DELIMITED);
      varint(out, value.length);
      out.writeBytes(value);
    }
  }

  /** Writes a numeric field, unless it is 0. */
  public static void number(ByteArrayOutputStream out, int field, long value) {
    if (value != 0) {
      varint(out, (long) field << 3 | VARINT);
      varint(out, value);
    }
  }

  /** Writes a number of seven bits a byte. */
  public static void varint(ByteArrayOutputStream out, long value) {
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      out.write((int) (rest & 0x7f | 0x80));
      rest >>>= 7;
    }
    out.write((int) rest);
  }
}
