package io.x0tta6bl4.payment.testkit;

import io.x0tta6bl4.payment.PaymentVerifier;
import io.x0tta6bl4.payment.VerifierOptions;
import io.x0tta6bl4.payment.spi.TransferSourceVerifier;
import io.x0tta6bl4.payment.spi.VerifierContext;
import java.time.Clock;

/**
 * Makes verifiers of an {@link InMemoryChain}: the real rules over a fake network.
 *
 * @since 0.1.0
 */
public final class InMemoryPaymentVerifier {

  private InMemoryPaymentVerifier() {}

  /**
   * Makes a verifier that does not wait: an unknown transaction is not found at once.
   *
   * @param chain what it reads
   * @param clock what it judges dates by; most often the chain's
   * @return the verifier
   */
  public static PaymentVerifier of(InMemoryChain chain, Clock clock) {
    return of(chain, VerifierContext.of(VerifierOptions.none(), clock, new ManualTicker()));
  }

  /**
   * Makes a verifier.
   *
   * @param chain what it reads
   * @param context settings, clock and ticker
   * @return the verifier
   */
  public static PaymentVerifier of(InMemoryChain chain, VerifierContext context) {
    return TransferSourceVerifier.of(new InMemoryTransferSource(chain), context);
  }
}
