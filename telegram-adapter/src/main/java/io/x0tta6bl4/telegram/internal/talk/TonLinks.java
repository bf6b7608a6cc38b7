package io.x0tta6bl4.telegram.internal.talk;

import io.x0tta6bl4.payment.MatchMode;
import io.x0tta6bl4.payment.PaymentRequest;
import java.net.URI;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Links that open Tonkeeper: {@code https://app.tonkeeper.com/transfer/<address>?amount=<units>&text=<memo>}. */
public final class TonLinks {

  private static final Pattern RAW = Pattern.compile("(0|-1):([0-9a-fA-F]{64})");

  /** Tag of an address that a transfer bounces from only where it has no contract: what a shop's wallet wants. */
  private static final byte NON_BOUNCEABLE = 0x51;

  private static final int CRC16_POLYNOMIAL = 0x1021;

  private TonLinks() {}

  /**
   * Makes a link.
   *
   * @param request what is to be paid
   * @return the link; empty if it is not on TON, or the recipient has a form that is not known here
   */
  public static Optional<URI> of(PaymentRequest request) {
    if (!request.asset().chain().equals("ton")) {
      return Optional.empty();
    }
    String contract = request.asset().contract();
    Optional<String> recipient = friendly(request.recipient());
    Optional<String> master = contract == null ? Optional.of("") : friendly(contract);
    if (recipient.isEmpty() || master.isEmpty()) {
      return Optional.empty();
    }
    String jetton = contract == null ? "" : "&jetton=" + master.get();
    // An order id has no character that a query would have to escape.
    String text = request.matchMode() == MatchMode.MEMO ? "&text=" + request.orderId() : "";
    return Optional.of(
        URI.create(
            "https://app.tonkeeper.com/transfer/" + recipient.get() + "?amount=" + request.amount().units() + jetton + text));
  }

  private static Optional<String> friendly(String address) {
    Matcher raw = RAW.matcher(address);
    if (!raw.matches()) {
      return address.matches("[A-Za-z0-9_-]{48}") ? Optional.of(address) : Optional.empty();
    }
    byte[] bytes = new byte[36];
    bytes[0] = NON_BOUNCEABLE;
    bytes[1] = (byte) Integer.parseInt(raw.group(1));
    System.arraycopy(HexFormat.of().parseHex(raw.group(2)), 0, bytes, 2, 32);
    int crc = crc16(bytes, 34);
    bytes[34] = (byte) (crc >> 8);
    bytes[35] = (byte) crc;
    return Optional.of(Base64.getUrlEncoder().encodeToString(bytes));
  }

  private static int crc16(byte[] bytes, int length) {
    int crc = 0;
    for (int i = 0; i < length; i++) {
      crc ^= (bytes[i] & 0xff) << 8;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc & 0x8000) == 0 ? crc << 1 : (crc << 1) ^ CRC16_POLYNOMIAL;
      }
    }
    return crc & 0xffff;
  }
}
