package io.x0tta6bl4.payment.spi;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Reads transaction hashes as people paste them.
 *
 * @since 0.1.0
 */
public final class TransactionHashes {

  private static final Pattern HEX_32_BYTES = Pattern.compile("(?:0[xX])?([0-9a-fA-F]{64})");

  private TransactionHashes() {}

  /**
   * Reads 32 bytes of hex.
   *
   * @param text hex in any case, with or without {@code 0x}, with or without white space around it
   * @return 64 characters of lower-case hex
   * @throws IllegalArgumentException if it is anything else; the message names it
   */
  public static String fromHex(String text) {
    var matcher = HEX_32_BYTES.matcher(text.strip());
    if (!matcher.matches()) {
      String shown = text.length() <= 90 ? text : text.substring(0, 90) + "...";
      throw new IllegalArgumentException(
          "transaction hash '" + shown + "': expected 32 bytes as 64 characters of hex");
    }
    return matcher.group(1).toLowerCase(Locale.ROOT);
  }
}
