/** What the program logs, and how: {@link io.x0tta6bl4.example.logging.LogConfigurator}. */
@NullMarked
package io.x0tta6bl4.example.logging;

import org.jspecify.annotations.NullMarked;
