package io.x0tta6bl4.payment.tron.internal;

import io.x0tta6bl4.payment.PaymentRequest;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;

/** Runs the benchmarks with JMH's own arguments, and then prints what they mean: the ratios of this run. */
public final class BenchmarkRunner {

  private BenchmarkRunner() {}

  /**
   * Runs.
   *
   * @param args as for {@code org.openjdk.jmh.Main}
   */
  public static void main(String[] args) throws RunnerException, CommandLineOptionException, IOException {
    CommandLineOptions options = new CommandLineOptions(args);
    if (options.shouldHelp()) {
      options.showHelp();
    } else if (options.shouldList()) {
      new Runner(options).list();
    } else {
      writePage(System.getProperty("page.folder", ""));
      printRatios(new Runner(options).run(), System.out);
    }
  }

  /** For those who read the same bytes with other programs: the page, the order that it pays, and the transaction that we find. */
  private static void writePage(String folder) throws IOException {
    if (folder.isEmpty()) {
      return;
    }
    RecordedPage page = new RecordedPage();
    PaymentRequest request = page.request();
    PageBenchmark benchmark = new PageBenchmark();
    benchmark.setUp();
    String hash = benchmark.ours().verified().orElseThrow().transfers().get(0).id().transactionHash();
    benchmark.tearDown();
    Files.write(Path.of(folder, "page.json"), page.body());
    Files.writeString(
        Path.of(folder, "order.json"),
        "{\"order\":\"%s\",\"recipient\":\"%s\",\"units\":\"%s\",\"hash\":\"%s\"}"
            .formatted(request.orderId(), request.recipient(), request.amount().units(), hash));
  }

  private static void printRatios(Collection<RunResult> results, PrintStream out) {
    Map<String, Double> scores = new TreeMap<>();
    for (RunResult result : results) {
      String benchmark = result.getParams().getBenchmark();
      scores.put(benchmark.substring(benchmark.lastIndexOf('.') + 1), result.getPrimaryResult().getScore());
    }
    out.println();
    print(scores, "ours", "floor", "aim: 1.5 or less", out);
    print(scores, "tree", "ours", "aim: 2 or more", out);
    print(scores, "treeFiltered", "ours", "the tree checks hash and addresses of one row only", out);
    print(scores, "oursReadOnly", "floor", "reading without judging", out);
    print(scores, "treeReadOnly", "ours", "readTree alone", out);
  }

  private static void print(Map<String, Double> scores, String one, String other, String remark, PrintStream out) {
    if (scores.containsKey(one) && scores.containsKey(other)) {
      out.printf(Locale.ROOT, "%s / %s = %.2f (%s)%n", one, other, scores.get(one) / scores.get(other), remark);
    }
  }
}
