package io.x0tta6bl4.payment.http;

import java.time.Duration;

/**
 * Is told what an {@link ApiClient} does, for metrics. Implementations are thread-safe, fast and throw nothing; new methods
 * come with defaults.
 *
 * @since 0.1.0
 */
public interface RequestObserver {

  /** Takes no notice. */
  RequestObserver NONE = new RequestObserver() {};

  /**
   * One attempt at a request is over.
   *
   * @param provider the provider's id
   * @param endpoint the path as a template, with {@code {}} for each value: few different ones
   * @param outcome {@code ok}, {@code rate_limited}, {@code unauthorized}, {@code malformed} or {@code failed}
   * @param took from sending to the last byte read
   */
  default void requestDone(String provider, String endpoint, String outcome, Duration took) {}

  /**
   * A request is sent again.
   *
   * @param provider the provider's id
   * @param endpoint the path as a template
   */
  default void retried(String provider, String endpoint) {}

  /**
   * A request waited for its turn.
   *
   * @param provider the provider's id
   * @param waited how long, more than 0
   */
  default void limiterWaited(String provider, Duration waited) {}
}
