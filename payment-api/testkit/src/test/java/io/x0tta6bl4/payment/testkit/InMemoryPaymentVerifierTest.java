package io.x0tta6bl4.payment.testkit;

import io.x0tta6bl4.payment.Asset;
import io.x0tta6bl4.payment.PaymentVerifier;
import io.x0tta6bl4.payment.spi.VerifierContext;
import java.util.List;

// @start region="contract"
class InMemoryPaymentVerifierTest extends PaymentVerifierContract {

  @Override
  protected ContractNetwork network() {
    return new ContractNetwork(
        new Asset("memory", "USDT", "usdt", 6),
        new Asset("memory", "USDT", "fake-usdt", 6),
        "shop",
        "SHOP",
        "payer",
        "stranger",
        List.of("a/../b", "no address"));
  }

  @Override
  protected PaymentVerifier verifier(InMemoryChain paid, VerifierContext context) {
    return InMemoryPaymentVerifier.of(paid, context);
  }
}
// @end
