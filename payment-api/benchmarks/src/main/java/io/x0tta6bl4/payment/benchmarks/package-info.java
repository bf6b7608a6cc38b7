/** Benchmarks of the payment API on real databases. */
@NullMarked
package io.x0tta6bl4.payment.benchmarks;

import org.jspecify.annotations.NullMarked;
