/**
 * The rules, as pure code without time, threads or network: {@link io.x0tta6bl4.payment.internal.matching.ScanJudge} for a
 * scan, {@link io.x0tta6bl4.payment.internal.matching.HashJudge} for one transaction, both by
 * {@link io.x0tta6bl4.payment.internal.matching.CandidateJudge}.
 */
@NullMarked
package io.x0tta6bl4.payment.internal.matching;

import org.jspecify.annotations.NullMarked;
