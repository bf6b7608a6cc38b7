/** What is shared inside the artefact; not part of its API. */
@NullMarked
package io.x0tta6bl4.payment.internal;

import org.jspecify.annotations.NullMarked;
