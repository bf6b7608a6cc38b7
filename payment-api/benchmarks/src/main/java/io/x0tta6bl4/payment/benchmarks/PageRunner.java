package io.x0tta6bl4.payment.benchmarks;

import io.x0tta6bl4.payment.PaymentRequest;
import io.x0tta6bl4.payment.Verification;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;

/** Runs the benchmarks of a page with JMH's own arguments, and then prints what they mean: the ratios of this run. */
public final class PageRunner {

  private PageRunner() {}

  /**
   * A ratio of two benchmarks.
   *
   * @param one what is divided
   * @param other by what
   * @param remark the aim, or what it tells
   */
  public record Ratio(String one, String other, String remark) {}

  /**
   * Runs.
   *
   * @param args as for {@code org.openjdk.jmh.Main}
   * @param ratios what to print of it
   */
  public static void run(String[] args, List<Ratio> ratios) throws RunnerException, CommandLineOptionException, IOException {
    CommandLineOptions options = new CommandLineOptions(args);
    if (options.shouldHelp()) {
      options.showHelp();
    } else if (options.shouldList()) {
      new Runner(options).list();
    } else {
      print(scores(new Runner(options).run()), ratios, System.out);
    }
  }

  /**
   * Writes what programs need that read the same bytes: the page, the order that it pays, and the transaction that we find. Nothing where
   * the system property {@code page.folder} is empty.
   *
   * @param page its bytes
   * @param request the order
   * @param verdict ours
   */
  public static void writePage(byte[] page, PaymentRequest request, Verification verdict) throws IOException {
    String folder = System.getProperty("page.folder", "");
    if (folder.isEmpty()) {
      return;
    }
    String hash = verdict.verified().orElseThrow().transfers().get(0).id().transactionHash();
    Files.write(Path.of(folder, "page.json"), page);
    Files.writeString(
        Path.of(folder, "order.json"),
        "{\"order\":\"%s\",\"recipient\":\"%s\",\"units\":\"%s\",\"hash\":\"%s\"}"
            .formatted(request.orderId(), request.recipient(), request.amount().units(), hash));
  }

  private static Map<String, Double> scores(Collection<RunResult> results) {
    Map<String, Double> scores = new TreeMap<>();
    for (RunResult result : results) {
      String benchmark = result.getParams().getBenchmark();
      scores.put(benchmark.substring(benchmark.lastIndexOf('.') + 1), result.getPrimaryResult().getScore());
    }
    return scores;
  }

  private static void print(Map<String, Double> scores, List<Ratio> ratios, PrintStream out) {
    out.println();
    for (Ratio ratio : ratios) {
      Double one = scores.get(ratio.one());
      Double other = scores.get(ratio.other());
      if (one != null && other != null) {
        out.printf(Locale.ROOT, "%s / %s = %.2f (%s)%n", ratio.one(), ratio.other(), one / other, ratio.remark());
      }
    }
  }
}
