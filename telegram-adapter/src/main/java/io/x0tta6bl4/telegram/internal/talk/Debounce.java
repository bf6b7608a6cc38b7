package io.x0tta6bl4.telegram.internal.talk;

import io.x0tta6bl4.payment.http.Ticker;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Lets one thing of a name happen in a time. Remembers so many names at the most. Thread-safe. */
final class Debounce {

  private static final int MOST_NAMES = 10_000;

  private final Ticker ticker;
  private final long nanos;
  private final Map<String, Long> last =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
          return size() > MOST_NAMES;
        }
      };

  Debounce(Ticker ticker, Duration time) {
    this.ticker = ticker;
    this.nanos = time.toNanos();
  }

  synchronized boolean admits(String name) {
    long now = ticker.nanoTime();
    Long before = last.get(name);
    if (before != null && now - before < nanos) {
      return false;
    }
    last.remove(name);
    last.put(name, now);
    return true;
  }
}
