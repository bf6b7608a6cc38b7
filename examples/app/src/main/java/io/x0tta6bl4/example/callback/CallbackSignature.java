package io.x0tta6bl4.example.callback;

import io.x0tta6bl4.payment.http.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The signature of a callback: {@code t=<unix seconds>,v1=<hex>}, where the hex is the HMAC-SHA256 of the seconds, a full stop
 * and the body, with the secret that both sides know. The time is signed too, so that an old callback cannot be sent again. While
 * secrets are changed there is a {@code v1} for each; one that is right is enough. Thread-safe.
 */
public final class CallbackSignature {

  /** The header that carries it. */
  public static final String HEADER = "X0tta6bl4-Signature";

  /** How far the two clocks may differ where nothing else is said. */
  public static final Duration DEFAULT_TOLERANCE = Duration.ofMinutes(5);

  private static final String ALGORITHM = "HmacSHA256";
  private static final Pattern FORM = Pattern.compile("t=([0-9]{1,12})((?:,v1=[0-9a-f]{64}){1,4})");

  private CallbackSignature() {}

  /**
   * Signs.
   *
   * @param body as it is sent
   * @param secrets one, or two while they are changed
   * @param at the present
   * @return the header's value
   */
  public static String sign(byte[] body, List<Secret> secrets, Instant at) {
    StringBuilder header = new StringBuilder("t=").append(at.getEpochSecond());
    for (Secret secret : secrets) {
      header.append(",v1=").append(HexFormat.of().formatHex(mac(secret, at.getEpochSecond(), body)));
    }
    return header.toString();
  }

  /**
   * Checks. To be done on the bytes that came, before they are parsed.
   *
   * @param header the header's value
   * @param body as it came
   * @param secrets those that are good
   * @param tolerance how far the time may be from the present
   * @param clock tells the present
   * @return whether the callback comes from who knows a secret, and is fresh
   */
  public static boolean isValid(String header, byte[] body, List<Secret> secrets, Duration tolerance, Clock clock) {
    Matcher form = FORM.matcher(header);
    if (!form.matches()) {
      return false;
    }
    long seconds = Long.parseLong(form.group(1));
    Duration off = Duration.between(Instant.ofEpochSecond(seconds), clock.instant()).abs();
    if (off.compareTo(tolerance) > 0) {
      return false;
    }
    List<byte[]> given = new ArrayList<>();
    for (String part : form.group(2).substring(1).split(",", -1)) {
      given.add(HexFormat.of().parseHex(part.substring("v1=".length())));
    }
    boolean valid = false;
    for (Secret secret : secrets) {
      byte[] expected = mac(secret, seconds, body);
      for (byte[] one : given) {
        valid |= MessageDigest.isEqual(expected, one);
      }
    }
    return valid;
  }

  private static byte[] mac(Secret secret, long seconds, byte[] body) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(secret.reveal().getBytes(StandardCharsets.UTF_8), ALGORITHM));
      mac.update((seconds + ".").getBytes(StandardCharsets.US_ASCII));
      return mac.doFinal(body);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + ALGORITHM, e);
    }
  }
}
