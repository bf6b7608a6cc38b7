/** A simulated tonapi, in the shapes of the real one's answers. */
package io.x0tta6bl4.simulator.ton;
