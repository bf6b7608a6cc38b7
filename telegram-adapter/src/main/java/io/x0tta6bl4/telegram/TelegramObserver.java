package io.x0tta6bl4.telegram;

import io.x0tta6bl4.payment.http.RequestObserver;
import java.time.Duration;

/**
 * Is told what the bot does, for metrics. Implementations are thread-safe, fast and throw nothing; new methods come with
 * defaults.
 *
 * @since 0.1.0
 */
public interface TelegramObserver extends RequestObserver {

  /** Takes no notice. */
  TelegramObserver NONE = new TelegramObserver() {};

  /**
   * An update came, or something that should be one.
   *
   * @param way {@code webhook} or {@code polling}
   * @param outcome {@code stored}, {@code duplicate}, {@code refused} or {@code failed}
   */
  default void received(String way, String outcome) {}

  /**
   * An update was worked on.
   *
   * @param outcome {@code handled}, {@code failed} (it is tried again) or {@code set_aside}
   * @param lag from its storing to now
   */
  default void handled(String outcome, Duration lag) {}

  /**
   * A chat shows what it should.
   *
   * @param kind {@code status}, {@code bell}, {@code reply}, {@code photo} or {@code alert}
   * @param how {@code sent}, {@code edited} or {@code repeated}
   * @param age since it was wanted
   */
  default void posted(String kind, String how, Duration age) {}

  /**
   * A call for a chat failed.
   *
   * @param kind as in {@link #posted}
   * @param failure the {@link BotApiException.Failure} in lower case
   */
  default void postFailed(String kind, String failure) {}

  /**
   * Telegram asked for a pause.
   *
   * @param pause how long
   */
  default void toldToWait(Duration pause) {}

  /**
   * How much waits to be shown; told every two seconds.
   *
   * @param waiting how many posts
   * @param oldest how long the oldest has been wanted, 0 if none is
   */
  default void queue(long waiting, Duration oldest) {}
}
