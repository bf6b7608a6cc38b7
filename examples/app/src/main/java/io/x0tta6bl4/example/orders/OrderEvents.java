package io.x0tta6bl4.example.orders;

import io.x0tta6bl4.example.web.Response;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/** The stream of an order's states: the present one, then each that follows, until one that is final. Thread-safe. */
public final class OrderEvents {

  private static final Duration WAIT = Duration.ofSeconds(5);

  private final OrderFeed feed;

  /**
   * Makes streams.
   *
   * @param feed tells the changes
   */
  public OrderEvents(OrderFeed feed) {
    this.feed = feed;
  }

  /**
   * The stream of an order. Its events are named {@code order}; the id of one is the order's version.
   *
   * @param orderId which; it exists
   * @param data how a state is written
   * @return the answer
   */
  public Response of(String orderId, Function<OrderView, String> data) {
    return new Response.Events(sink -> write(orderId, data, sink));
  }

  private void write(String orderId, Function<OrderView, String> data, Response.EventSink sink) throws InterruptedException {
    try (OrderFeed.Subscription subscription = feed.subscribe(orderId)) {
      while (sink.isOpen()) {
        Optional<OrderView> view = subscription.next(WAIT);
        if (view.isPresent()) {
          boolean sent = sink.send(Long.toString(view.get().version()), "order", data.apply(view.get()));
          if (!sent || view.get().status().isFinal()) {
            return;
          }
        }
      }
    }
  }
}
