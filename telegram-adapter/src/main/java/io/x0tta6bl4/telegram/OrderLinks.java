package io.x0tta6bl4.telegram;

import io.x0tta6bl4.payment.http.Secret;
import io.x0tta6bl4.telegram.internal.talk.Seal;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Makes the links that a shop gives to its buyers. A link names one order, is signed, expires, and belongs to the first chat
 * that opens it. Immutable and thread-safe; {@link #toString()} shows nothing.
 *
 * @since 0.1.0
 */
public final class OrderLinks {

  private static final Pattern USERNAME = Pattern.compile("[A-Za-z0-9_]{3,32}");

  private final Seal seal;

  private OrderLinks(List<Secret> keys) {
    seal = new Seal(keys);
  }

  /**
   * Takes a key.
   *
   * @param key 16 characters or more, random, the same for ever or until it is rotated
   * @return the links
   * @throws IllegalArgumentException if it is shorter; the message does not show it
   */
  public static OrderLinks of(Secret key) {
    return new OrderLinks(List.of(key));
  }

  /**
   * Takes two keys: links are signed with the first, and those signed with either are good.
   *
   * @param current the new one
   * @param former the old one
   * @return the links
   * @throws IllegalArgumentException if one is too short; the message does not show it
   */
  public static OrderLinks rotating(Secret current, Secret former) {
    return new OrderLinks(List.of(current, former));
  }

  /**
   * Makes the part of a link that names the order: what stands behind {@code /start}.
   *
   * @param orderId the order, of at most 42 characters, whether it is opened yet or not
   * @param expiresAt until when the link opens a chat
   * @return at most 64 characters of {@code [A-Za-z0-9_-]}
   * @throws IllegalArgumentException if the id is longer, or the time before 2026 or after 2057
   */
  public String payload(String orderId, Instant expiresAt) {
    return seal.reference(orderId, expiresAt);
  }

  /**
   * Makes a link.
   *
   * @param username the bot's name, without the {@code @}
   * @param orderId the order, as for {@link #payload}
   * @param expiresAt until when the link opens a chat
   * @return an address of t.me
   * @throws IllegalArgumentException if the name is none, or as for {@link #payload}
   */
  public URI link(String username, String orderId, Instant expiresAt) {
    if (!USERNAME.matcher(username).matches()) {
      throw new IllegalArgumentException("username '" + username + "': expected 3 to 32 characters of [A-Za-z0-9_]");
    }
    return URI.create("https://t.me/" + username + "?start=" + payload(orderId, expiresAt));
  }

  Seal seal() {
    return seal;
  }

  @Override
  public String toString() {
    return "OrderLinks[***]";
  }
}
