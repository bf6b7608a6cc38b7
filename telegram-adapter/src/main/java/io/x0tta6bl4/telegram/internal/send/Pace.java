package io.x0tta6bl4.telegram.internal.send;

import io.x0tta6bl4.telegram.SendLimits;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * When the next message may go to a chat: no more than the limits for the chat and for all chats, and none to a chat that
 * Telegram asked to leave alone. Thread-safe.
 */
final class Pace {

  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration MINUTE = Duration.ofMinutes(1);

  /** Beyond so many chats those that are idle are forgotten. */
  private static final int MOST_REMEMBERED = 4_096;

  /** So many chats refused in a row, without one success between, are no matter of single chats any more. */
  private static final int REFUSALS_OF_ALL = 5;

  private static final Duration LONGEST_PAUSE_OF_ALL = Duration.ofSeconds(30);

  private final SendLimits limits;
  private final Window all;

  /** A fifth of a second's messages in a tenth of it: what is sent in gusts arrives in larger ones. */
  private final Window gust;

  private final Map<Long, Window> chats = new HashMap<>();
  private final Set<Long> refused = new HashSet<>();
  private long pausedUntil;

  Pace(SendLimits limits, long now) {
    this.limits = limits;
    this.all = new Window(limits.overall(), SECOND, now);
    this.gust = new Window((limits.overall() + 4) / 5, SECOND.dividedBy(10), now);
    this.pausedUntil = now;
  }

  /** Gives how long no message may go to any chat. */
  synchronized long waitOfAll(long now) {
    return Math.max(Math.max(all.waitNanos(now), gust.waitNanos(now)), Math.max(0, pausedUntil - now));
  }

  /** Gives how long no message may go to a chat. */
  synchronized long waitOf(long chatId, long now) {
    Window chat = chats.get(chatId);
    return chat == null ? 0 : chat.waitNanos(now);
  }

  synchronized void use(long chatId, long now) {
    all.use(now);
    gust.use(now);
    if (chats.size() >= MOST_REMEMBERED) {
      chats.values().removeIf(window -> window.isIdle(now));
    }
    chats.computeIfAbsent(chatId, id -> ofChat(id, now)).use(now);
  }

  /** The ids of groups and channels are negative. */
  private Window ofChat(long chatId, long now) {
    return chatId < 0 ? new Window(limits.perGroup(), MINUTE, now) : new Window(limits.perChat(), SECOND, now);
  }

  synchronized void succeeded() {
    refused.clear();
  }

  /** One chat is held back by its posts; here is seen whether it is all chats that are meant. */
  synchronized void refused(long chatId, Duration wait, long now) {
    refused.add(chatId);
    if (refused.size() >= REFUSALS_OF_ALL) {
      refused.clear();
      Duration pause = wait.compareTo(LONGEST_PAUSE_OF_ALL) < 0 ? wait : LONGEST_PAUSE_OF_ALL;
      pausedUntil = now + pause.toNanos();
    }
  }
}
