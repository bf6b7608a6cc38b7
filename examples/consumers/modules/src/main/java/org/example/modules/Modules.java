package org.example.modules;

import io.x0tta6bl4.ebpf.Preflight;
import io.x0tta6bl4.payment.PaymentVerifier;
import io.x0tta6bl4.payment.PaymentVerifiers;
import io.x0tta6bl4.payment.VerifierOptions;
import io.x0tta6bl4.telegram.OrderLinks;
import io.x0tta6bl4.payment.http.Secret;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Finds the providers, calls the kernel's library and signs a link, each from its own module. */
public final class Modules {

  public static void main(String[] args) {
    for (String network : List.of("tron", "ton")) {
      try (PaymentVerifier verifier = PaymentVerifiers.load(network, VerifierOptions.of(Map.of()))) {
        System.out.println(network + ": " + verifier.getClass().getModule());
      }
    }
    OrderLinks links = OrderLinks.of(Secret.of("a-key-of-thirty-two-bytes-or-more"));
    System.out.println(links.link("shop_bot", "ORD-1001", Instant.now().plus(Duration.ofDays(1))).getHost());
    System.out.println(Preflight.check());
  }
}
