package io.x0tta6bl4.payment.internal.watch;

import io.x0tta6bl4.payment.Amount;
import io.x0tta6bl4.payment.Asset;
import io.x0tta6bl4.payment.MatchMode;
import io.x0tta6bl4.payment.PaymentRequest;
import io.x0tta6bl4.payment.http.Deadline;
import io.x0tta6bl4.payment.ledger.InMemoryPaymentLedger;
import io.x0tta6bl4.payment.ledger.NewOrder;
import io.x0tta6bl4.payment.metrics.PaymentObserver;
import io.x0tta6bl4.payment.spi.Lookup;
import io.x0tta6bl4.payment.spi.Scan;
import io.x0tta6bl4.payment.spi.ScanQuery;
import io.x0tta6bl4.payment.spi.TransferSource;
import io.x0tta6bl4.payment.testkit.InMemoryChain;
import io.x0tta6bl4.payment.testkit.InMemoryTransferSource;
import io.x0tta6bl4.payment.testkit.MutableClock;
import io.x0tta6bl4.payment.watch.PaymentDesk;
import io.x0tta6bl4.payment.watch.PaymentWatcher;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** Runs the benchmarks and prints the ratios that they are about. */
public final class BenchmarkRunner {

  private static final int MANY = 1_000_000;
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private BenchmarkRunner() {}

  /**
   * Runs.
   *
   * @param args those of JMH
   */
  public static void main(String[] args) throws RunnerException, CommandLineOptionException {
    long byMemo = bytesOfAnOrder(MatchMode.MEMO);
    long byAmount = bytesOfAnOrder(MatchMode.AMOUNT);
    long one = requests(1);
    long many = requests(10_000);
    Collection<RunResult> results =
        new Runner(new OptionsBuilder().parent(new CommandLineOptions(args)).include("ScaleBenchmark").build()).run();
    Map<String, Double> scores = new TreeMap<>();
    for (RunResult result : results) {
      String name = result.getPrimaryResult().getLabel() + " " + result.getParams().getParam("orders");
      // The median: a machine that others use too disturbs some iterations.
      scores.put(name, result.getPrimaryResult().getStatistics().getPercentile(50));
    }
    System.out.println();
    for (String name : List.of("find", "match")) {
      Double few = scores.get(name + " 1000");
      Double lots = scores.get(name + " 1000000");
      if (few != null && lots != null) {
        System.out.printf(
            "%s: a million open orders / a thousand = %.2f (medians: %.0f and %.0f ns)%n", name, lots / few, lots, few);
      }
    }
    System.out.printf(
        "heap of an open order in the watcher = %d bytes by memo, %d by amount%n", byMemo, byAmount);
    System.out.printf("requests a tick: 10,000 open orders / one = %d / %d%n", many, one);
  }

  private static long bytesOfAnOrder(MatchMode mode) {
    long before = usedBytes();
    OrderIndexer index = ScaleBenchmark.index(MANY, mode);
    long after = usedBytes();
    if (index.size() != MANY) {
      throw new IllegalStateException("expected " + MANY + " orders, but there are " + index.size());
    }
    return (after - before) / MANY;
  }

  private static long usedBytes() {
    for (int i = 0; i < 5; i++) {
      System.gc();
    }
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  /** Requests of one tick of a watcher, as its source counts them. */
  private static long requests(int orders) {
    MutableClock clock = new MutableClock(NOW);
    InMemoryPaymentLedger ledger = new InMemoryPaymentLedger(clock);
    Asset coin = new Asset("memory", "COIN", null, 6);
    CountingSource source = new CountingSource(new InMemoryTransferSource(new InMemoryChain(clock)));
    PaymentDesk desk = new PaymentDesk(ledger, List.of(source), clock, PaymentObserver.NONE);
    for (int i = 0; i < orders; i++) {
      desk.open(NewOrder.of(PaymentRequest.builder("order-" + i, "wallet", Amount.ofUnits(coin, 100)).build()));
    }
    try (PaymentWatcher watcher = PaymentWatcher.builder(ledger).source(source).clock(clock).build()) {
      watcher.tick();
    }
    return source.requests;
  }

  private static final class CountingSource implements TransferSource {
    private final TransferSource source;
    private long requests;

    private CountingSource(TransferSource source) {
      this.source = source;
    }

    @Override
    public String chain() {
      return source.chain();
    }

    @Override
    public void checkAsset(Asset asset) {
      source.checkAsset(asset);
    }

    @Override
    public String canonicalAddress(String address) {
      return source.canonicalAddress(address);
    }

    @Override
    public Scan scan(ScanQuery query, Deadline deadline) {
      requests++;
      return source.scan(query, deadline);
    }

    @Override
    public Lookup lookup(String transactionHash, Asset asset, String recipient, Deadline deadline) {
      requests++;
      return source.lookup(transactionHash, asset, recipient, deadline);
    }

    @Override
    public void close() {
      source.close();
    }
  }
}
