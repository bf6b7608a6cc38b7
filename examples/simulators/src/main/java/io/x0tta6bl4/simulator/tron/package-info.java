/**
 * A simulated TronGrid, in the shapes of the real one's answers: {@link io.x0tta6bl4.simulator.tron.ScriptedTronGrid} answers with
 * the {@link io.x0tta6bl4.simulator.tron.ScriptedTransaction}s that it is given.
 */
@NullMarked
package io.x0tta6bl4.simulator.tron;

import org.jspecify.annotations.NullMarked;
