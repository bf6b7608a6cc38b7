package org.example.shop;

import io.x0tta6bl4.payment.Amount;
import io.x0tta6bl4.payment.Asset;
import io.x0tta6bl4.payment.PaymentRequest;
import io.x0tta6bl4.payment.PaymentVerifier;
import io.x0tta6bl4.payment.PaymentVerifiers;
import io.x0tta6bl4.payment.VerifierOptions;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;

/** Has the order ORD-1001 been paid with 25 USDT on Tron? The wallet is the argument, the key is in TRONGRID_API_KEY. */
public final class TronPayment {

  public static void main(String[] args) {
    try (PaymentVerifier verifier = PaymentVerifiers.load("tron", VerifierOptions.of(options(System.getenv())))) {
      Amount price = Amount.of(Asset.USDT_TRC20, new BigDecimal("25.00"));
      System.out.println(verifier.verify(PaymentRequest.builder("ORD-1001", args[0], price).build()));
    }
  }

  /** A key is wanted for more than a few requests; another URL for a simulated provider on this machine. */
  static Map<String, String> options(Map<String, String> environment) {
    Map<String, String> options = new HashMap<>();
    if (environment.containsKey("TRONGRID_API_KEY")) {
      options.put(VerifierOptions.API_KEY, environment.get("TRONGRID_API_KEY"));
    }
    if (environment.containsKey("PROVIDER_URL")) {
      options.put(VerifierOptions.BASE_URL, environment.get("PROVIDER_URL"));
      options.put(VerifierOptions.ALLOW_HTTP, "true");
    }
    return options;
  }
}
