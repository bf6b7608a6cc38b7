package io.x0tta6bl4.payment.tron;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.x0tta6bl4.payment.Amount;
import io.x0tta6bl4.payment.Asset;
import io.x0tta6bl4.payment.PaymentRequest;
import io.x0tta6bl4.payment.PaymentVerifier;
import io.x0tta6bl4.payment.PaymentVerifiers;
import io.x0tta6bl4.payment.Verification;
import io.x0tta6bl4.payment.VerifierOptions;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReadmeExampleTest {

  @Test
  void checksTheWalletBeforeItAsksAnybody() {
    assertThatThrownBy(() -> verify("key", "shop-wallet", Instant.EPOCH))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("shop-wallet");
  }

  private static Verification verify(String key, String wallet, Instant orderedAt) {
    // @start region="ask"
    VerifierOptions options = VerifierOptions.of(Map.of(VerifierOptions.API_KEY, key));
    try (PaymentVerifier verifier = PaymentVerifiers.load("tron", options)) {
      Amount price = Amount.of(Asset.USDT_TRC20, new BigDecimal("25.00"));
      PaymentRequest request = PaymentRequest.builder("ORD-1001", wallet, price).notBefore(orderedAt).build();
      return verifier.verify(request);
    }
    // @end
  }
}
