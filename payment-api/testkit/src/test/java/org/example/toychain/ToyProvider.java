package org.example.toychain;

import io.x0tta6bl4.payment.Asset;
import io.x0tta6bl4.payment.VerifierOptions;
import io.x0tta6bl4.payment.spi.OptionSpec;
import io.x0tta6bl4.payment.spi.PaymentVerifierProvider;
import io.x0tta6bl4.payment.spi.TransferSource;
import io.x0tta6bl4.payment.spi.VerifierContext;
import java.net.URI;
import java.util.OptionalInt;
import java.util.Set;

// @start region="provider"
public final class ToyProvider implements PaymentVerifierProvider {

  @Override
  public String id() {
    return "toy";
  }

  @Override
  public Set<OptionSpec> options() {
    return Set.of(
        OptionSpec.of(VerifierOptions.BASE_URL, "the node's address"),
        OptionSpec.of(VerifierOptions.TIMEOUT, "time until there is a verdict; default PT30S"));
  }

  @Override
  public Asset asset(String name, OptionalInt decimals, VerifierOptions options) {
    return new Asset("toy", "TOY", name, decimals.orElse(2));
  }

  @Override
  public TransferSource source(VerifierContext context) {
    URI node = context.options().uri(VerifierOptions.BASE_URL, URI.create("toy://localhost"));
    return new ToyTransferSource(ToyNode.at(node));
  }
}
// @end
