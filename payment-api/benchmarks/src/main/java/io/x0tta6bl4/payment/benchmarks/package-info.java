/** Benchmarks of the payment API on real databases, and what the benchmarks of all chains have in common. */
@NullMarked
package io.x0tta6bl4.payment.benchmarks;

import org.jspecify.annotations.NullMarked;
