/**
 * The way of posts to their chats: {@link io.x0tta6bl4.telegram.internal.send.Sender} takes those whose turn it is, as Telegram's limits allow,
 * {@link io.x0tta6bl4.telegram.internal.send.Messenger} sends one, and {@link io.x0tta6bl4.telegram.internal.send.Consequences} says what follows from a
 * failure.
 */
@NullMarked
package io.x0tta6bl4.telegram.internal.send;

import org.jspecify.annotations.NullMarked;
