package io.x0tta6bl4.telegram;

import static io.prometheus.metrics.model.snapshots.Unit.nanosToSeconds;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.Collector;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Shows what the bot does as Prometheus metrics. Needs {@code prometheus-metrics-core} on the class path, which this library
 * does not bring along.
 *
 * <p>All names start with {@code x0tta6bl4_telegram_}; seconds are seconds.
 *
 * <table>
 *   <caption>The metrics</caption>
 *   <tr><th>name<th>labels<th>what it counts
 *   <tr><td>{@code updates_total}<td>way, outcome<td>what came in by webhook or polling: stored, duplicate, refused, failed
 *   <tr><td>{@code updates_handled_total}<td>outcome<td>updates worked on: handled, failed (tried again), set_aside
 *   <tr><td>{@code update_lag_seconds}<td><td>histogram of the time from the storing of an update to its end
 *   <tr><td>{@code posts_total}<td>kind, how<td>what chats show: status, bell, reply, photo, alert; sent, edited, repeated
 *   <tr><td>{@code post_failures_total}<td>kind, failure<td>calls that failed, by class: blocked, too_many_requests...
 *   <tr><td>{@code post_age_seconds}<td>kind<td>histogram of the time from the wish to the message
 *   <tr><td>{@code retry_after_seconds_total}<td><td>pauses that Telegram asked for, added up
 *   <tr><td>{@code queue_posts}<td><td>gauge: what waits to be shown
 *   <tr><td>{@code queue_oldest_seconds}<td><td>gauge: how long the oldest of it has been wanted
 *   <tr><td>{@code requests_total}<td>method, outcome<td>calls of the Bot API
 *   <tr><td>{@code request_seconds}<td>method<td>histogram of how long they took
 * </table>
 *
 * <p>Thread-safe.
 *
 * @since 0.1.0
 */
public final class PrometheusTelegramMetrics implements TelegramObserver, AutoCloseable {

  private static final String PREFIX = "x0tta6bl4_telegram_";

  private final PrometheusRegistry registry;
  private final List<Collector> collectors = new ArrayList<>();

  private final Counter updates;
  private final Counter handled;
  private final Histogram updateLag;
  private final Counter posts;
  private final Counter postFailures;
  private final Histogram postAge;
  private final Counter retryAfter;
  private final Gauge queuePosts;
  private final Gauge queueOldest;
  private final Counter requests;
  private final Histogram requestSeconds;

  private PrometheusTelegramMetrics(PrometheusRegistry registry) {
    this.registry = registry;
    updates = add(counter("updates", "Updates that came in.", "way", "outcome"));
    handled = add(counter("updates_handled", "Updates worked on.", "outcome"));
    updateLag = add(histogram("update_lag", "From the storing of an update to its end."));
    posts = add(counter("posts", "Messages that chats show.", "kind", "how"));
    postFailures = add(counter("post_failures", "Calls for a chat that failed.", "kind", "failure"));
    postAge = add(histogram("post_age", "From the wish to the message.", "kind"));
    retryAfter = add(counter("retry_after_seconds", "Pauses that Telegram asked for."));
    queuePosts = add(Gauge.builder().name(PREFIX + "queue_posts").help("What waits to be shown.").build());
    queueOldest =
        add(Gauge.builder().name(PREFIX + "queue_oldest_seconds").help("How long the oldest has been wanted.").build());
    requests = add(counter("requests", "Calls of the Bot API.", "method", "outcome"));
    requestSeconds = add(histogram("request", "How long calls took.", "method"));
  }

  /**
   * Registers the metrics.
   *
   * @param registry that is scraped; one of these metrics at most
   * @return the observer to give to the {@link BotApi} and the {@link BuyerBot}
   * @throws IllegalArgumentException if the registry has metrics of these names already; it is left as it was
   */
  @SuppressWarnings("exports") // Who calls it has Prometheus; who does not must not need it.
  public static PrometheusTelegramMetrics register(PrometheusRegistry registry) {
    PrometheusTelegramMetrics metrics = new PrometheusTelegramMetrics(registry);
    List<Collector> registered = new ArrayList<>();
    try {
      for (Collector collector : metrics.collectors) {
        registry.register(collector);
        registered.add(collector);
      }
    } catch (RuntimeException e) {
      registered.forEach(registry::unregister);
      throw e;
    }
    return metrics;
  }

  @Override
  public void received(String way, String outcome) {
    updates.labelValues(way, outcome).inc();
  }

  @Override
  public void handled(String outcome, Duration lag) {
    handled.labelValues(outcome).inc();
    updateLag.observe(nanosToSeconds(lag.toNanos()));
  }

  @Override
  public void posted(String kind, String how, Duration age) {
    posts.labelValues(kind, how).inc();
    postAge.labelValues(kind).observe(nanosToSeconds(age.toNanos()));
  }

  @Override
  public void postFailed(String kind, String failure) {
    postFailures.labelValues(kind, failure).inc();
  }

  @Override
  public void toldToWait(Duration pause) {
    retryAfter.inc(pause.toSeconds());
  }

  @Override
  public void queue(long waiting, Duration oldest) {
    queuePosts.set((double) waiting);
    queueOldest.set((double) oldest.toSeconds());
  }

  @Override
  public void requestDone(String provider, String endpoint, String outcome, Duration took) {
    String method = endpoint.substring(1);
    requests.labelValues(method, outcome).inc();
    requestSeconds.labelValues(method).observe(nanosToSeconds(took.toNanos()));
  }

  /** Takes the metrics out of the registry; what is told afterwards is lost. Closing twice does no harm. */
  @Override
  public void close() {
    collectors.forEach(registry::unregister);
  }

  private static Counter counter(String name, String help, String... labels) {
    return Counter.builder().name(PREFIX + name + "_total").help(help).labelNames(labels).build();
  }

  private static Histogram histogram(String name, String help, String... labels) {
    return Histogram.builder()
        .name(PREFIX + name + "_seconds")
        .help(help)
        .labelNames(labels)
        .classicUpperBounds(0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15, 60, 300, 3_600)
        .build();
  }

  private <C extends Collector> C add(C collector) {
    collectors.add(collector);
    return collector;
  }
}
