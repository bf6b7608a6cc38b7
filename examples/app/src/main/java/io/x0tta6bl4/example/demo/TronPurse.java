package io.x0tta6bl4.example.demo;

import io.x0tta6bl4.payment.Amount;
import io.x0tta6bl4.payment.Asset;
import io.x0tta6bl4.simulator.tron.ScriptedTransaction;
import io.x0tta6bl4.simulator.tron.ScriptedTronGrid;
import java.net.URI;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicLong;

/** Tron with TronGrid. */
final class TronPurse implements Purse {

  private static final String SHOP = "TBTiACnt7FMW8YGFpPAPyjBmGrWiKVkSJD";
  private static final String BUYER = "TDGWACVpQBZi6T6fKXecuGWZd1VNtRZMFC";
  private static final Asset FAKE = new Asset("tron", "USDT", "TVfpTwe327sNY9BMcT88RHsu7XZFCqWymr", 6);

  private final Clock clock;
  private final AtomicLong nonce = new AtomicLong();
  private final Pending<ScriptedTransaction> chain;
  private final ScriptedTronGrid grid;

  /**
   * Begins with an empty chain.
   *
   * @param port where the provider answers, 0 for any port that is free
   * @param clock tells the present
   */
  TronPurse(int port, Clock clock) {
    this.clock = clock;
    this.chain = new Pending<>(clock, ScriptedTransaction::pending);
    this.grid = ScriptedTronGrid.start(port, clock, chain::transactions);
  }

  @Override
  public URI baseUrl() {
    return grid.baseUrl();
  }

  @Override
  public String wallet() {
    return SHOP;
  }

  @Override
  public String pay(Case.Coin coin, Case.Payment payment) {
    Amount amount = Amount.of(payment.genuine() ? Asset.USDT_TRC20 : FAKE, payment.amount());
    ScriptedTransaction transaction =
        ScriptedTransaction.transfer(BUYER, SHOP, amount)
            .memo(payment.memo())
            .at(clock.instant())
            .nonce(nonce.incrementAndGet());
    chain.add(transaction);
    return transaction.hash();
  }

  @Override
  public int requests() {
    return grid.requests().size();
  }

  @Override
  public void close() {
    grid.close();
  }
}
