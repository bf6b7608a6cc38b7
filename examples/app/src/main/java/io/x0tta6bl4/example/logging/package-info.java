/** What the program logs, and how. */
@NullMarked
package io.x0tta6bl4.example.logging;

import org.jspecify.annotations.NullMarked;
