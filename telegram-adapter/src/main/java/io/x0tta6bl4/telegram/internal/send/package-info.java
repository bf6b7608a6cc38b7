/** The way of posts to their chats: limits, order, and what follows from a failure. */
@NullMarked
package io.x0tta6bl4.telegram.internal.send;

import org.jspecify.annotations.NullMarked;
