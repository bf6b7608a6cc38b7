/**
 * Watches interfaces: an {@link io.x0tta6bl4.example.observe.ObservationPlan} says what to attach where, and an
 * {@link io.x0tta6bl4.example.observe.Observation} is what came of it, until it is taken off again.
 */
@NullMarked
package io.x0tta6bl4.example.observe;

import org.jspecify.annotations.NullMarked;
