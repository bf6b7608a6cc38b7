/**
 * What is said: {@link io.x0tta6bl4.telegram.internal.talk.Talk} puts together the conversation with buyers, the notices of what the ledger tells,
 * and the supervision that the operator hears of.
 */
@NullMarked
package io.x0tta6bl4.telegram.internal.talk;

import org.jspecify.annotations.NullMarked;
