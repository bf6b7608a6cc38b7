package io.x0tta6bl4.payment.metrics;

import static io.prometheus.metrics.model.snapshots.Unit.nanosToSeconds;

import io.prometheus.metrics.model.registry.Collector;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricFamilyDescriptor;
import io.x0tta6bl4.payment.ledger.Wallet;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/** How far behind the worst wallet of each chain is. One series a chain: a shop may have an address for each order. */
final class ScanLag implements Collector {

  private static final String NAME = PrometheusPaymentMetrics.PREFIX + "scan_lag_seconds";

  private final Map<Wallet, Instant> readUntil;
  private final Clock clock;

  ScanLag(Map<Wallet, Instant> readUntil, Clock clock) {
    this.readUntil = readUntil;
    this.clock = clock;
  }

  @Override
  public MetricFamilyDescriptor getMetricFamilyDescriptor() {
    return MetricFamilyDescriptor.gauge(NAME).labelNames("chain").build();
  }

  @Override
  public GaugeSnapshot collect() {
    Map<String, Instant> worst = new TreeMap<>();
    readUntil.forEach((wallet, until) -> worst.merge(wallet.chain(), until, (a, b) -> a.isBefore(b) ? a : b));
    Instant now = clock.instant();
    GaugeSnapshot.Builder gauge =
        GaugeSnapshot.builder().name(NAME).help("How long ago the wallet furthest behind was read to its end.");
    worst.forEach(
        (chain, until) ->
            gauge.dataPoint(
                GaugeDataPointSnapshot.builder()
                    .labels(Labels.of("chain", chain))
                    .value(nanosToSeconds(Duration.between(until, now).toNanos()))
                    .build()));
    return gauge.build();
  }
}
