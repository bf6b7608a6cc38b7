package org.example.shop;

import io.x0tta6bl4.payment.Amount;
import io.x0tta6bl4.payment.Asset;
import io.x0tta6bl4.payment.PaymentRequest;
import io.x0tta6bl4.payment.PaymentVerifier;
import io.x0tta6bl4.payment.testkit.InMemoryChain;
import io.x0tta6bl4.payment.testkit.InMemoryPaymentVerifier;
import java.math.BigDecimal;
import java.time.Clock;

/** A payment on a chain in memory, verified by the real rules, without a network. */
public final class FirstPayment {

  public static void main(String[] args) {
    Clock clock = Clock.systemUTC();
    InMemoryChain chain = new InMemoryChain(clock);
    try (PaymentVerifier verifier = InMemoryPaymentVerifier.of(chain, clock)) {
      Amount price = Amount.of(Asset.USDT_TRC20, new BigDecimal("25.00"));
      chain.pay("shop-wallet", price).memo("ORD-1001").submit();
      System.out.println(verifier.verify(PaymentRequest.builder("ORD-1001", "shop-wallet", price).build()));
    }
  }
}
