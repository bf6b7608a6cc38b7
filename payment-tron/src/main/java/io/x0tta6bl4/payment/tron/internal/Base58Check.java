package io.x0tta6bl4.payment.tron.internal;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Base58 with a checksum of four bytes, for the 21 bytes of a Tron address
 * (<a href="https://developers.tron.network/docs/account#account-address-format">address format</a>).
 */
final class Base58Check {

  static final int TEXT_LENGTH = 34;

  private static final String ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
  private static final int[] DIGITS = new int[128];
  private static final int CHECKSUM = 4;

  static {
    Arrays.fill(DIGITS, -1);
    for (int i = 0; i < ALPHABET.length(); i++) {
      DIGITS[ALPHABET.charAt(i)] = i;
    }
  }

  private Base58Check() {}

  /** Gives the 21 bytes, or {@code null} if the text is not 34 letters of the alphabet with the right checksum. */
  static byte @Nullable [] decode(String text) {
    if (text.length() != TEXT_LENGTH) {
      return null;
    }
    byte[] bytes = new byte[TronAddress.LENGTH + CHECKSUM];
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      int carry = c < DIGITS.length ? DIGITS[c] : -1;
      if (carry < 0) {
        return null;
      }
      for (int j = bytes.length - 1; j >= 0; j--) {
        carry += 58 * (bytes[j] & 0xff);
        bytes[j] = (byte) carry;
        carry >>>= 8;
      }
      if (carry != 0) {
        return null;
      }
    }
    byte[] address = Arrays.copyOf(bytes, TronAddress.LENGTH);
    byte[] checksum = checksum(address);
    return Arrays.equals(bytes, TronAddress.LENGTH, bytes.length, checksum, 0, CHECKSUM) ? address : null;
  }

  static String encode(byte[] address) {
    byte[] rest = Arrays.copyOf(address, address.length + CHECKSUM);
    System.arraycopy(checksum(address), 0, rest, address.length, CHECKSUM);
    char[] text = new char[TEXT_LENGTH];
    for (int i = TEXT_LENGTH - 1; i >= 0; i--) {
      int remainder = 0;
      for (int j = 0; j < rest.length; j++) {
        int value = (remainder << 8) | (rest[j] & 0xff);
        rest[j] = (byte) (value / 58);
        remainder = value % 58;
      }
      text[i] = ALPHABET.charAt(remainder);
    }
    return new String(text);
  }

  private static byte[] checksum(byte[] address) {
    return Sha256.of(Sha256.of(address));
  }
}
