/** Watches interfaces: what to attach where, what came of it, and how it is taken off again. */
@NullMarked
package io.x0tta6bl4.example.observe;

import org.jspecify.annotations.NullMarked;
