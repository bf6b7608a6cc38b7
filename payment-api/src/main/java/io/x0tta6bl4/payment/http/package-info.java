/**
 * The HTTP client that all providers share.
 *
 * <p>{@link io.x0tta6bl4.payment.http.ApiClient} sends {@link io.x0tta6bl4.payment.http.ApiRequest}s until a
 * {@link io.x0tta6bl4.payment.http.Deadline}, with one {@link io.x0tta6bl4.payment.http.RateLimiter} for each key;
 * {@link io.x0tta6bl4.payment.http.Polling} asks until there is an answer, and {@link io.x0tta6bl4.payment.http.EventStream}
 * is told without asking. What comes back is not trusted: {@link io.x0tta6bl4.payment.http.JsonValue} reads a small answer as a
 * tree, {@link io.x0tta6bl4.payment.http.JsonFields} a long one field by field.
 */
@NullMarked
package io.x0tta6bl4.payment.http;

import org.jspecify.annotations.NullMarked;
