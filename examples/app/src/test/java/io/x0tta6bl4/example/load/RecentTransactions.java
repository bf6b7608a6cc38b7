package io.x0tta6bl4.example.load;

import io.x0tta6bl4.simulator.tron.ScriptedTransaction;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** A chain that shows what happened lately: what is older no watcher asks for. Thread-safe. */
final class RecentTransactions {

  private static final Duration KEPT = Duration.ofSeconds(60);

  private final Deque<ScriptedTransaction> transactions = new ArrayDeque<>();

  synchronized void add(ScriptedTransaction transaction) {
    transactions.addLast(transaction);
    while (transactions.getFirst().blockTime().plus(KEPT).isBefore(transaction.blockTime())) {
      transactions.removeFirst();
    }
  }

  synchronized List<ScriptedTransaction> list() {
    return List.copyOf(transactions);
  }
}
