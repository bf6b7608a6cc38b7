package io.x0tta6bl4.telegram.internal.intake;

import io.x0tta6bl4.payment.http.Secret;
import io.x0tta6bl4.payment.http.Ticker;
import io.x0tta6bl4.telegram.BotApi;
import io.x0tta6bl4.telegram.BotApiException;
import io.x0tta6bl4.telegram.BotApiException.Failure;
import io.x0tta6bl4.telegram.WebhookInfo;
import io.x0tta6bl4.telegram.internal.store.Duties;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sets a webhook where Telegram has another one, or another secret: the latter Telegram does not tell, so that the store
 * remembers which one was set, by its hash.
 */
public final class WebhookRegistration {

  private static final int TRIES = 3;
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

  private static final Logger LOG = LoggerFactory.getLogger(WebhookRegistration.class);

  private final BotApi api;
  private final Duties duties;
  private final Clock clock;
  private final Ticker ticker;

  /**
   * Makes a registration.
   *
   * @param api the calls
   * @param duties where it is remembered which secret was set
   * @param clock for the time of that
   * @param ticker for waits that Telegram asks for
   */
  public WebhookRegistration(BotApi api, Duties duties, Clock clock, Ticker ticker) {
    this.api = api;
    this.duties = duties;
    this.clock = clock;
    this.ticker = ticker;
  }

  /**
   * Sets the webhook if it is not set so already.
   *
   * @param url where updates are to be sent
   * @param current the secret that is to be sent along
   * @param former secrets that were sent along before
   * @param maxConnections how many updates are to be sent at once
   * @return whether it was set by this call
   * @throws InterruptedException if the thread is interrupted while it waits as Telegram asked
   */
  public boolean ensure(URI url, Secret current, List<Secret> former, int maxConnections) throws InterruptedException {
    WebhookInfo info = api.getWebhookInfo();
    if (isSet(info, url, maxConnections) && wasSet(current)) {
      return false;
    }
    set(url, current, maxConnections);
    // After the call: a process that dies between the two sets it once more.
    boolean unused = duties.begin(topic(current), now());
    former.forEach(secret -> duties.end(topic(secret)));
    LOG.info("the webhook is set to {}", url);
    return true;
  }

  /** Whether this secret was set last, as far as the store knows. */
  private boolean wasSet(Secret secret) {
    if (duties.begin(topic(secret), now())) {
      duties.end(topic(secret));
      return false;
    }
    return true;
  }

  private Instant now() {
    return Instant.ofEpochMilli(clock.millis());
  }

  private void set(URI url, Secret secret, int maxConnections) throws InterruptedException {
    for (int tries = 1; ; tries++) {
      try {
        api.setWebhook(url, secret, maxConnections, Update.KINDS);
        return;
      } catch (BotApiException e) {
        Duration wait = e.retryAfter().orElse(LONGEST_WAIT);
        if (e.failure() != Failure.TOO_MANY_REQUESTS || tries == TRIES || wait.compareTo(LONGEST_WAIT) >= 0) {
          throw e;
        }
        ticker.sleep(wait);
      }
    }
  }

  private static boolean isSet(WebhookInfo info, URI url, int maxConnections) {
    return info.url().equals(url.toString())
        && info.maxConnections() == maxConnections
        && Set.copyOf(info.allowedUpdates()).equals(Set.copyOf(Update.KINDS));
  }

  private static String topic(Secret secret) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(secret.reveal().getBytes(StandardCharsets.UTF_8));
      return "webhook-secret/" + HexFormat.of().formatHex(hash, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
