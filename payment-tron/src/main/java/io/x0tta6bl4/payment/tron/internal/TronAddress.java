package io.x0tta6bl4.payment.tron.internal;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An account or contract: the byte {@code 0x41} and 20 bytes. Compared by these bytes, whatever the spelling.
 * Immutable and thread-safe.
 */
public final class TronAddress {

  static final int LENGTH = 21;
  static final byte PREFIX = 0x41;

  private static final int BARE_LENGTH = LENGTH - 1;

  private final byte[] bytes;

  private TronAddress(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * Reads an address as a person or a provider writes it.
   *
   * @param text base58check, or hex of 21 bytes that begins with {@code 41}
   * @return the address
   * @throws IllegalArgumentException if it is neither; the message names it
   */
  public static TronAddress parse(String text) {
    String trimmed = text.strip();
    byte[] bytes = trimmed.length() == Base58Check.TEXT_LENGTH ? Base58Check.decode(trimmed) : hex(trimmed);
    if (bytes == null || bytes.length != LENGTH || bytes[0] != PREFIX) {
      String shown = text.length() <= 90 ? text : text.substring(0, 90) + "...";
      throw new IllegalArgumentException(
          "address '" + shown + "': expected a Tron address, 34 letters from T with a right checksum, or 41 and 40 digits of hex");
    }
    return new TronAddress(bytes);
  }

  /** Takes the 21 bytes of a transaction, or gives {@code null} if they are no address. */
  static @Nullable TronAddress ofBytes(byte[] bytes) {
    return bytes.length == LENGTH && bytes[0] == PREFIX ? new TronAddress(bytes.clone()) : null;
  }

  /** Takes the last 20 bytes of a 32-byte word: the byte before them may be {@code 0x41} or 0. */
  static TronAddress ofWord(byte[] source, int wordOffset) {
    byte[] bytes = new byte[LENGTH];
    bytes[0] = PREFIX;
    System.arraycopy(source, wordOffset + 12, bytes, 1, BARE_LENGTH);
    return new TronAddress(bytes);
  }

  /** Takes the 20 bytes of a log's address in hex, or gives {@code null} if they are not that. */
  static @Nullable TronAddress ofBareHex(String hex) {
    byte[] bare = hex.length() == 2 * BARE_LENGTH ? hex(hex) : null;
    if (bare == null) {
      return null;
    }
    byte[] bytes = new byte[LENGTH];
    bytes[0] = PREFIX;
    System.arraycopy(bare, 0, bytes, 1, BARE_LENGTH);
    return new TronAddress(bytes);
  }

  /** Whether this is the address of nobody, from which minted tokens come. */
  boolean isZero() {
    for (int i = 1; i < LENGTH; i++) {
      if (bytes[i] != 0) {
        return false;
      }
    }
    return true;
  }

  /**
   * Gives the canonical spelling.
   *
   * @return 34 letters
   */
  public String toBase58() {
    return Base58Check.encode(bytes);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof TronAddress that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return toBase58();
  }

  private static byte @Nullable [] hex(String text) {
    try {
      return HexFormat.of().parseHex(text.toLowerCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
