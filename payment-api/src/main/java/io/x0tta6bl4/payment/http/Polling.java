package io.x0tta6bl4.payment.http;

import io.x0tta6bl4.payment.ProviderUnavailableException;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Asks a provider again for what it does not know yet. Stateless and thread-safe.
 *
 * @since 0.1.0
 */
public final class Polling {

  /** How long to wait between two questions. */
  private static final Duration INTERVAL = Duration.ofSeconds(1);

  private Polling() {}

  /**
   * Asks until there is an answer, once at the least. A question that could not be answered before the deadline is not begun:
   * it would make a provider that answers look like one that fails.
   *
   * @param providerId whom, for the exception
   * @param question gives {@code null} while the provider does not know
   * @param deadline until when
   * @param <T> the answer
   * @return the answer; {@code null} if there was none in time
   * @throws ProviderUnavailableException if the thread is interrupted, with the flag set
   */
  public static <T> @Nullable T untilKnown(
      String providerId, Supplier<? extends @Nullable T> question, Deadline deadline) {
    T answer = question.get();
    while (answer == null
        && deadline.remaining().compareTo(INTERVAL.multipliedBy(2)) > 0
        && pause(providerId, deadline)) {
      answer = question.get();
    }
    return answer;
  }

  /**
   * Waits for a second, if there is time for it.
   *
   * @param providerId whom the wait is for, for the exception
   * @param deadline until when
   * @return {@code false} at once if the wait would not end before the deadline
   * @throws ProviderUnavailableException if the thread is interrupted, with the flag set
   */
  public static boolean pause(String providerId, Deadline deadline) {
    try {
      return deadline.sleep(INTERVAL);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ProviderUnavailableException(providerId, "interrupted", false, e);
    }
  }
}
