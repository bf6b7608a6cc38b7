package io.x0tta6bl4.telegram;

import io.x0tta6bl4.telegram.internal.intake.Intake;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the updates that Telegram posts, in any HTTP server. Made by {@link BuyerBot#webhook}, which demands a secret.
 * Thread-safe.
 *
 * <p>An update is stored durably before the answer says so; the work comes after. The answers:
 *
 * <table>
 *   <caption>Statuses</caption>
 *   <tr><td>200<td>stored, now or before
 *   <tr><td>400<td>no update: no JSON, or without an {@code update_id}
 *   <tr><td>401<td>the secret is missing or wrong; the body was not read
 *   <tr><td>405, 415, 413<td>no POST; no JSON; larger than 1 MiB
 *   <tr><td>503<td>the store failed: Telegram sends the update again, after the time of {@code Retry-After}
 * </table>
 *
 * <p>410 is never answered: after 23 hours of it Telegram gives the webhook up.
 *
 * @since 0.1.0
 */
public final class WebhookHandler {

  /** The header that carries the secret. */
  public static final String SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token";

  /** Most bytes of an update. */
  public static final int MAX_BODY_BYTES = 1024 * 1024;

  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);
  private static final String WAY = "webhook";

  private static final Logger LOG = LoggerFactory.getLogger(WebhookHandler.class);

  private final WebhookSecrets secrets;
  private final Intake intake;
  private final TelegramObserver observer;

  WebhookHandler(WebhookSecrets secrets, Intake intake, TelegramObserver observer) {
    this.secrets = secrets;
    this.intake = intake;
    this.observer = observer;
  }

  /**
   * What to answer; the body is empty.
   *
   * @param status the HTTP status
   * @param retryAfter the header of that name, in whole seconds; {@code null} for none
   */
  public record Answer(int status, @Nullable Duration retryAfter) {}

  /**
   * Takes a request.
   *
   * @param method for instance {@code POST}
   * @param contentType the header; {@code null} if there is none
   * @param secret the header {@link #SECRET_HEADER}; {@code null} if there is none
   * @param body the content, of which no more than the limit is read; not closed by this
   * @return what to answer
   * @throws IOException if the body could not be read
   */
  public Answer handle(String method, @Nullable String contentType, @Nullable String secret, InputStream body)
      throws IOException {
    if (!secrets.accept(secret)) {
      return refused(401);
    }
    if (!method.equals("POST")) {
      return refused(405);
    }
    if (contentType == null || !isJson(contentType)) {
      return refused(415);
    }
    byte[] content = body.readNBytes(MAX_BODY_BYTES + 1);
    if (content.length > MAX_BODY_BYTES) {
      return refused(413);
    }
    try {
      return new Answer(intake.store(WAY, content) ? 200 : 400, null);
    } catch (RuntimeException e) {
      LOG.warn("an update could not be stored; Telegram will send it again", e);
      return new Answer(503, RETRY_AFTER);
    }
  }

  private static boolean isJson(String contentType) {
    String type = contentType.split(";", 2)[0].strip();
    return type.toLowerCase(Locale.ROOT).equals("application/json");
  }

  private Answer refused(int status) {
    observer.received(WAY, "refused");
    LOG.debug("a request to the webhook was refused with {}", status);
    return new Answer(status, null);
  }
}
