/** The way of updates from Telegram to the conversation. */
@NullMarked
package io.x0tta6bl4.telegram.internal.intake;

import org.jspecify.annotations.NullMarked;
