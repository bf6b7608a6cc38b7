package io.x0tta6bl4.payment.tron;

import io.x0tta6bl4.payment.Asset;
import io.x0tta6bl4.payment.PaymentRequest;
import io.x0tta6bl4.payment.PaymentVerifier;
import io.x0tta6bl4.payment.PaymentVerifiers;
import io.x0tta6bl4.payment.Verification;
import io.x0tta6bl4.payment.VerifierOptions;
import io.x0tta6bl4.payment.spi.VerifierContext;
import io.x0tta6bl4.payment.testkit.ChainTransaction;
import io.x0tta6bl4.payment.testkit.ContractNetwork;
import io.x0tta6bl4.payment.testkit.InMemoryChain;
import io.x0tta6bl4.payment.testkit.PaymentVerifierContract;
import java.util.List;

/** The contract over a server that plays TronGrid; subclasses name the asset. */
abstract class TronContract extends PaymentVerifierContract {

  private final Asset asset;
  private final Asset otherAsset;

  TronContract(Asset asset, Asset otherAsset) {
    this.asset = asset;
    this.otherAsset = otherAsset;
  }

  @Override
  protected ContractNetwork network() {
    return new ContractNetwork(
        asset,
        otherAsset,
        "TBTiACnt7FMW8YGFpPAPyjBmGrWiKVkSJD",
        "41105C1CC0A7969E8EEEC4349488E095A297C5F9AF",
        "TDGWACVpQBZi6T6fKXecuGWZd1VNtRZMFC",
        "TXVj38D1XR3TPgSHTCZGC8wkLDAGqF1oqx",
        List.of(
            "TBTiACnt7FMW8YGFpPAPyjBmGrWiKVkSJd",
            "../../wallet/getnowblock",
            "TBTiACnt7FMW8YGFpPAPyjBmGrWiKVkSJD?limit=1",
            "0:d32f22cae56a370c865495bb6c3516d800415504a190e86919806742d7a8636c"));
  }

  @Override
  protected PaymentVerifier verifier(InMemoryChain paid, VerifierContext context) {
    ScriptedChain chain = new ScriptedChain(paid, context.clock());
    // Back-off is real time, and a server that is down stays so; few pages leave time for receipts behind an endless listing.
    VerifierOptions options =
        chain.grid().options(
            context.options().with(VerifierOptions.MAX_RETRIES, "0").with(VerifierOptions.MAX_PAGES, "5"));
    PaymentVerifier verifier =
        PaymentVerifiers.load(
            "tron",
            VerifierContext.of(options, context.clock(), context.ticker()),
            TronContract.class.getClassLoader());
    return new PlayingVerifier(chain, verifier);
  }

  @Override
  protected String hashOf(ChainTransaction transaction) {
    return ScriptedChain.scripted(transaction).hash();
  }

  /** Lets the server follow the chain's provider before each call, and stops it at the end. */
  private record PlayingVerifier(ScriptedChain chain, PaymentVerifier verifier) implements PaymentVerifier {

    @Override
    public Verification verify(PaymentRequest request, String transactionHash) {
      chain.play();
      return verifier.verify(request, transactionHash);
    }

    @Override
    public List<Verification> verifyAll(List<PaymentRequest> requests) {
      chain.play();
      return verifier.verifyAll(requests);
    }

    @Override
    public void close() {
      verifier.close();
      chain.close();
    }
  }
}
