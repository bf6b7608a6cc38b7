package io.x0tta6bl4.payment.tron;

import io.x0tta6bl4.payment.testkit.ChainTransaction;
import io.x0tta6bl4.payment.testkit.InMemoryChain;
import io.x0tta6bl4.simulator.tron.ScriptedTransaction;
import io.x0tta6bl4.simulator.tron.ScriptedTronGrid;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;

/** An {@link InMemoryChain} in TronGrid's words: what is paid into it is served by a {@link ScriptedTronGrid}. */
final class ScriptedChain implements AutoCloseable {

  private final InMemoryChain chain;
  private final ScriptedTronGrid grid;

  ScriptedChain(InMemoryChain chain, Clock clock) {
    this.chain = chain;
    this.grid = ScriptedTronGrid.start(clock, this::transactions);
  }

  ScriptedTronGrid grid() {
    return grid;
  }

  @Override
  public void close() {
    grid.close();
  }

  static ScriptedTransaction scripted(ChainTransaction transaction) {
    ChainTransaction.Movement first = transaction.movements().get(0);
    ScriptedTransaction scripted =
        switch (transaction.kind()) {
          case TRANSFER -> ScriptedTransaction.transfer(first.from(), first.to(), first.amount());
          case APPROVAL -> ScriptedTransaction.approval(first.from(), first.to(), first.amount());
          case MINT -> ScriptedTransaction.mint(first.from(), first.to(), first.amount());
        };
    for (ChainTransaction.Movement further : transaction.movements().subList(1, transaction.movements().size())) {
      scripted = scripted.and(further.from(), further.to(), further.amount());
    }
    long nonce = HexFormat.fromHexDigitsToLong(transaction.hash().substring(0, 15));
    scripted = scripted.memo(transaction.memoBytes()).at(transaction.blockTime()).nonce(nonce);
    return switch (transaction.state()) {
      case SETTLED -> scripted;
      case PENDING -> scripted.pending();
      case FAILED -> scripted.failed("REVERT");
      case UNDECIDED -> scripted.withoutResult();
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
    grid.reset();
    switch (chain.provider()) {
      case HEALTHY -> grid.mode(ScriptedTronGrid.Mode.HEALTHY);
      case DOWN -> grid.mode(ScriptedTronGrid.Mode.DOWN);
      case RATE_LIMITED -> grid.mode(ScriptedTronGrid.Mode.RATE_LIMITED);
      case BEHIND -> grid.behind(Duration.ofMinutes(10));
      case TRUNCATING -> grid.endlessBehind(1);
    }
  }
}
