package io.x0tta6bl4.example.web;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;

/** Counts requests for Prometheus. Thread-safe. */
public final class HttpMetrics implements RequestObserver {

  private static final double[] SECONDS = {0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10};
  private static final double NANOS = 1e9;

  private final Counter requests =
      Counter.builder()
          .name("x0tta6bl4_http_requests_total")
          .help("Requests that were answered on the public port.")
          .labelNames("method", "route", "status")
          .build();
  private final Histogram seconds =
      Histogram.builder()
          .name("x0tta6bl4_http_request_seconds")
          .help("Time from a request's head to its answer; of a stream of events to its beginning.")
          .labelNames("method", "route")
          .classicOnly()
          .classicUpperBounds(SECONDS)
          .build();

  private HttpMetrics() {}

  /**
   * Begins with nothing counted.
   *
   * @param registry shows them
   * @return what counts
   */
  public static HttpMetrics register(PrometheusRegistry registry) {
    HttpMetrics metrics = new HttpMetrics();
    registry.register(metrics.requests);
    registry.register(metrics.seconds);
    return metrics;
  }

  @Override
  public void answered(String method, String route, int status, Duration time) {
    requests.labelValues(method, route, Integer.toString(status)).inc();
    seconds.labelValues(method, route).observe(time.toNanos() / NANOS);
  }
}
