package io.x0tta6bl4.payment.internal.watch;

import io.x0tta6bl4.payment.ledger.Delivery;
import io.x0tta6bl4.payment.ledger.LedgerException;
import io.x0tta6bl4.payment.ledger.PaymentLedger;
import io.x0tta6bl4.payment.ledger.PaymentListener;
import io.x0tta6bl4.payment.metrics.PaymentObserver;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The way of events to one listener. Thread-safe. */
public final class Lane {

  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);
  private static final int MOST_DOUBLINGS = 20;
  private static final int MOST_AT_ONCE = 1_000;

  private static final Logger LOG = LoggerFactory.getLogger(Lane.class);

  private final PaymentListener listener;
  private final PaymentLedger ledger;
  private final Clock clock;
  private final PaymentObserver observer;
  private final Duration lease;
  private final int concurrency;
  private final Workers workers;

  private final Set<Long> inHand = ConcurrentHashMap.newKeySet();
  private final Queue<Delivery> told = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean busy = new AtomicBoolean();
  private final AtomicBoolean wanted = new AtomicBoolean();
  private volatile boolean subscribed;

  /**
   * Makes a lane.
   *
   * @param listener who is told
   * @param ledger what is told
   * @param clock what is due by
   * @param observer who is told of deliveries
   * @param lease how long a listener may take
   * @param concurrency how many events are told at once
   * @param workers run what blocks
   */
  public Lane(
      PaymentListener listener,
      PaymentLedger ledger,
      Clock clock,
      PaymentObserver observer,
      Duration lease,
      int concurrency,
      Workers workers) {
    this.listener = listener;
    this.ledger = ledger;
    this.clock = clock;
    this.observer = observer;
    this.lease = lease;
    this.concurrency = concurrency;
    this.workers = workers;
  }

  /** Makes the listener known to the ledger. */
  public void subscribe() {
    if (!subscribed) {
      ledger.subscribe(listener.name());
      subscribed = true;
    }
  }

  /** Looks into the outbox on a worker, unless one does already; then that one looks again. */
  public void wake() {
    wanted.set(true);
    if (busy.compareAndSet(false, true) && !workers.run(this::work)) {
      busy.set(false);
    }
  }

  /**
   * Tells what is due on the caller's thread.
   *
   * @return how many events were told, failed ones included
   */
  public int deliverDue() {
    List<Delivery> due = ledger.take(listener.name(), now(), lease, concurrency);
    due.forEach(this::tell);
    acknowledge();
    return due.size();
  }

  /** Notes what was told, so that the next events of its streams can follow. */
  public void acknowledge() {
    List<Delivery> done = new ArrayList<>();
    while (done.size() < MOST_AT_ONCE) {
      Delivery next = told.poll();
      if (next == null) {
        break;
      }
      done.add(next);
    }
    if (done.isEmpty()) {
      return;
    }
    try {
      ledger.delivered(done);
      done.forEach(delivery -> inHand.remove(delivery.sequence()));
    } catch (RuntimeException e) {
      // They stay in hand and are noted at the next beat: telling them again would be a repeat for nothing.
      told.addAll(done);
      throw e;
    }
  }

  /** Notes what was told, for the last time; what cannot be noted is told again after its lease. */
  public void end() {
    try {
      acknowledge();
    } catch (LedgerException e) {
      LOG.warn("{}: what was told could not be noted, and will be told again", listener.name(), e);
    }
  }

  private void work() {
    try {
      while (wanted.getAndSet(false)) {
        acknowledge();
        takeUp();
      }
    } finally {
      busy.set(false);
    }
    if (wanted.get()) {
      wake();
    }
  }

  private void takeUp() {
    int free = concurrency - inHand.size();
    if (free <= 0 || workers.isClosed()) {
      return;
    }
    for (Delivery delivery : ledger.take(listener.name(), now(), lease, free)) {
      if (inHand.add(delivery.sequence())
          && !workers.run(
              () -> {
                tell(delivery);
                wake();
              })) {
        inHand.remove(delivery.sequence());
      }
    }
  }

  private void tell(Delivery delivery) {
    Duration age = Duration.between(delivery.event().at(), now());
    try {
      listener.onEvent(delivery.event());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      failed(delivery, age, e);
      return;
    } catch (Exception | Error e) {
      // Errors too, such as a class that is missing: an event that nobody gave back would hold its place for ever.
      failed(delivery, age, e);
      return;
    }
    observer.delivered(listener.name(), "delivered", age);
    told.add(delivery);
  }

  private void failed(Delivery delivery, Duration age, Throwable failure) {
    observer.delivered(listener.name(), "failed", age);
    Duration pause = pause(delivery.attempts());
    LOG.warn(
        "{}: event {} could not be told, again in {}", listener.name(), delivery.event().id(), pause, failure);
    try {
      ledger.failed(delivery, now().plus(pause));
    } finally {
      // If even that could not be noted, the event comes again when its lease is over.
      inHand.remove(delivery.sequence());
    }
  }

  private static Duration pause(int attempts) {
    Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(attempts, MOST_DOUBLINGS));
    return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
  }

  private Instant now() {
    return Instant.ofEpochMilli(clock.millis());
  }
}
