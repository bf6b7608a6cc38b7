/**
 * The HTTP client that all providers share: {@link io.x0tta6bl4.payment.http.ApiClient}, with one
 * {@link io.x0tta6bl4.payment.http.RateLimiter} for each key, and {@link io.x0tta6bl4.payment.http.JsonValue} to read what
 * comes back without trusting it.
 */
@NullMarked
package io.x0tta6bl4.payment.http;

import org.jspecify.annotations.NullMarked;
