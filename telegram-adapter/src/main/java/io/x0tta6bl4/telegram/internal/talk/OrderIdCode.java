package io.x0tta6bl4.telegram.internal.talk;

import java.math.BigInteger;
import java.util.Arrays;

/**
 * Order ids in few bytes, as numbers to the base 66 whose digits are 1 to 66, so that every id has one number and every number
 * one id.
 */
final class OrderIdCode {

  private static final String DIGITS = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_.:";
  private static final BigInteger BASE = BigInteger.valueOf(DIGITS.length());

  private OrderIdCode() {}

  static byte[] bytes(String orderId) {
    BigInteger number = BigInteger.ZERO;
    for (int i = 0; i < orderId.length(); i++) {
      int digit = DIGITS.indexOf(orderId.charAt(i));
      if (digit < 0) {
        throw new IllegalArgumentException("order id '" + orderId + "': expected [A-Za-z0-9._:-]");
      }
      number = number.multiply(BASE).add(BigInteger.valueOf(digit + 1));
    }
    byte[] signed = number.toByteArray();
    return signed[0] == 0 ? Arrays.copyOfRange(signed, 1, signed.length) : signed;
  }

  static String orderId(byte[] bytes) {
    StringBuilder id = new StringBuilder();
    BigInteger number = new BigInteger(1, bytes);
    while (number.signum() > 0) {
      BigInteger[] parts = number.subtract(BigInteger.ONE).divideAndRemainder(BASE);
      id.append(DIGITS.charAt(parts[1].intValue()));
      number = parts[0];
    }
    return id.reverse().toString();
  }
}
