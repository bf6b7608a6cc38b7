package io.x0tta6bl4.example.demo;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The transactions of a simulated chain, which are final a moment after they were seen first. Thread-safe.
 *
 * @param <T> the chain's transactions
 */
final class Pending<T> {

  /** Much shorter than on the real chains, so that the story is not. */
  private static final Duration UNTIL_FINAL = Duration.ofSeconds(3);

  private final Clock clock;
  private final UnaryOperator<T> pending;
  private final List<Entry<T>> entries = new ArrayList<>();

  private record Entry<T>(T transaction, Instant finalAt) {}

  /**
   * Without any.
   *
   * @param clock tells the present
   * @param pending makes a transaction one that is not final
   */
  Pending(Clock clock, UnaryOperator<T> pending) {
    this.clock = clock;
    this.pending = pending;
  }

  synchronized void add(T transaction) {
    entries.add(new Entry<>(transaction, clock.instant().plus(UNTIL_FINAL)));
  }

  synchronized List<T> transactions() {
    Instant now = clock.instant();
    return entries.stream()
        .map(entry -> now.isBefore(entry.finalAt()) ? pending.apply(entry.transaction()) : entry.transaction())
        .toList();
  }
}
