package io.x0tta6bl4.payment.ton;

import io.x0tta6bl4.payment.Amount;
import io.x0tta6bl4.payment.testkit.ChainTransaction;
import io.x0tta6bl4.payment.testkit.InMemoryChain;
import io.x0tta6bl4.simulator.ton.ScriptedTonApi;
import io.x0tta6bl4.simulator.ton.ScriptedTransaction;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;

/** An {@link InMemoryChain} in tonapi's words: what is paid into it is served by a {@link ScriptedTonApi}. */
final class ScriptedChain implements AutoCloseable {

  private final InMemoryChain chain;
  private final ScriptedTonApi api;

  ScriptedChain(InMemoryChain chain, Clock clock) {
    this.chain = chain;
    this.api = ScriptedTonApi.start(clock, this::transactions);
  }

  ScriptedTonApi api() {
    return api;
  }

  @Override
  public void close() {
    api.close();
  }

  /** A failed transfer is one that was refused on its way: TON by the recipient, jettons by his jetton wallet. */
  static ScriptedTransaction scripted(ChainTransaction transaction) {
    ChainTransaction.Movement movement = transaction.movements().get(0);
    Amount amount = movement.amount();
    ScriptedTransaction scripted =
        switch (transaction.kind()) {
          case TRANSFER -> ScriptedTransaction.of(movement.from(), movement.to(), amount);
          case MINT -> ScriptedTransaction.mint(movement.to(), amount);
          case APPROVAL -> throw new IllegalArgumentException("TON has no approvals");
        };
    long nonce = HexFormat.fromHexDigitsToLong(transaction.hash().substring(0, 15));
    scripted = scripted.memo(transaction.memoBytes()).at(transaction.blockTime()).nonce(nonce);
    return switch (transaction.state()) {
      case SETTLED -> scripted;
      case PENDING -> scripted.pending();
      case FAILED -> scripted.outcome(ScriptedTransaction.Outcome.BOUNCED);
      case UNDECIDED -> throw new IllegalArgumentException("tonapi tells every result");
    };
  }

  /** Asked at every request: the server behaves as the chain's provider does at that moment. */
  private List<ScriptedTransaction> transactions() {
    return chain.transactions().stream()
        .map(ScriptedChain::scripted)
        .map(transaction -> chain.listsTwice() ? transaction.listedTwice() : transaction)
        .toList();
  }

  void play() {
    api.reset();
    switch (chain.provider()) {
      case HEALTHY -> api.mode(ScriptedTonApi.Mode.HEALTHY);
      case DOWN -> api.mode(ScriptedTonApi.Mode.DOWN);
      case RATE_LIMITED -> api.mode(ScriptedTonApi.Mode.RATE_LIMITED);
      case BEHIND -> api.behind(Duration.ofMinutes(10));
      case TRUNCATING -> api.showsTheEarliestOnly();
    }
  }
}
