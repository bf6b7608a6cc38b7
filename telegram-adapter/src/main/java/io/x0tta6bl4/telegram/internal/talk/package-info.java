/** What is said: texts, the conversation, the notices. */
@NullMarked
package io.x0tta6bl4.telegram.internal.talk;

import org.jspecify.annotations.NullMarked;
