/** What the parts share. */
@NullMarked
package io.x0tta6bl4.telegram.internal;

import org.jspecify.annotations.NullMarked;
