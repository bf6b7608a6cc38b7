/** What the parts share: {@link io.x0tta6bl4.telegram.internal.Loop}, a thread that takes one step after the other. */
@NullMarked
package io.x0tta6bl4.telegram.internal;

import org.jspecify.annotations.NullMarked;
