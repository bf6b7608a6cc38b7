package io.x0tta6bl4.payment.watch;

import io.x0tta6bl4.payment.internal.watch.Defaults;
import io.x0tta6bl4.payment.internal.watch.Lane;
import io.x0tta6bl4.payment.internal.watch.Workers;
import io.x0tta6bl4.payment.ledger.PaymentLedger;
import io.x0tta6bl4.payment.ledger.PaymentListener;
import io.x0tta6bl4.payment.metrics.PaymentObserver;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Tells listeners what the ledger's outbox holds for them: each event at least once, in order for each order, again after a
 * growing pause (1 second to 5 minutes) where a listener failed. One slow or failing listener, or one event that cannot be
 * taken, holds up nothing but its own order. Several processes may deliver to listeners of the same names; each event goes to
 * one of them. Thread-safe.
 *
 * @since 0.1.0
 */
public final class EventDelivery implements AutoCloseable {

  /** How long a listener may take before another process may be given the same event. */
  public static final Duration DEFAULT_LEASE = Duration.ofMinutes(1);

  /** How many events a listener is told at once where nothing else is said. */
  public static final int DEFAULT_CONCURRENCY = 8;

  private static final Duration BEAT = Duration.ofMillis(200);

  private final List<Lane> lanes = new ArrayList<>();
  private final Workers workers;

  private EventDelivery(Builder builder) {
    // As many as can be at work: a listener that hangs with all its events takes no thread from the others.
    int threads = Math.max(1, builder.listeners.size() * (builder.concurrency + 1));
    this.workers = new Workers("x0tta6bl4-delivery", builder.executor, threads);
    for (PaymentListener listener : builder.listeners) {
      lanes.add(
          new Lane(
              listener, builder.ledger, builder.clock, builder.observer, builder.lease, builder.concurrency, workers));
    }
  }

  /**
   * Starts a delivery.
   *
   * @param ledger whose outbox is emptied; not closed by the delivery
   * @return a builder
   */
  public static Builder builder(PaymentLedger ledger) {
    return new Builder(ledger);
  }

  /**
   * Subscribes the listeners and begins to tell them. The first call counts.
   *
   * @throws io.x0tta6bl4.payment.ledger.LedgerException if the ledger's store failed; then nothing has begun
   * @throws IllegalStateException after {@link #close()}
   */
  public void start() {
    lanes.forEach(Lane::subscribe);
    workers.every(BEAT, this::wake);
  }

  /** Looks into the outbox now, in place of at the next beat, which comes five times a second. Returns at once. */
  public void wake() {
    lanes.forEach(Lane::wake);
  }

  /**
   * Tells, on the caller's thread, everything that is due, and what follows from it, and comes back when nothing is due any
   * more. For tests, and for programs that have no threads to spare; not while {@link #start} is at work.
   *
   * @return how many events were told, failed ones included
   * @throws io.x0tta6bl4.payment.ledger.LedgerException if the ledger's store failed
   */
  public int deliverDue() {
    lanes.forEach(Lane::subscribe);
    int told = 0;
    int before;
    do {
      before = told;
      for (Lane lane : lanes) {
        told += lane.deliverDue();
      }
    } while (told > before);
    return told;
  }

  /**
   * Stops taking events, waits for those that are being told, and comes back; what is left is told after the next start. An
   * interrupt ends the wait, with the flag set. Idempotent.
   */
  @Override
  public void close() {
    workers.close();
    lanes.forEach(Lane::end);
  }

  /** Collects the parts of an {@link EventDelivery}. Not thread-safe. */
  public static final class Builder {
    private final PaymentLedger ledger;
    private final List<PaymentListener> listeners = new ArrayList<>();
    private @Nullable Executor executor;
    private Clock clock = Defaults.CLOCK;
    private PaymentObserver observer = PaymentObserver.NONE;
    private Duration lease = DEFAULT_LEASE;
    private int concurrency = DEFAULT_CONCURRENCY;

    private Builder(PaymentLedger ledger) {
      this.ledger = ledger;
    }

    /**
     * Adds a listener.
     *
     * @param listener who is told
     * @return this
     */
    public Builder listener(PaymentListener listener) {
      listeners.add(listener);
      return this;
    }

    /**
     * Sets where listeners are called; an own pool of daemon threads, as many as listeners may be told at once, if not called.
     *
     * @param newExecutor runs tasks that block, for instance on virtual threads; not shut down by the delivery
     * @return this
     */
    public Builder executor(Executor newExecutor) {
      executor = newExecutor;
      return this;
    }

    /**
     * Sets what is due by.
     *
     * @param newClock the clock; the system's if not called
     * @return this
     */
    public Builder clock(Clock newClock) {
      clock = newClock;
      return this;
    }

    /**
     * Sets who is told of deliveries, for metrics.
     *
     * @param newObserver nobody if not called
     * @return this
     */
    public Builder observer(PaymentObserver newObserver) {
      observer = newObserver;
      return this;
    }

    /**
     * Sets how long a listener may take before another process may be given the same event.
     *
     * @param duration more than 0; a minute if not called
     * @return this
     */
    public Builder lease(Duration duration) {
      lease = duration;
      return this;
    }

    /**
     * Sets how many events a listener is told at once, of different orders.
     *
     * @param most 1 to 1,000; 8 if not called
     * @return this
     */
    public Builder concurrency(int most) {
      concurrency = most;
      return this;
    }

    /**
     * Checks the parts and makes the delivery. Starts no thread.
     *
     * @return the delivery
     * @throws IllegalArgumentException if a part is outside its range, or two listeners have one name
     */
    public EventDelivery build() {
      if (lease.isNegative() || lease.isZero()) {
        throw new IllegalArgumentException("lease " + lease + ": expected more than PT0S");
      }
      if (concurrency < 1 || concurrency > 1_000) {
        throw new IllegalArgumentException("concurrency " + concurrency + ": expected 1 to 1000");
      }
      Set<String> names = new HashSet<>();
      for (PaymentListener listener : listeners) {
        if (!names.add(listener.name())) {
          throw new IllegalArgumentException("two listeners are called '" + listener.name() + "': expected one");
        }
      }
      return new EventDelivery(this);
    }
  }
}
