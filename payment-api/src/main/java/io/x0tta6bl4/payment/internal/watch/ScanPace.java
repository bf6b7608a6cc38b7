package io.x0tta6bl4.payment.internal.watch;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When a wallet is to be scanned next: soon while something is going on, later where nothing is, later still while the provider
 * fails. Not thread-safe.
 */
final class ScanPace {

  private static final int MOST_DOUBLINGS = 6;

  private final WatchSettings settings;
  private int failures;
  private @Nullable Duration providersWish;
  private boolean lively;

  ScanPace(WatchSettings settings) {
    this.settings = settings;
  }

  void succeeded(boolean somethingGoesOn) {
    failures = 0;
    providersWish = null;
    lively = somethingGoesOn;
  }

  void failed(@Nullable Duration retryAfter) {
    failures++;
    providersWish = retryAfter;
  }

  int failures() {
    return failures;
  }

  Duration next(@Nullable Instant newestOpening, Instant now) {
    if (failures > 0) {
      Duration backOff = settings.fast().multipliedBy(1L << Math.min(failures - 1, MOST_DOUBLINGS));
      Duration bounded = shorter(backOff, longer(settings.slow(), settings.fast()));
      return providersWish == null ? bounded : longer(bounded, providersWish);
    }
    boolean fresh = newestOpening != null && !newestOpening.isBefore(now.minus(settings.fresh()));
    return lively || fresh ? settings.fast() : settings.slow();
  }

  private static Duration longer(Duration a, Duration b) {
    return a.compareTo(b) >= 0 ? a : b;
  }

  private static Duration shorter(Duration a, Duration b) {
    return a.compareTo(b) <= 0 ? a : b;
  }
}
