package io.x0tta6bl4.payment.metrics;

import static io.prometheus.metrics.model.snapshots.Unit.nanosToSeconds;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricFamilyDescriptor;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.x0tta6bl4.payment.ledger.LedgerStatistics;
import io.x0tta6bl4.payment.ledger.PaymentLedger;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The ledger's figures, all from one reading of it: a scrape asks the database once. */
final class LedgerFigures implements MultiCollector {

  private static final Logger LOG = LoggerFactory.getLogger(LedgerFigures.class);

  private static final String OPEN_ORDERS = PrometheusPaymentMetrics.PREFIX + "open_orders";
  private static final String UNDELIVERED = PrometheusPaymentMetrics.PREFIX + "outbox_undelivered";
  private static final String OLDEST = PrometheusPaymentMetrics.PREFIX + "outbox_oldest_seconds";

  private final PaymentLedger ledger;
  private final Clock clock;

  LedgerFigures(PaymentLedger ledger, Clock clock) {
    this.ledger = ledger;
    this.clock = clock;
  }

  @Override
  public List<MetricFamilyDescriptor> getMetricFamilyDescriptors() {
    return List.of(
        MetricFamilyDescriptor.gauge(OPEN_ORDERS).labelNames("chain").build(),
        MetricFamilyDescriptor.gauge(UNDELIVERED).build(),
        MetricFamilyDescriptor.gauge(OLDEST).build());
  }

  @Override
  public MetricSnapshots collect() {
    LedgerStatistics statistics;
    try {
      statistics = ledger.statistics();
    } catch (RuntimeException e) {
      // The other metrics are wanted most when the database is away.
      LOG.warn("the ledger's figures are missing in this scrape", e);
      return MetricSnapshots.of();
    }
    GaugeSnapshot.Builder openOrders = GaugeSnapshot.builder().name(OPEN_ORDERS).help("Open orders.");
    statistics
        .openOrders()
        .forEach(
            (chain, count) ->
                openOrders.dataPoint(
                    GaugeDataPointSnapshot.builder().labels(Labels.of("chain", chain)).value(count).build()));
    GaugeSnapshot undelivered =
        GaugeSnapshot.builder()
            .name(UNDELIVERED)
            .help("Events that a listener was not told yet.")
            .dataPoint(GaugeDataPointSnapshot.builder().value((double) statistics.undelivered()).build())
            .build();
    long oldest = statistics.waitingSince().map(t -> Duration.between(t, clock.instant()).toNanos()).orElse(0L);
    GaugeSnapshot age =
        GaugeSnapshot.builder()
            .name(OLDEST)
            .help("Age of the oldest event that a listener was not told yet.")
            .dataPoint(GaugeDataPointSnapshot.builder().value(nanosToSeconds(oldest)).build())
            .build();
    return MetricSnapshots.of(openOrders.build(), undelivered, age);
  }
}
