package io.x0tta6bl4.example.orders;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells those who look at an order when it changes. The change may have been made by another process on the same database, so
 * that all orders which are looked at are read together, again and again. Thread-safe.
 */
public final class OrderFeed implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(OrderFeed.class);
  private static final int AT_ONCE = 1000;

  private final Function<Set<String>, Map<String, OrderView>> reader;
  private final Duration pause;
  private final Map<String, Set<Subscription>> subscriptions = new HashMap<>();
  private final Semaphore wanted = new Semaphore(0);
  private final Thread thread;

  /**
   * Begins.
   *
   * @param views where orders are read
   * @param pause between two readings
   */
  public OrderFeed(OrderViews views, Duration pause) {
    this.reader = views::find;
    this.pause = pause;
    this.thread = Thread.ofVirtual().name("order-feed").start(this::run);
  }

  /**
   * Begins to look at an order.
   *
   * @param orderId which
   * @return what tells of it, from its present state on
   */
  public Subscription subscribe(String orderId) {
    Subscription subscription = new Subscription(orderId);
    synchronized (subscriptions) {
      subscriptions.computeIfAbsent(orderId, id -> new HashSet<>()).add(subscription);
    }
    wanted.release();
    return subscription;
  }

  private void run() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        if (wanted.tryAcquire(pause.toMillis(), TimeUnit.MILLISECONDS)) {
          wanted.drainPermits();
        }
        try {
          read();
        } catch (RuntimeException e) {
          LOG.warn("the orders that are looked at could not be read: {}", e.toString());
        }
      }
    } catch (InterruptedException e) {
      // The feed was closed.
    }
  }

  private void read() {
    List<String> ids;
    synchronized (subscriptions) {
      ids = List.copyOf(subscriptions.keySet());
    }
    for (int from = 0; from < ids.size(); from += AT_ONCE) {
      Map<String, OrderView> views = reader.apply(Set.copyOf(ids.subList(from, Math.min(from + AT_ONCE, ids.size()))));
      views.forEach(this::offer);
    }
  }

  private void offer(String orderId, OrderView view) {
    List<Subscription> interested;
    synchronized (subscriptions) {
      interested = new ArrayList<>(subscriptions.getOrDefault(orderId, Set.of()));
    }
    interested.forEach(subscription -> subscription.offer(view));
  }

  /** Stops to read; those who wait are told nothing more. */
  @Override
  public void close() {
    thread.interrupt();
  }

  /** One who looks at an order. For one reader; {@link #close} from any thread. */
  public final class Subscription implements AutoCloseable {

    private final String orderId;
    // Only the newest state matters to one who was slow.
    private final BlockingQueue<OrderView> newest = new ArrayBlockingQueue<>(1);
    private @Nullable OrderView last;

    private Subscription(String orderId) {
      this.orderId = orderId;
    }

    private synchronized void offer(OrderView view) {
      if (last == null || !last.equals(view)) {
        last = view;
        newest.clear();
        newest.add(view);
      }
    }

    /**
     * Waits for a change; the first is the present state.
     *
     * @param atMost how long to wait
     * @return the order as it is now, or empty if nothing changed
     * @throws InterruptedException if interrupted
     */
    public Optional<OrderView> next(Duration atMost) throws InterruptedException {
      return Optional.ofNullable(newest.poll(atMost.toMillis(), TimeUnit.MILLISECONDS));
    }

    @Override
    public void close() {
      synchronized (subscriptions) {
        subscriptions.computeIfPresent(
            orderId,
            (id, all) -> {
              all.remove(this);
              return all.isEmpty() ? null : all;
            });
      }
    }
  }
}
