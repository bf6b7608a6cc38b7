/** What the bot remembers: updates, posts, buyers, duties; in memory and by JDBC. */
@NullMarked
package io.x0tta6bl4.telegram.internal.store;

import org.jspecify.annotations.NullMarked;
