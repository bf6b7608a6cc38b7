package io.x0tta6bl4.telegram;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What Telegram says of the webhook. Immutable and thread-safe.
 *
 * @param url where updates are sent; empty if no webhook is set
 * @param pendingUpdates how many wait to be sent
 * @param lastErrorAt when sending last failed; {@code null} if it did not of late
 * @param lastErrorMessage why; {@code null} likewise
 * @param maxConnections how many updates are sent at once; 0 if Telegram does not say
 * @param allowedUpdates which kinds are sent; empty if Telegram does not say
 * @since 0.1.0
 */
public record WebhookInfo(
    String url,
    long pendingUpdates,
    @Nullable Instant lastErrorAt,
    @Nullable String lastErrorMessage,
    long maxConnections,
    List<String> allowedUpdates) {

  /** Copies the list. */
  public WebhookInfo {
    allowedUpdates = List.copyOf(allowedUpdates);
  }
}
