package io.x0tta6bl4.payment.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three watchers in three processes share the wallets of one PostgreSQL; one is killed, and the others take its wallets over. */
class ReplicaIT {

  private static final int WALLETS = 30;
  private static final Duration LEASE = Duration.ofSeconds(3);
  private static final Duration PACE = Duration.ofMillis(300);

  /** What a busy machine may add to the lease's time, within which wallets are taken over. */
  private static final Duration SLACK = Duration.ofSeconds(1);

  private static final Duration OBSERVED = Duration.ofSeconds(5);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir private Path folder;

  private record ScanMark(String worker, String wallet, long at) {}

  @Test
  void sharesWalletsAndTakesThemOver() throws Exception {
    try (TestDatabase database = TestDatabase.postgres();
        Journal orders = new Journal(folder.resolve(Worker.ORDERS));
        WorkerProcess a = start(database, "a");
        WorkerProcess b = start(database, "b");
        WorkerProcess c = start(database, "c")) {
      for (int i = 0; i < WALLETS; i++) {
        orders.write(Worker.order("order-" + i, "wallet-" + i, 1_000, Duration.ofHours(1)));
      }
      awaitFairShares();

      long from = System.currentTimeMillis();
      Thread.sleep(OBSERVED.toMillis());
      long until = System.currentTimeMillis();
      Map<String, List<ScanMark>> calm = byWallet(from, until);
      assertThat(calm).as("every wallet is scanned").hasSize(WALLETS);
      // One watcher alone scans a wallet once a pace, and later where the machine is busy.
      int mostAlone = (int) (OBSERVED.toMillis() / PACE.toMillis()) + 1;
      int most = calm.values().stream().mapToInt(List::size).max().orElseThrow();
      int total = calm.values().stream().mapToInt(List::size).sum();
      assertThat(most).as("scans of one wallet, as of one watcher").isLessThanOrEqualTo(mostAlone + 2);
      assertThat(calm.values()).as("nobody else scans a wallet").allSatisfy(marks -> assertThat(workers(marks)).hasSize(1));

      Set<String> orphans = new HashSet<>();
      calm.forEach((wallet, marks) -> {
        if (workers(marks).contains("a")) {
          orphans.add(wallet);
        }
      });
      long killed = System.currentTimeMillis();
      a.kill();
      Map<String, Long> takenOver = awaitTakeOver(orphans, killed);
      long slowest = takenOver.values().stream().mapToLong(at -> at - killed).max().orElseThrow();
      assertThat(Duration.ofMillis(slowest)).as("time to the take-over").isLessThanOrEqualTo(LEASE.plus(SLACK));

      Thread.sleep(OBSERVED.toMillis());
      Map<String, List<ScanMark>> after = byWallet(killed + LEASE.plus(SLACK).toMillis(), System.currentTimeMillis());
      assertThat(after).hasSize(WALLETS);
      int twice = (int) byWallet(from, System.currentTimeMillis()).values().stream().filter(m -> workers(m).size() > 2).count();
      System.out.println(
          "calm: " + total + " scans of " + WALLETS + " wallets in " + OBSERVED + ", at most " + most + " of one (one watcher: "
              + mostAlone + "); killed: " + orphans.size() + " wallets taken over, the last after " + slowest
              + " ms (lease " + LEASE + "); " + twice + " wallets changed hands more than once");
      assertThat(b.isAlive() && c.isAlive()).isTrue();
    }
  }

  private WorkerProcess start(TestDatabase database, String name) throws Exception {
    return WorkerProcess.start(database.url(), folder, name, LEASE, PACE);
  }

  /** Until each of the three scans ten of the thirty, and nobody else does. */
  private void awaitFairShares() throws InterruptedException {
    Instant patience = Instant.now().plus(PATIENCE);
    Map<String, Integer> shares = Map.of();
    while (Instant.now().isBefore(patience)) {
      Thread.sleep(200);
      long now = System.currentTimeMillis();
      Map<String, List<ScanMark>> lately = byWallet(now - 2 * PACE.toMillis() - 1_000, now);
      shares = new TreeMap<>();
      for (List<ScanMark> marks : lately.values()) {
        for (String worker : workers(marks)) {
          shares.merge(worker, 1, Integer::sum);
        }
      }
      if (shares.equals(Map.of("a", WALLETS / 3, "b", WALLETS / 3, "c", WALLETS / 3))) {
        return;
      }
    }
    throw new AssertionError("the wallets are not shared evenly: " + shares);
  }

  private Map<String, Long> awaitTakeOver(Set<String> orphans, long killed) throws InterruptedException {
    assertThat(orphans).isNotEmpty();
    Instant patience = Instant.now().plus(PATIENCE);
    Map<String, Long> first = new HashMap<>();
    while (first.size() < orphans.size() && Instant.now().isBefore(patience)) {
      Thread.sleep(50);
      for (ScanMark mark : marks()) {
        if (mark.at > killed && !mark.worker.equals("a") && orphans.contains(mark.wallet)) {
          first.merge(mark.wallet, mark.at, Math::min);
        }
      }
    }
    assertThat(first.keySet()).as("wallets taken over").isEqualTo(orphans);
    return first;
  }

  private Map<String, List<ScanMark>> byWallet(long from, long until) {
    Map<String, List<ScanMark>> byWallet = new HashMap<>();
    for (ScanMark mark : marks()) {
      if (mark.at >= from && mark.at < until) {
        byWallet.computeIfAbsent(mark.wallet, wallet -> new ArrayList<>()).add(mark);
      }
    }
    return byWallet;
  }

  private List<ScanMark> marks() {
    List<ScanMark> marks = new ArrayList<>();
    for (String worker : List.of("a", "b", "c")) {
      for (String line : FileChain.WholeLines.of(folder.resolve(Worker.SCANS + worker))) {
        String[] parts = line.split(" ");
        marks.add(new ScanMark(worker, parts[1], Long.parseLong(parts[0])));
      }
    }
    return marks;
  }

  private static Set<String> workers(List<ScanMark> marks) {
    Set<String> workers = new HashSet<>();
    marks.forEach(mark -> workers.add(mark.worker));
    return workers;
  }
}
