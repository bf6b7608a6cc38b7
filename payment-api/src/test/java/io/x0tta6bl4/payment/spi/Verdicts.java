package io.x0tta6bl4.payment.spi;

import static org.assertj.core.api.Assertions.assertThat;

import io.x0tta6bl4.payment.Reason;
import io.x0tta6bl4.payment.Transfer;
import io.x0tta6bl4.payment.Verification;

/** What a test expects of a verdict. */
final class Verdicts {

  private Verdicts() {}

  static Verification.Verified assertVerified(Verification verdict, Transfer... transfers) {
    assertThat(verdict).isInstanceOf(Verification.Verified.class);
    assertThat(verdict.isVerified()).isTrue();
    assertThat(verdict.verified()).isPresent();
    Verification.Verified verified = verdict.verified().orElseThrow();
    assertThat(verified.transfers()).containsExactly(transfers);
    return verified;
  }

  static Verification.Pending assertPending(Verification verdict, Transfer... transfers) {
    assertThat(verdict.isVerified()).isFalse();
    assertThat(verdict.verified()).isEmpty();
    assertThat(verdict).isInstanceOf(Verification.Pending.class);
    Verification.Pending pending = (Verification.Pending) verdict;
    assertThat(pending.transfers()).containsExactly(transfers);
    return pending;
  }

  static Verification.Rejected assertRejected(Verification verdict, Reason reason, Transfer... transfers) {
    assertThat(verdict.isVerified()).isFalse();
    assertThat(verdict).isInstanceOf(Verification.Rejected.class);
    Verification.Rejected rejected = (Verification.Rejected) verdict;
    assertThat(rejected.reason()).isEqualTo(reason);
    assertThat(rejected.transfers()).containsExactly(transfers);
    return rejected;
  }

  static void assertNotFound(Verification verdict) {
    assertThat(verdict.isVerified()).isFalse();
    assertThat(verdict).isInstanceOf(Verification.NotFound.class);
  }
}
