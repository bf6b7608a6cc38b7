package io.x0tta6bl4.payment.ton.internal;

import io.x0tta6bl4.payment.benchmarks.PageRunner;
import io.x0tta6bl4.payment.benchmarks.PageRunner.Ratio;
import java.io.IOException;
import java.util.List;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;

/** Runs the benchmarks of this module. */
public final class BenchmarkRunner {

  private BenchmarkRunner() {}

  /**
   * Runs.
   *
   * @param args as for {@code org.openjdk.jmh.Main}
   */
  public static void main(String[] args) throws RunnerException, CommandLineOptionException, IOException {
    PageBenchmark benchmark = new PageBenchmark();
    benchmark.setUp();
    RecordedPage page = new RecordedPage();
    PageRunner.writePage(page.body(), page.request(), benchmark.ours());
    benchmark.tearDown();
    PageRunner.run(
        args,
        List.of(
            new Ratio("ours", "floor", "aim: 1.5 or less"),
            new Ratio("tree", "ours", "aim: 2 or more"),
            new Ratio("oursReadOnly", "floor", "reading without judging"),
            new Ratio("treeReadOnly", "ours", "readTree alone")));
  }
}
