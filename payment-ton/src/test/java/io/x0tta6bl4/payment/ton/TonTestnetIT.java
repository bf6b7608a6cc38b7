package io.x0tta6bl4.payment.ton;

import static org.assertj.core.api.Assertions.assertThat;

import io.x0tta6bl4.payment.Amount;
import io.x0tta6bl4.payment.Asset;
import io.x0tta6bl4.payment.PaymentRequest;
import io.x0tta6bl4.payment.PaymentVerifier;
import io.x0tta6bl4.payment.PaymentVerifiers;
import io.x0tta6bl4.payment.Verification;
import io.x0tta6bl4.payment.VerifierOptions;
import org.junit.jupiter.api.Test;

/** Asks the test network itself; runs with {@code -Ptestnet} only. */
class TonTestnetIT {

  private static final VerifierOptions TESTNET =
      VerifierOptions.none().with(VerifierOptions.NETWORK, TonNetwork.TESTNET.id());

  @Test
  void aScanOfAWalletGivesAVerdict() {
    try (PaymentVerifier verifier = PaymentVerifiers.load("ton", TESTNET)) {
      assertThat(verifier.verify(request())).isNotInstanceOf(Verification.Unavailable.class);
    }
  }

  @Test
  void aHashThatNobodyKnowsIsNotFoundAgainstAFreshHead() {
    try (PaymentVerifier verifier = PaymentVerifiers.load("ton", TESTNET.with(VerifierOptions.TIMEOUT, "PT15S"))) {
      assertThat(verifier.verify(request(), "0".repeat(64))).isInstanceOf(Verification.NotFound.class);
    }
  }

  private static PaymentRequest request() {
    return PaymentRequest.builder("ORD-1001", Fixtures.MERCHANT, Amount.ofUnits(Asset.TON, 5_000_000_000L)).build();
  }
}
