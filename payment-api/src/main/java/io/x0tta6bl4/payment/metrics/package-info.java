/**
 * What happens, as figures: {@link io.x0tta6bl4.payment.metrics.PaymentObserver} is told of it,
 * {@link io.x0tta6bl4.payment.metrics.PrometheusPaymentMetrics} shows it to Prometheus.
 */
@NullMarked
package io.x0tta6bl4.payment.metrics;

import org.jspecify.annotations.NullMarked;
