package io.x0tta6bl4.telegram;

import io.x0tta6bl4.payment.http.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What proves that an update comes from Telegram: whoever knows the webhook's address can post to it, and only who knows the
 * secret is believed. During a rotation the former secret is believed too. Immutable and thread-safe; {@link #toString()} shows
 * nothing.
 *
 * @since 0.1.0
 */
public final class WebhookSecrets {

  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{16,256}");

  private final List<Secret> accepted;

  private WebhookSecrets(List<Secret> accepted) {
    for (Secret secret : accepted) {
      if (!FORM.matcher(secret.reveal()).matches()) {
        throw new IllegalArgumentException(
            "webhook secret of " + secret.reveal().length() + " characters: expected 16 to 256 of [A-Za-z0-9_-]");
      }
    }
    this.accepted = accepted;
  }

  /**
   * Takes a secret.
   *
   * @param secret 16 to 256 characters of {@code [A-Za-z0-9_-]}, random
   * @return the secrets
   * @throws IllegalArgumentException if it has another form; the message does not show it
   */
  public static WebhookSecrets of(Secret secret) {
    return new WebhookSecrets(List.of(secret));
  }

  /**
   * Takes two secrets: the webhook is set with the first, and updates with either are taken.
   *
   * @param current the new one
   * @param former the old one
   * @return the secrets
   * @throws IllegalArgumentException if one has another form; the message does not show it
   */
  public static WebhookSecrets rotating(Secret current, Secret former) {
    return new WebhookSecrets(List.of(current, former));
  }

  Secret current() {
    return accepted.get(0);
  }

  List<Secret> former() {
    return accepted.subList(1, accepted.size());
  }

  /** Compares with all, each in constant time. */
  boolean accept(@Nullable String header) {
    byte[] given = (header == null ? "" : header).getBytes(StandardCharsets.UTF_8);
    boolean accepts = false;
    for (Secret secret : accepted) {
      accepts |= MessageDigest.isEqual(secret.reveal().getBytes(StandardCharsets.UTF_8), given);
    }
    return accepts;
  }

  @Override
  public String toString() {
    return "***";
  }
}
