package io.x0tta6bl4.payment.metrics;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.x0tta6bl4.payment.ledger.InMemoryPaymentLedger;
import io.x0tta6bl4.payment.ledger.LedgerException;
import io.x0tta6bl4.payment.ledger.LedgerStatistics;
import io.x0tta6bl4.payment.ledger.PaymentLedger;
import io.x0tta6bl4.payment.ledger.Wallet;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PrometheusPaymentMetricsTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
  private static final Wallet ONE = new Wallet("tron", null, "one");
  private static final Wallet OTHER = new Wallet("tron", null, "other");

  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final PrometheusPaymentMetrics metrics = PrometheusPaymentMetrics.register(registry, CLOCK);

  @Test
  void countsVerdictsByChainAndOutcome() {
    metrics.verified("tron", "verified");
    metrics.verified("tron", "verified");
    metrics.verified("ton", "not_found");

    assertThat(scrape())
        .contains(
            "x0tta6bl4_payment_verifications_total{chain=\"tron\",outcome=\"verified\"} 2.0",
            "x0tta6bl4_payment_verifications_total{chain=\"ton\",outcome=\"not_found\"} 1.0");
  }

  @Test
  void countsAndTimesRequestsByTheirEndpoint() {
    metrics.requestDone("tron", "/v1/accounts/{}", "ok", Duration.ofMillis(200));
    metrics.requestDone("tron", "/v1/accounts/{}", "rate_limited", Duration.ofMillis(50));
    metrics.retried("tron", "/v1/accounts/{}");
    metrics.limiterWaited("tron", Duration.ofSeconds(2));

    assertThat(scrape())
        .contains(
            "x0tta6bl4_payment_provider_requests_total{endpoint=\"/v1/accounts/{}\",outcome=\"ok\",provider=\"tron\"} 1.0",
            "x0tta6bl4_payment_provider_request_seconds_count{endpoint=\"/v1/accounts/{}\",provider=\"tron\"} 2",
            "x0tta6bl4_payment_provider_request_seconds_sum{endpoint=\"/v1/accounts/{}\",provider=\"tron\"} 0.25",
            "x0tta6bl4_payment_provider_request_seconds_bucket{endpoint=\"/v1/accounts/{}\",provider=\"tron\",le=\"0.25\"} 2",
            "x0tta6bl4_payment_provider_retries_total{endpoint=\"/v1/accounts/{}\",provider=\"tron\"} 1.0",
            "x0tta6bl4_payment_limiter_wait_seconds_sum{provider=\"tron\"} 2.0");
  }

  @Test
  void tellsTheLagOfTheWalletFurthestBehind() {
    metrics.scanned(ONE, "whole", Duration.ofMillis(300), NOW.minusSeconds(5));
    metrics.scanned(OTHER, "partial", Duration.ofMillis(300), NOW.minusSeconds(90));

    assertThat(scrape())
        .contains(
            "x0tta6bl4_payment_scans_total{chain=\"tron\",outcome=\"whole\"} 1.0",
            "x0tta6bl4_payment_scan_seconds_count{chain=\"tron\"} 2",
            "x0tta6bl4_payment_scan_lag_seconds{chain=\"tron\"} 90.0");

    metrics.unwatched(OTHER);
    assertThat(scrape()).contains("x0tta6bl4_payment_scan_lag_seconds{chain=\"tron\"} 5.0");
    metrics.unwatched(ONE);
    assertThat(scrape()).noneMatch(line -> line.startsWith("x0tta6bl4_payment_scan_lag_seconds"));
  }

  @Test
  void countsTheLagOfAWalletThatWasNeverReadFromItsFirstScan() {
    Moving clock = new Moving();
    PrometheusRegistry own = new PrometheusRegistry();
    PrometheusPaymentMetrics moving = PrometheusPaymentMetrics.register(own, clock);

    moving.scanned(ONE, "failed", Duration.ofSeconds(1), null);
    clock.now = NOW.plusSeconds(40);
    moving.scanned(ONE, "failed", Duration.ofSeconds(1), null);

    assertThat(scrape(own)).contains("x0tta6bl4_payment_scan_lag_seconds{chain=\"tron\"} 40.0");
  }

  @Test
  void countsClaimsAndDeliveries() {
    metrics.claimed("tron", "payment");
    metrics.toleranceUsed("tron");
    metrics.delivered("shop", "delivered", Duration.ofSeconds(3));
    metrics.delivered("shop", "failed", Duration.ofSeconds(3));

    assertThat(scrape())
        .contains(
            "x0tta6bl4_payment_claims_total{chain=\"tron\",role=\"payment\"} 1.0",
            "x0tta6bl4_payment_tolerance_used_total{chain=\"tron\"} 1.0",
            "x0tta6bl4_payment_deliveries_total{listener=\"shop\",outcome=\"delivered\"} 1.0",
            "x0tta6bl4_payment_deliveries_total{listener=\"shop\",outcome=\"failed\"} 1.0",
            "x0tta6bl4_payment_delivery_age_seconds_count{listener=\"shop\"} 2");
  }

  @Test
  void readsTheLedgerOnceAtEachScrape() {
    int[] readings = {0};
    metrics.watch(
        ledger(
            () -> {
              readings[0]++;
              return new LedgerStatistics(Map.of("tron", 7L, "ton", 2L), 3, NOW.minusSeconds(60));
            }));

    assertThat(scrape())
        .contains(
            "x0tta6bl4_payment_open_orders{chain=\"tron\"} 7.0",
            "x0tta6bl4_payment_open_orders{chain=\"ton\"} 2.0",
            "x0tta6bl4_payment_outbox_undelivered 3.0",
            "x0tta6bl4_payment_outbox_oldest_seconds 60.0");
    assertThat(readings[0]).isOne();
  }

  @Test
  void showsAnEmptyOutboxAsZero() {
    metrics.watch(new InMemoryPaymentLedger(CLOCK));

    assertThat(scrape())
        .contains("x0tta6bl4_payment_outbox_undelivered 0.0", "x0tta6bl4_payment_outbox_oldest_seconds 0.0");
  }

  @Test
  void leavesOnlyTheLedgersFiguresOutWhileItFails() {
    metrics.watch(
        ledger(
            () -> {
              throw new LedgerException("the database is away", new IOException("refused"));
            }));
    metrics.claimed("tron", "payment");

    assertThat(scrape())
        .contains("x0tta6bl4_payment_claims_total{chain=\"tron\",role=\"payment\"} 1.0")
        .noneMatch(line -> line.startsWith("x0tta6bl4_payment_outbox"));
  }

  @Test
  void showsOneLedger() {
    metrics.watch(new InMemoryPaymentLedger(CLOCK));

    assertThatIllegalStateException()
        .isThrownBy(() -> metrics.watch(new InMemoryPaymentLedger(CLOCK)))
        .withMessageContaining("a ledger is watched already");
  }

  @Test
  void leavesTheRegistryAsItWasWhereANameIsTaken() {
    PrometheusRegistry taken = new PrometheusRegistry();
    taken.register(Counter.builder().name("x0tta6bl4_payment_claims_total").labelNames("other").build());

    assertThatIllegalArgumentException().isThrownBy(() -> PrometheusPaymentMetrics.register(taken, CLOCK));

    assertThat(taken.scrape().size()).isOne();
  }

  @Test
  void takesItsMetricsOutWhenClosed() {
    metrics.watch(new InMemoryPaymentLedger(CLOCK));
    metrics.claimed("tron", "payment");

    metrics.close();
    metrics.close();

    assertThat(scrape()).isEmpty();
    PrometheusPaymentMetrics.register(registry, CLOCK).watch(new InMemoryPaymentLedger(CLOCK));
  }

  private List<String> scrape() {
    return scrape(registry);
  }

  private static List<String> scrape(PrometheusRegistry registry) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      PrometheusTextFormatWriter.create().write(out, registry.scrape());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return out.toString(UTF_8).lines().filter(line -> !line.startsWith("#")).toList();
  }

  private static PaymentLedger ledger(java.util.function.Supplier<LedgerStatistics> statistics) {
    return (PaymentLedger)
        Proxy.newProxyInstance(
            PaymentLedger.class.getClassLoader(),
            new Class<?>[] {PaymentLedger.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("statistics")) {
                return statistics.get();
              }
              throw new AssertionError("a scrape called " + method);
            });
  }

  private static final class Moving extends Clock {
    private Instant now = NOW;

    @Override
    public java.time.ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(java.time.@Nullable ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return now;
    }
  }
}
