/**
 * Shows counters and programs to Prometheus: {@link io.x0tta6bl4.ebpf.metrics.EbpfMetrics}.
 */
@NullMarked
package io.x0tta6bl4.ebpf.metrics;

import org.jspecify.annotations.NullMarked;
