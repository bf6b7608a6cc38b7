/** The Bot API on the wire. */
@NullMarked
package io.x0tta6bl4.telegram.internal.api;

import org.jspecify.annotations.NullMarked;
