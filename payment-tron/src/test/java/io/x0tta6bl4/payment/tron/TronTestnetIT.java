package io.x0tta6bl4.payment.tron;

import static org.assertj.core.api.Assertions.assertThat;

import io.x0tta6bl4.payment.Amount;
import io.x0tta6bl4.payment.PaymentRequest;
import io.x0tta6bl4.payment.PaymentVerifier;
import io.x0tta6bl4.payment.PaymentVerifiers;
import io.x0tta6bl4.payment.Verification;
import io.x0tta6bl4.payment.VerifierOptions;
import org.junit.jupiter.api.Test;

/** Asks the Nile test network itself; runs with {@code -Ptestnet} only. */
class TronTestnetIT {

  private static final VerifierOptions NILE =
      VerifierOptions.none().with(VerifierOptions.NETWORK, TronNetwork.NILE.id());

  @Test
  void aScanOfAWalletGivesAVerdict() {
    try (PaymentVerifier verifier = PaymentVerifiers.load("tron", NILE)) {
      assertThat(verifier.verify(request())).isNotInstanceOf(Verification.Unavailable.class);
    }
  }

  @Test
  void aHashThatNobodyKnowsIsNotFoundAgainstAFreshHead() {
    try (PaymentVerifier verifier = PaymentVerifiers.load("tron", NILE.with(VerifierOptions.TIMEOUT, "PT10S"))) {
      assertThat(verifier.verify(request(), "0".repeat(64))).isInstanceOf(Verification.NotFound.class);
    }
  }

  private static PaymentRequest request() {
    Amount amount = Amount.ofUnits(TronNetwork.NILE.usdt(), 25_000_000);
    return PaymentRequest.builder("ORD-1001", Fixtures.MERCHANT, amount).build();
  }
}
