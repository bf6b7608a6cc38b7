/** A simulated TronGrid, in the shapes of the real one's answers. */
package io.x0tta6bl4.simulator.tron;
