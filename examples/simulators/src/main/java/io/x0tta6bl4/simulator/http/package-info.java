/** The HTTP that all simulators speak: {@link io.x0tta6bl4.simulator.http.LoopbackServer}. */
@NullMarked
package io.x0tta6bl4.simulator.http;

import org.jspecify.annotations.NullMarked;
