/**
 * What the operator sees: {@link io.x0tta6bl4.example.status.StatusPages} shows the {@link io.x0tta6bl4.example.status.Status} that
 * a {@link io.x0tta6bl4.example.status.StatusReader} reads.
 */
@NullMarked
package io.x0tta6bl4.example.status;

import org.jspecify.annotations.NullMarked;
