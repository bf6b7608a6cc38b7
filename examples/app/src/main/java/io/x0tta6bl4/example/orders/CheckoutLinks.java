package io.x0tta6bl4.example.orders;

import io.x0tta6bl4.payment.http.Secret;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The addresses of checkout pages. Whoever has an order's address sees the order, and nobody finds one by trying: it carries the
 * first 128 bits of an HMAC-SHA256. Thread-safe.
 */
public final class CheckoutLinks {

  private static final String ALGORITHM = "HmacSHA256";
  private static final int MAC_BYTES = 16;
  private static final Pattern SEGMENT = Pattern.compile("([A-Za-z0-9._:-]{3,64})~([A-Za-z0-9_-]{22})");

  private final URI base;
  private final List<SecretKeySpec> keys;

  /**
   * Makes links.
   *
   * @param base where buyers reach the public port, such as {@code https://pay.example.org}
   * @param keys what the links are made with, the newest first; who knows one sees every order
   */
  public CheckoutLinks(URI base, List<Secret> keys) {
    this.base = base;
    this.keys =
        keys.stream().map(key -> new SecretKeySpec(key.reveal().getBytes(StandardCharsets.UTF_8), ALGORITHM)).toList();
  }

  /**
   * The page of an order.
   *
   * @param orderId which
   * @return its address
   */
  public URI of(String orderId) {
    // A colon would make the first segment of a relative reference a scheme; this one never is first.
    return URI.create(base.toString().replaceFirst("/+$", "") + "/pay/" + segment(orderId));
  }

  /**
   * What stands for an order in a path.
   *
   * @param orderId which
   * @return one segment, which needs no escape
   */
  public String segment(String orderId) {
    return orderId + "~" + code(keys.getFirst(), orderId);
  }

  /**
   * Reads it again.
   *
   * @param segment of a request
   * @return the order's id; empty where the link was not made here
   */
  public Optional<String> orderId(String segment) {
    var parts = SEGMENT.matcher(segment);
    if (!parts.matches()) {
      return Optional.empty();
    }
    // As text: several texts are decoded to the same bytes, and an order should have one address.
    byte[] given = parts.group(2).getBytes(StandardCharsets.US_ASCII);
    boolean made = false;
    for (SecretKeySpec key : keys) {
      made |= MessageDigest.isEqual(given, code(key, parts.group(1)).getBytes(StandardCharsets.US_ASCII));
    }
    return made ? Optional.of(parts.group(1)) : Optional.empty();
  }

  private static String code(SecretKeySpec key, String orderId) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(mac(key, orderId));
  }

  private static byte[] mac(SecretKeySpec key, String orderId) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      // The key makes the chat's links too: the prefix keeps one from standing for the other.
      mac.update("checkout\0".getBytes(StandardCharsets.UTF_8));
      return Arrays.copyOf(mac.doFinal(orderId.getBytes(StandardCharsets.UTF_8)), MAC_BYTES);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + ALGORITHM, e);
    }
  }

  @Override
  public String toString() {
    return "CheckoutLinks[" + base + ", ***]";
  }
}
