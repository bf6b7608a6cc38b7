/** What the programs cost a packet and what the library costs its caller, as ratios of one run. */
@NullMarked
package io.x0tta6bl4.ebpf.benchmarks;

import org.jspecify.annotations.NullMarked;
