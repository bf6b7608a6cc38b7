package io.x0tta6bl4.telegram;

import io.x0tta6bl4.telegram.internal.Loop;
import io.x0tta6bl4.telegram.internal.intake.Poller;

/**
 * Fetches updates, for a shop that no server of Telegram can reach. Made by {@link BuyerBot#polling()}. Thread-safe.
 *
 * <p>Updates are confirmed after they are stored. Of several processes with one store one polls. A webhook and polling exclude
 * each other: while a webhook is set Telegram answers 409, which is told to the operator and tried again every 5 to 60 seconds;
 * the webhook is never deleted by itself, see {@link BotApi#deleteWebhook}. A token that Telegram does not know ends the polling.
 *
 * @since 0.1.0
 */
public final class LongPolling implements AutoCloseable {

  private final Poller poller;
  private final Loop loop;

  LongPolling(Poller poller) {
    this.poller = poller;
    this.loop = new Loop("x0tta6bl4-telegram-polling", poller::step);
  }

  /** Begins. The first call counts. */
  public void start() {
    loop.start();
  }

  /**
   * Tells whether updates are fetched.
   *
   * @return {@code false} before the start, after the end, and after Telegram has refused the token
   */
  public boolean isRunning() {
    return loop.isRunning();
  }

  /** Ends the call that is under way, and lets another process poll. Idempotent. */
  @Override
  public void close() {
    poller.end();
    loop.close();
    poller.close();
  }
}
