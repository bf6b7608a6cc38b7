/**
 * A simulated Bot API, in the shapes of the real one's answers: {@link io.x0tta6bl4.simulator.telegram.FakeTelegram} is the chats,
 * {@link io.x0tta6bl4.simulator.telegram.TelegramServer} serves them.
 */
@NullMarked
package io.x0tta6bl4.simulator.telegram;

import org.jspecify.annotations.NullMarked;
