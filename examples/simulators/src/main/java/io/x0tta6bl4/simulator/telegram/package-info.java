/** A simulated Bot API, in the shapes of the real one's answers. */
package io.x0tta6bl4.simulator.telegram;
