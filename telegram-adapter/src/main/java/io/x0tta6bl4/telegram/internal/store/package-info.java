/**
 * What the bot remembers: {@link io.x0tta6bl4.telegram.internal.store.Memory} holds updates, posts, buyers and duties, in memory or, by
 * {@link io.x0tta6bl4.telegram.internal.store.Database}, in tables.
 */
@NullMarked
package io.x0tta6bl4.telegram.internal.store;

import org.jspecify.annotations.NullMarked;
