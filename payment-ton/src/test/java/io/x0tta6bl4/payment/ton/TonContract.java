package io.x0tta6bl4.payment.ton;

import io.x0tta6bl4.payment.Asset;
import io.x0tta6bl4.payment.PaymentRequest;
import io.x0tta6bl4.payment.PaymentVerifier;
import io.x0tta6bl4.payment.PaymentVerifiers;
import io.x0tta6bl4.payment.Reason;
import io.x0tta6bl4.payment.Verification;
import io.x0tta6bl4.payment.VerifierOptions;
import io.x0tta6bl4.payment.spi.VerifierContext;
import io.x0tta6bl4.payment.testkit.ChainTransaction;
import io.x0tta6bl4.payment.testkit.ContractNetwork;
import io.x0tta6bl4.payment.testkit.InMemoryChain;
import io.x0tta6bl4.payment.testkit.PaymentVerifierContract;
import java.util.List;

/** The contract over a server that plays tonapi; subclasses name the asset. */
abstract class TonContract extends PaymentVerifierContract {

  private final Asset asset;
  private final Asset otherAsset;

  TonContract(Asset asset, Asset otherAsset) {
    this.asset = asset;
    this.otherAsset = otherAsset;
  }

  @Override
  protected ContractNetwork network() {
    return new ContractNetwork(
        asset,
        otherAsset,
        Fixtures.MERCHANT,
        Fixtures.MERCHANT_UQ,
        Fixtures.PAYER,
        Fixtures.STRANGER,
        List.of(
            "UQDTLyLK5Wo3DIZUlbtsNRbYAEFVBKGQ6GkZgGdC16hjbI6t",
            "../../v2/status",
            "0:d32f22cae56a370c865495bb6c3516d800415504a190e86919806742d7a8636c/../x",
            "1:d32f22cae56a370c865495bb6c3516d800415504a190e86919806742d7a8636c",
            "TBTiACnt7FMW8YGFpPAPyjBmGrWiKVkSJD"));
  }

  /** What a recipient, or his jetton wallet, refuses goes back. */
  @Override
  protected Reason reasonOfAFailedTransaction() {
    return Reason.BOUNCED;
  }

  @Override
  protected PaymentVerifier verifier(InMemoryChain paid, VerifierContext context) {
    ScriptedChain chain = new ScriptedChain(paid, context.clock());
    // Back-off is real time, and a server that is down stays so; one request in four seconds would not do in the timeout.
    VerifierOptions options =
        chain.api().options(
            context.options().with(VerifierOptions.MAX_RETRIES, "0").with(VerifierOptions.REQUESTS_PER_SECOND, "1000"));
    PaymentVerifier verifier =
        PaymentVerifiers.load(
            "ton",
            VerifierContext.of(options, context.clock(), context.ticker()),
            TonContract.class.getClassLoader());
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
