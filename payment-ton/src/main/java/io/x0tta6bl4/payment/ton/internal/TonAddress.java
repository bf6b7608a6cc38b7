package io.x0tta6bl4.payment.ton.internal;

import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An account: its workchain and 32 bytes (<a href="https://docs.ton.org/foundations/addresses/formats">address formats</a>).
 * Compared by these, whatever the spelling. Immutable and thread-safe.
 */
public final class TonAddress {

  static final int HASH_LENGTH = 32;

  private static final int FRIENDLY_LENGTH = 48;
  private static final int BOUNCEABLE = 0x11;
  private static final int NON_BOUNCEABLE = 0x51;
  private static final int TESTNET_ONLY = 0x80;
  private static final Pattern RAW = Pattern.compile("(-?[0-9]{1,3}):([0-9a-fA-F]{64})");
  private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/_-]{48}");

  private final int workchain;
  private final byte[] hash;

  TonAddress(int workchain, byte[] hash) {
    this.workchain = workchain;
    this.hash = hash.clone();
  }

  /**
   * Reads an address as a person or a provider writes it.
   *
   * @param text {@code workchain:hex}, or 48 letters of base64 or base64url with a right checksum
   * @param testnet whether addresses that are marked for test networks only are accepted
   * @return the address
   * @throws IllegalArgumentException if it is none of these; the message names it
   */
  public static TonAddress parse(String text, boolean testnet) {
    String trimmed = text.strip();
    TonAddress address =
        trimmed.length() == FRIENDLY_LENGTH && BASE64.matcher(trimmed).matches() ? friendly(trimmed, testnet) : raw(trimmed);
    if (address == null) {
      String shown = text.length() <= 90 ? text : text.substring(0, 90) + "...";
      throw new IllegalArgumentException(
          "address '" + shown + "': expected a TON address, 0: and 64 digits of hex, or 48 letters with a right checksum"
              + (testnet ? "" : " that are not for test networks only"));
    }
    return address;
  }

  /**
   * Gives the canonical spelling.
   *
   * @return {@code workchain:hex}, in lower case
   */
  public String toRaw() {
    return workchain + ":" + HexFormat.of().formatHex(hash);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof TonAddress that && workchain == that.workchain && Arrays.equals(hash, that.hash);
  }

  @Override
  public int hashCode() {
    return 31 * workchain + Arrays.hashCode(hash);
  }

  @Override
  public String toString() {
    return toRaw();
  }

  private static @Nullable TonAddress raw(String text) {
    Matcher parts = RAW.matcher(text);
    if (!parts.matches()) {
      return null;
    }
    int workchain = Integer.parseInt(parts.group(1));
    return isWorkchain(workchain) ? new TonAddress(workchain, HexFormat.of().parseHex(parts.group(2))) : null;
  }

  /** Tag, workchain, 32 bytes, CRC16: 36 bytes. */
  private static @Nullable TonAddress friendly(String text, boolean testnet) {
    byte[] bytes = Base64.getUrlDecoder().decode(text.replace('+', '-').replace('/', '_'));
    int checksum = ((bytes[34] & 0xff) << 8) | (bytes[35] & 0xff);
    int tag = bytes[0] & 0xff;
    int kind = tag & ~TESTNET_ONLY;
    boolean forTestnet = (tag & TESTNET_ONLY) != 0;
    if (crc16(bytes, 34) != checksum
        || (kind != BOUNCEABLE && kind != NON_BOUNCEABLE)
        || (forTestnet && !testnet)
        || !isWorkchain(bytes[1])) {
      return null;
    }
    return new TonAddress(bytes[1], Arrays.copyOfRange(bytes, 2, 2 + HASH_LENGTH));
  }

  /** The basechain and the masterchain are the only ones there are. */
  private static boolean isWorkchain(int workchain) {
    return workchain == 0 || workchain == -1;
  }

  /** CRC16-CCITT (XMODEM): polynomial 0x1021, initial value 0. */
  private static int crc16(byte[] bytes, int length) {
    int crc = 0;
    for (int i = 0; i < length; i++) {
      crc ^= (bytes[i] & 0xff) << 8;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc & 0x8000) != 0 ? (crc << 1) ^ 0x1021 : crc << 1;
      }
    }
    return crc & 0xffff;
  }
}
