package org.example.toychain;

import io.x0tta6bl4.payment.Asset;
import io.x0tta6bl4.payment.PaymentVerifier;
import io.x0tta6bl4.payment.PaymentVerifiers;
import io.x0tta6bl4.payment.VerifierOptions;
import io.x0tta6bl4.payment.spi.VerifierContext;
import io.x0tta6bl4.payment.testkit.ChainTransaction;
import io.x0tta6bl4.payment.testkit.ContractNetwork;
import io.x0tta6bl4.payment.testkit.InMemoryChain;
import io.x0tta6bl4.payment.testkit.PaymentVerifierContract;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

// @start region="contract"
class ToyContractTest extends PaymentVerifierContract {

  @Override
  protected ContractNetwork network() {
    return new ContractNetwork(
        new Asset("toy", "TOY", "toycoin", 2), new Asset("toy", "TOY", "fakecoin", 2),
        "toyshop", "toyshop", "toypayer", "toystranger", List.of("shop", "toy/../shop"));
  }

  @Override
  protected PaymentVerifier verifier(InMemoryChain paid, VerifierContext context) {
    URI node = URI.create("toy://" + System.identityHashCode(paid));
    ToyNode.open(
        node,
        () -> paid.transactions().stream().map(ToyContractTest::payment).toList(),
        () -> paid.provider().name().toLowerCase(Locale.ROOT));
    VerifierOptions options = context.options().with(VerifierOptions.BASE_URL, node.toString());
    return PaymentVerifiers.load(
        "toy", VerifierContext.of(options, context.clock(), context.ticker()), getClass().getClassLoader());
  }

  /** The toy chain has plain payments and nothing else. */
  @Override
  protected Set<Feature> features() {
    return EnumSet.of(Feature.SELF_TRANSFER);
  }

  private static ToyNode.Payment payment(ChainTransaction t) {
    ChainTransaction.Movement m = t.movements().get(0);
    return new ToyNode.Payment(
        t.hash(), m.from(), m.to(), String.valueOf(m.amount().asset().contract()), m.amount().units().longValueExact(),
        new String(t.memoBytes(), StandardCharsets.UTF_8), t.blockTime(),
        t.state() != ChainTransaction.State.FAILED, t.state() != ChainTransaction.State.PENDING);
  }
}
// @end
