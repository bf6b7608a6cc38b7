/**
 * The Bot API on the wire: {@link io.x0tta6bl4.telegram.internal.api.Bodies} writes what is sent, {@link io.x0tta6bl4.telegram.internal.api.Trees} reads what
 * comes, and {@link io.x0tta6bl4.telegram.internal.api.ReplyErrors} says why a call failed.
 */
@NullMarked
package io.x0tta6bl4.telegram.internal.api;

import org.jspecify.annotations.NullMarked;
