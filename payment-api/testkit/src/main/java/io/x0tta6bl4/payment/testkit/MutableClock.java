package io.x0tta6bl4.payment.testkit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A clock that stands until it is moved. Thread-safe; clocks made by {@link #withZone} move with it.
 *
 * @since 0.1.0
 */
public final class MutableClock extends Clock {

  private final AtomicReference<Instant> now;
  private final ZoneId zone;

  /**
   * Makes a clock in UTC.
   *
   * @param start what it shows
   */
  public MutableClock(Instant start) {
    this(new AtomicReference<>(start), ZoneOffset.UTC);
  }

  private MutableClock(AtomicReference<Instant> now, ZoneId zone) {
    this.now = now;
    this.zone = zone;
  }

  /**
   * Moves the clock.
   *
   * @param duration how far; backwards if negative
   */
  public void advance(Duration duration) {
    now.updateAndGet(before -> before.plus(duration));
  }

  /**
   * Sets the clock.
   *
   * @param instant what it shows from now on
   */
  public void set(Instant instant) {
    now.set(instant);
  }

  @Override
  public Instant instant() {
    return now.get();
  }

  @Override
  public ZoneId getZone() {
    return zone;
  }

  @Override
  public Clock withZone(ZoneId newZone) {
    return new MutableClock(now, newZone);
  }
}
