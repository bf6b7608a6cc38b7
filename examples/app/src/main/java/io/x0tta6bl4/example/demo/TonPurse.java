package io.x0tta6bl4.example.demo;

import io.x0tta6bl4.payment.Amount;
import io.x0tta6bl4.payment.Asset;
import io.x0tta6bl4.simulator.ton.ScriptedTonApi;
import io.x0tta6bl4.simulator.ton.ScriptedTonTransaction;
import io.x0tta6bl4.simulator.ton.ScriptedTransaction;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** TON with tonapi. */
final class TonPurse implements Purse {

  private static final String SHOP = "0:d32f22cae56a370c865495bb6c3516d800415504a190e86919806742d7a8636c";
  private static final String BUYER = "0:3efb06834d2e61a0d9ea0bd14b60451ec763fdff70e06ddb81ecc4007132bee1";
  private static final String FAKE_MASTER = "0:818c8217179c28f2c64a1c43b76279e8268e189f58132e4c57407b7fd3900da0";

  private final Clock clock;
  private final AtomicLong nonce = new AtomicLong();
  private final Pending<ScriptedTransaction> chain;
  private final ScriptedTonApi api;

  /**
   * Begins with an empty chain.
   *
   * @param port where the provider answers, 0 for any port that is free
   * @param clock tells the present
   */
  TonPurse(int port, Clock clock) {
    this.clock = clock;
    this.chain = new Pending<>(clock, ScriptedTransaction::pending);
    this.api = ScriptedTonApi.start(port, clock, chain::transactions);
  }

  @Override
  public URI baseUrl() {
    return api.baseUrl();
  }

  @Override
  public String wallet() {
    return SHOP;
  }

  @Override
  public String pay(Case.Coin coin, Case.Payment payment) {
    Asset asset = coin == Case.Coin.TON ? Asset.TON : Asset.USDT_JETTON;
    Asset sent = payment.genuine() ? asset : new Asset("ton", asset.symbol(), FAKE_MASTER, asset.decimals());
    ScriptedTransaction transaction =
        ScriptedTransaction.of(BUYER, SHOP, Amount.of(sent, payment.amount()))
            .memo(payment.memo())
            .at(clock.instant())
            .nonce(nonce.incrementAndGet());
    chain.add(transaction);
    return ScriptedTonTransaction.of(List.of(transaction)).getLast().hash();
  }

  @Override
  public int requests() {
    return api.requests().size();
  }

  @Override
  public void close() {
    api.close();
  }
}
