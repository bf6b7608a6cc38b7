package io.x0tta6bl4.ebpf.benchmarks;

import java.io.PrintStream;
import java.util.Locale;
import java.util.function.DoublePredicate;

/** Prints figures and what they mean. The ratio of the medians is what an aim is about; that of the bests stands beside it. */
final class Report {

  private static final String ROW = "  %-44s %11s %11s %9s %9s  %s%n";

  private final PrintStream out;

  Report(PrintStream out) {
    this.out = out;
  }

  /** What a ratio should be. */
  record Aim(String text, DoublePredicate holds) {

    static final Aim NONE = new Aim("", ratio -> true);

    static Aim atMost(double limit) {
      return new Aim(String.format(Locale.ROOT, "aim: %.2f or less", limit), ratio -> ratio <= limit);
    }

    static Aim atLeast(double limit) {
      return new Aim(String.format(Locale.ROOT, "aim: %.0f or more", limit), ratio -> ratio >= limit);
    }

    String judge(double ratio) {
      return text + (holds.test(ratio) ? "" : ": missed");
    }
  }

  void section(String title, String unit, String over) {
    out.printf("%n%s%n", title);
    out.printf(ROW, unit, "best", "median", over, "of bests", "");
  }

  void row(String name, Figure figure, double unit) {
    out.printf(ROW, name, number(figure.best() / unit), number(figure.median() / unit), "", "", "");
  }

  /** A row with its ratio to another. */
  void row(String name, Figure figure, double unit, Figure other, Aim aim) {
    row(name, figure, unit, figure.median() / other.median(), figure.best() / other.best(), aim);
  }

  /** A row with the ratio of another to it: how many times faster it is. */
  void faster(String name, Figure figure, double unit, Figure slower, Aim aim) {
    row(name, figure, unit, slower.median() / figure.median(), slower.best() / figure.best(), aim);
  }

  private void row(String name, Figure figure, double unit, double medians, double bests, Aim aim) {
    out.printf(
        ROW,
        name,
        number(figure.best() / unit),
        number(figure.median() / unit),
        ratio(medians),
        ratio(bests),
        aim.judge(medians));
  }

  void note(String text) {
    out.println("  " + text);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%,.2f", value);
  }

  private static String ratio(double value) {
    return String.format(Locale.ROOT, value >= 10 ? "%.0f" : "%.2f", value);
  }
}
