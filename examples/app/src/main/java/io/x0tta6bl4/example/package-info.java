/** The shop's command line: {@link io.x0tta6bl4.example.Main} leads to the commands. */
@NullMarked
package io.x0tta6bl4.example;

import org.jspecify.annotations.NullMarked;
