package io.x0tta6bl4.payment.metrics;

import static io.prometheus.metrics.model.snapshots.Unit.nanosToSeconds;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.Collector;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.x0tta6bl4.payment.ledger.PaymentLedger;
import io.x0tta6bl4.payment.ledger.Wallet;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Shows what verifiers, watchers, deliveries and ledgers do as Prometheus metrics. Needs {@code prometheus-metrics-core} on
 * the class path, which this library does not bring along.
 *
 * <p>All names start with {@code x0tta6bl4_payment_}; seconds are seconds.
 *
 * <table>
 *   <caption>The metrics</caption>
 *   <tr><th>name<th>labels<th>what it counts
 *   <tr><td>{@code verifications_total}<td>chain, outcome<td>verdicts
 *   <tr><td>{@code provider_requests_total}<td>provider, endpoint, outcome<td>requests that were answered or failed; the
 *     outcome is ok, rate_limited, unauthorized, malformed or failed
 *   <tr><td>{@code provider_request_seconds}<td>provider, endpoint<td>histogram of how long they took
 *   <tr><td>{@code provider_retries_total}<td>provider, endpoint<td>requests sent again
 *   <tr><td>{@code limiter_wait_seconds}<td>provider<td>histogram of waits for a turn, those without a wait left out
 *   <tr><td>{@code scans_total}<td>chain, outcome<td>scans of a wallet: whole, partial, stale, failed or unsaved
 *   <tr><td>{@code scan_seconds}<td>chain<td>histogram of how long they took
 *   <tr><td>{@code scan_lag_seconds}<td>chain<td>gauge: how long ago the wallet that is furthest behind was read to its end,
 *     of those that this process watches
 *   <tr><td>{@code claims_total}<td>chain, role<td>transfers claimed: part, payment, surplus or late
 *   <tr><td>{@code tolerance_used_total}<td>chain<td>orders credited with less than their amount, within the tolerance
 *   <tr><td>{@code deliveries_total}<td>listener, outcome<td>events told: delivered or failed
 *   <tr><td>{@code delivery_age_seconds}<td>listener<td>histogram of the time from an event to its delivery
 *   <tr><td>{@code open_orders}<td>chain<td>gauge: open orders of the ledger
 *   <tr><td>{@code outbox_undelivered}<td><td>gauge: events that a listener was not told yet
 *   <tr><td>{@code outbox_oldest_seconds}<td><td>gauge: age of the oldest of them, 0 if there is none
 * </table>
 *
 * <p>The last three appear after {@link #watch}; they are read from the ledger at each scrape, and left out of it while the
 * ledger fails. Thread-safe.
 *
 * @since 0.1.0
 */
public final class PrometheusPaymentMetrics implements PaymentObserver, AutoCloseable {

  static final String PREFIX = "x0tta6bl4_payment_";

  private final PrometheusRegistry registry;
  private final Clock clock;
  private final List<Collector> collectors = new ArrayList<>();
  private final AtomicReference<@Nullable MultiCollector> ledgerFigures = new AtomicReference<>();

  /** Up to when each wallet is read that is watched here; since when we wait for that, before its first whole scan. */
  private final Map<Wallet, Instant> readUntil = new ConcurrentHashMap<>();

  private final Counter verifications;
  private final Counter requests;
  private final Histogram requestSeconds;
  private final Counter retries;
  private final Histogram limiterWaitSeconds;
  private final Counter scans;
  private final Histogram scanSeconds;
  private final Counter claims;
  private final Counter toleranceUsed;
  private final Counter deliveries;
  private final Histogram deliveryAgeSeconds;

  private PrometheusPaymentMetrics(PrometheusRegistry registry, Clock clock) {
    this.registry = registry;
    this.clock = clock;
    verifications = add(counter("verifications", "Verdicts.", "chain", "outcome"));
    requests = add(counter("provider_requests", "Requests to a provider.", "provider", "endpoint", "outcome"));
    requestSeconds =
        add(histogram("provider_request", "How long requests to a provider took.", "provider", "endpoint")
            .classicUpperBounds(0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)
            .build());
    retries = add(counter("provider_retries", "Requests sent again.", "provider", "endpoint"));
    limiterWaitSeconds =
        add(histogram("limiter_wait", "How long requests waited for their turn.", "provider")
            .classicUpperBounds(0.01, 0.05, 0.1, 0.5, 1, 2.5, 5, 10, 30, 60)
            .build());
    scans = add(counter("scans", "Scans of a watched wallet.", "chain", "outcome"));
    scanSeconds =
        add(histogram("scan", "How long scans of a watched wallet took.", "chain")
            .classicUpperBounds(0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)
            .build());
    claims = add(counter("claims", "Transfers claimed for an order.", "chain", "role"));
    toleranceUsed = add(counter("tolerance_used", "Orders credited with less than their amount.", "chain"));
    deliveries = add(counter("deliveries", "Events told to a listener.", "listener", "outcome"));
    deliveryAgeSeconds =
        add(histogram("delivery_age", "From an event to its delivery.", "listener")
            .classicUpperBounds(0.05, 0.1, 0.5, 1, 5, 15, 60, 300, 3_600, 86_400)
            .build());
    collectors.add(new ScanLag(readUntil, clock));
  }

  /**
   * Registers the metrics.
   *
   * @param registry that is scraped; one of these metrics at most
   * @param clock by which lags and ages are told
   * @return the observer to give to verifiers, watchers and deliveries
   * @throws IllegalArgumentException if the registry has metrics of these names already; it is left as it was
   */
  @SuppressWarnings("exports") // Who calls it has Prometheus; who does not must not need it.
  public static PrometheusPaymentMetrics register(PrometheusRegistry registry, Clock clock) {
    Objects.requireNonNull(registry, "registry");
    Objects.requireNonNull(clock, "clock");
    PrometheusPaymentMetrics metrics = new PrometheusPaymentMetrics(registry, clock);
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

  /**
   * Shows the open orders and the outbox of a ledger, read at each scrape. Several replicas over one database show the same
   * figures: take their maximum.
   *
   * @param ledger of this process; one at most
   * @return this
   * @throws IllegalStateException if a ledger is watched already
   */
  public PrometheusPaymentMetrics watch(PaymentLedger ledger) {
    Objects.requireNonNull(ledger, "ledger");
    MultiCollector figures = new LedgerFigures(ledger, clock);
    if (!ledgerFigures.compareAndSet(null, figures)) {
      throw new IllegalStateException("a ledger is watched already: one metrics object shows one ledger");
    }
    registry.register(figures);
    return this;
  }

  @Override
  public void verified(String chain, String outcome) {
    verifications.labelValues(chain, outcome).inc();
  }

  @Override
  public void requestDone(String provider, String endpoint, String outcome, Duration took) {
    requests.labelValues(provider, endpoint, outcome).inc();
    requestSeconds.labelValues(provider, endpoint).observe(nanosToSeconds(took.toNanos()));
  }

  @Override
  public void retried(String provider, String endpoint) {
    retries.labelValues(provider, endpoint).inc();
  }

  @Override
  public void limiterWaited(String provider, Duration waited) {
    limiterWaitSeconds.labelValues(provider).observe(nanosToSeconds(waited.toNanos()));
  }

  @Override
  public void scanned(Wallet wallet, String outcome, Duration took, @Nullable Instant until) {
    scans.labelValues(wallet.chain(), outcome).inc();
    scanSeconds.labelValues(wallet.chain()).observe(nanosToSeconds(took.toNanos()));
    if (until == null) {
      readUntil.putIfAbsent(wallet, clock.instant());
    } else {
      readUntil.put(wallet, until);
    }
  }

  @Override
  public void unwatched(Wallet wallet) {
    readUntil.remove(wallet);
  }

  @Override
  public void claimed(String chain, String role) {
    claims.labelValues(chain, role).inc();
  }

  @Override
  public void toleranceUsed(String chain) {
    toleranceUsed.labelValues(chain).inc();
  }

  @Override
  public void delivered(String listener, String outcome, Duration age) {
    deliveries.labelValues(listener, outcome).inc();
    deliveryAgeSeconds.labelValues(listener).observe(nanosToSeconds(age.toNanos()));
  }

  /** Takes the metrics out of the registry; what is told afterwards is lost. Closing twice does no harm. */
  @Override
  public void close() {
    collectors.forEach(registry::unregister);
    MultiCollector figures = ledgerFigures.getAndSet(null);
    if (figures != null) {
      registry.unregister(figures);
    }
  }

  private static Counter counter(String name, String help, String... labels) {
    return Counter.builder().name(PREFIX + name + "_total").help(help).labelNames(labels).build();
  }

  private static Histogram.Builder histogram(String name, String help, String... labels) {
    return Histogram.builder().name(PREFIX + name + "_seconds").help(help).labelNames(labels);
  }

  private <C extends Collector> C add(C collector) {
    collectors.add(collector);
    return collector;
  }
}
