/** How a program ends when it is told to: {@link io.x0tta6bl4.example.stop.StopSignal}. */
@NullMarked
package io.x0tta6bl4.example.stop;

import org.jspecify.annotations.NullMarked;
