package io.x0tta6bl4.telegram.internal.talk;

import io.x0tta6bl4.payment.http.Secret;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs what buyers hand in again: references to orders in links, and what buttons tell. The first key signs, all are accepted.
 * Immutable and thread-safe.
 */
public final class Seal {

  /** A start parameter has at most 64 characters, which are 48 bytes. */
  private static final int MOST_BYTES = 48;

  private static final byte VERSION = 1;
  private static final int HEAD_BYTES = 4;

  /** 96 bits: who guesses has to ask Telegram for each guess. */
  private static final int LINK_MAC_BYTES = 12;

  private static final int BUTTON_MAC_BYTES = 8;

  /** Longest order id that always fits: 42 digits to the base 66 are 254 bits. */
  static final int LONGEST_ORDER_ID = 42;

  private static final Instant EPOCH = Instant.parse("2026-01-01T00:00:00Z");
  private static final long MOST_MINUTES = (1L << 24) - 1;

  private final List<Secret> keys;

  /**
   * A reference that was signed by us.
   *
   * @param orderId the order
   * @param expiresAt until when it may be used, in minutes
   */
  public record Reference(String orderId, Instant expiresAt) {}

  /**
   * Makes a seal.
   *
   * @param keys the first one signs; 16 characters or more each
   * @throws IllegalArgumentException if one is shorter; the message does not show it
   */
  public Seal(List<Secret> keys) {
    for (Secret key : keys) {
      if (key.reveal().length() < 16) {
        throw new IllegalArgumentException("key of " + key.reveal().length() + " characters: expected 16 or more");
      }
    }
    this.keys = List.copyOf(keys);
  }

  /**
   * Signs a reference.
   *
   * @param orderId the order, of at most 42 characters
   * @param expiresAt until when it may be used; rounded up to a minute
   * @return at most 64 characters of base64url
   * @throws IllegalArgumentException if the id is longer, or the time before 2026 or after 2057
   */
  public String reference(String orderId, Instant expiresAt) {
    if (orderId.length() < 3 || orderId.length() > LONGEST_ORDER_ID) {
      throw new IllegalArgumentException(
          "order id '" + orderId + "': expected 3 to " + LONGEST_ORDER_ID + " characters, since a link holds no more");
    }
    long minutes = Duration.between(EPOCH, expiresAt.plusSeconds(59)).toMinutes();
    if (minutes < 0 || minutes > MOST_MINUTES) {
      throw new IllegalArgumentException("expiry " + expiresAt + ": expected a time from 2026 to 2057");
    }
    byte[] id = OrderIdCode.bytes(orderId);
    byte[] signed =
        ByteBuffer.allocate(HEAD_BYTES + id.length).putInt((VERSION << 24) | (int) minutes).put(id).array();
    byte[] mac = Arrays.copyOf(mac(keys.get(0), "x0-link", signed), LINK_MAC_BYTES);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(concatenated(signed, mac));
  }

  /**
   * Reads a reference.
   *
   * @param text what a buyer handed in
   * @return the reference, expired or not; empty if it was not signed by us
   */
  public Optional<Reference> open(String text) {
    byte[] bytes;
    try {
      bytes = Base64.getUrlDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
    if (bytes.length <= HEAD_BYTES + LINK_MAC_BYTES || bytes.length > MOST_BYTES || bytes[0] != VERSION) {
      return Optional.empty();
    }
    byte[] signed = Arrays.copyOf(bytes, bytes.length - LINK_MAC_BYTES);
    byte[] given = Arrays.copyOfRange(bytes, signed.length, bytes.length);
    if (!isSigned("x0-link", signed, given)) {
      return Optional.empty();
    }
    int minutes = ByteBuffer.wrap(signed).getInt() & (int) MOST_MINUTES;
    String id = OrderIdCode.orderId(Arrays.copyOfRange(signed, HEAD_BYTES, signed.length));
    return Optional.of(new Reference(id, EPOCH.plus(Duration.ofMinutes(minutes))));
  }

  /**
   * Signs what a button tells.
   *
   * @param action one character
   * @param orderId the order, of at most 42 characters
   * @param chatId the one chat in which the button works
   * @return at most 55 characters
   */
  String button(char action, String orderId, long chatId) {
    byte[] mac = Arrays.copyOf(mac(keys.get(0), "x0-button", press(action, orderId, chatId)), BUTTON_MAC_BYTES);
    return action + orderId + "!" + Base64.getUrlEncoder().withoutPadding().encodeToString(mac);
  }

  /** What a button told. */
  record Pressed(char action, String orderId) {}

  Optional<Pressed> pressed(String data, long chatId) {
    int end = data.lastIndexOf('!');
    if (end < 2) {
      return Optional.empty();
    }
    char action = data.charAt(0);
    String orderId = data.substring(1, end);
    byte[] given;
    try {
      given = Base64.getUrlDecoder().decode(data.substring(end + 1));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
    return given.length == BUTTON_MAC_BYTES && isSigned("x0-button", press(action, orderId, chatId), given)
        ? Optional.of(new Pressed(action, orderId))
        : Optional.empty();
  }

  private static byte[] press(char action, String orderId, long chatId) {
    return (action + "|" + orderId + "|" + chatId).getBytes(StandardCharsets.UTF_8);
  }

  private boolean isSigned(String purpose, byte[] signed, byte[] given) {
    boolean is = false;
    for (Secret key : keys) {
      is |= MessageDigest.isEqual(Arrays.copyOf(mac(key, purpose, signed), given.length), given);
    }
    return is;
  }

  /** One key serves two purposes, so each has its own word in front. */
  private static byte[] mac(Secret key, String purpose, byte[] signed) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key.reveal().getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      mac.update(purpose.getBytes(StandardCharsets.UTF_8));
      mac.update((byte) 0);
      return mac.doFinal(signed);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has HmacSHA256", e);
    }
  }

  private static byte[] concatenated(byte[] one, byte[] other) {
    byte[] both = Arrays.copyOf(one, one.length + other.length);
    System.arraycopy(other, 0, both, one.length, other.length);
    return both;
  }
}
