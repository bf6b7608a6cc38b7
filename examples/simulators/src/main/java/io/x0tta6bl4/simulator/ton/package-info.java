/**
 * A simulated tonapi, in the shapes of the real one's answers: {@link io.x0tta6bl4.simulator.ton.ScriptedTonApi} answers with the
 * transactions that it is given.
 */
@NullMarked
package io.x0tta6bl4.simulator.ton;

import org.jspecify.annotations.NullMarked;
