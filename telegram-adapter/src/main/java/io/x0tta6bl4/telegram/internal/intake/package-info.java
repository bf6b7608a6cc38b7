/**
 * The way of updates from Telegram to the conversation: {@link io.x0tta6bl4.telegram.internal.intake.Intake} stores what a webhook or the
 * {@link io.x0tta6bl4.telegram.internal.intake.Poller} brings, and {@link io.x0tta6bl4.telegram.internal.intake.Processor} hands it out.
 */
@NullMarked
package io.x0tta6bl4.telegram.internal.intake;

import org.jspecify.annotations.NullMarked;
