package io.x0tta6bl4.payment.tron;

import io.x0tta6bl4.payment.Amount;
import io.x0tta6bl4.payment.Asset;
import io.x0tta6bl4.payment.PaymentRequest;
import io.x0tta6bl4.payment.PaymentVerifier;
import io.x0tta6bl4.payment.PaymentVerifiers;
import io.x0tta6bl4.payment.Verification;
import io.x0tta6bl4.payment.VerifierOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;

/** Prints for each fault of {@link FaultyServer} how far a call ran beyond its deadline of two seconds. */
public final class FaultOverruns {

  private static final Duration TIMEOUT = Duration.ofSeconds(2);

  private FaultOverruns() {}

  public static void main(String[] arguments) throws IOException {
    ask(FaultyServer.Fault.CLOSED_AT_ONCE, TIMEOUT);
    long worst = Long.MIN_VALUE;
    System.out.printf("%-24s %-12s %10s %10s%n", "fault", "verdict", "took ms", "overran ms");
    for (FaultyServer.Fault fault : FaultyServer.Fault.values()) {
      long start = System.nanoTime();
      Verification verdict = ask(fault, TIMEOUT);
      long took = Duration.ofNanos(System.nanoTime() - start).toMillis();
      long overran = took - TIMEOUT.toMillis();
      worst = Math.max(worst, overran);
      System.out.printf(
          Locale.ROOT, "%-24s %-12s %10d %10s%n", fault, verdict.getClass().getSimpleName(), took, overran > 0 ? overran : "-");
    }
    System.out.println("worst overrun: " + Math.max(0, worst) + " ms");
  }

  /** Scans against a server with the fault. */
  static Verification ask(FaultyServer.Fault fault, Duration timeout) throws IOException {
    try (FaultyServer server = new FaultyServer(fault);
        PaymentVerifier verifier =
            PaymentVerifiers.load(
                "tron",
                VerifierOptions.of(
                    Map.of(
                        VerifierOptions.BASE_URL, server.url().toString(),
                        VerifierOptions.ALLOW_HTTP, "true",
                        VerifierOptions.TIMEOUT, timeout.toString())))) {
      return verifier.verify(
          PaymentRequest.builder("ORD-1001", "TBTiACnt7FMW8YGFpPAPyjBmGrWiKVkSJD", Amount.ofUnits(Asset.USDT_TRC20, 25_000_000))
              .build());
    }
  }
}
