package io.x0tta6bl4.payment.ton;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.x0tta6bl4.payment.Amount;
import io.x0tta6bl4.payment.Asset;
import io.x0tta6bl4.payment.PaymentRequest;
import io.x0tta6bl4.payment.PaymentVerifier;
import io.x0tta6bl4.payment.PaymentVerifiers;
import io.x0tta6bl4.payment.Verification;
import io.x0tta6bl4.payment.VerifierOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The time limit is generous: it only catches a call that does not end. */
class FaultsTest {

  @ParameterizedTest
  @EnumSource(FaultyServer.Fault.class)
  void everyFaultEndsByItsDeadlineAndIsUnavailableByScan(FaultyServer.Fault fault) {
    Verification verdict = assertTimeoutPreemptively(Duration.ofSeconds(20), () -> ask(fault, false));
    assertThat(verdict).isInstanceOf(Verification.Unavailable.class);
    assertThat(((Verification.Unavailable) verdict).detail()).startsWith("ton: ");
  }

  @ParameterizedTest
  @EnumSource(FaultyServer.Fault.class)
  void everyFaultEndsByItsDeadlineAndIsUnavailableByHash(FaultyServer.Fault fault) {
    Verification verdict = assertTimeoutPreemptively(Duration.ofSeconds(20), () -> ask(fault, true));
    assertThat(verdict).isInstanceOf(Verification.Unavailable.class);
  }

  private static Verification ask(FaultyServer.Fault fault, boolean byHash) throws IOException {
    try (FaultyServer server = new FaultyServer(fault);
        PaymentVerifier verifier =
            PaymentVerifiers.load(
                "ton",
                VerifierOptions.of(
                    Map.of(
                        VerifierOptions.BASE_URL, server.url().toString(),
                        VerifierOptions.ALLOW_HTTP, "true",
                        VerifierOptions.TIMEOUT, "PT0.3S")))) {
      PaymentRequest request =
          PaymentRequest.builder("ORD-1002", Fixtures.MERCHANT, Amount.ofUnits(Asset.USDT_JETTON, 25_000_000)).build();
      return byHash ? verifier.verify(request, Fixtures.NOTICE) : verifier.verify(request);
    }
  }
}
