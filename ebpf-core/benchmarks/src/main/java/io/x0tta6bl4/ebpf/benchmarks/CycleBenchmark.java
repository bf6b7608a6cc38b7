package io.x0tta6bl4.ebpf.benchmarks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/** Load, attach, detach and close, warm, from Java and from C. Runs in a {@link Namespace}. */
final class CycleBenchmark {

  private static final int WARM_UP = 1_500;
  private static final int ROUNDS = 41;

  /** Loads in a row: one alone would be measured with the cold caches that the other side left behind. */
  private static final int LOADS = 20;

  private static final double MILLISECOND = 1e6;

  private final Report report;
  private final Path source;
  private final Path folder;

  CycleBenchmark(Report report, Path source, Path folder) {
    this.report = report;
    this.source = source;
    this.folder = folder;
  }

  void run() throws Exception {
    try (NativeCycle c = NativeCycle.start(source, folder)) {
      JavaCycle java = new JavaCycle();
      for (Cycle.Kind kind : new Cycle.Kind[] {Cycle.Kind.XDP_LOAD, Cycle.Kind.TCX_LOAD}) {
        run(java, kind, WARM_UP);
        run(c, kind, 1);
      }
      compare("The counter, loaded only", Cycle.Kind.XDP_LOAD, LOADS, java, c);
      compare("The classifier, loaded only", Cycle.Kind.TCX_LOAD, LOADS, java, c);
      compare("The counter, attached by XDP to veth, native", Cycle.Kind.XDP, 1, java, c);
      compare("The classifier, attached by TCX to veth, ingress", Cycle.Kind.TCX, 1, java, c);
    } catch (CannotRunException e) {
      report.note("load and attach beside C: left out: " + e.getMessage());
    }
  }

  private void compare(String title, Cycle.Kind kind, int inARow, Cycle.Runner java, Cycle.Runner c) throws Exception {
    List<Cycle> ours = new ArrayList<>();
    List<Cycle> theirs = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      ours.addAll(run(java, kind, inARow));
      theirs.addAll(run(c, kind, inARow));
    }
    report.section(title, "ms, Java; C below", "Java / C");
    rows("open and load", ours, theirs, Cycle::load, kind.attaches() ? Report.Aim.NONE : Report.Aim.atMost(1.3));
    if (kind.attaches()) {
      rows("attach", ours, theirs, Cycle::attach, Report.Aim.NONE);
      rows("detach", ours, theirs, Cycle::detach, Report.Aim.NONE);
    }
    rows("close", ours, theirs, Cycle::close, Report.Aim.NONE);
    rows("all of it", ours, theirs, Cycle::whole, Report.Aim.NONE);
  }

  private void rows(String part, List<Cycle> ours, List<Cycle> theirs, ToLongFunction<Cycle> time, Report.Aim aim) {
    Figure inC = figure(theirs, time);
    report.row(part, figure(ours, time), MILLISECOND, inC, aim);
    report.row("    in C", inC, MILLISECOND);
  }

  private static List<Cycle> run(Cycle.Runner runner, Cycle.Kind kind, int times) throws Exception {
    List<Cycle> cycles = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      cycles.add(runner.run(kind));
    }
    return cycles;
  }

  private static Figure figure(List<Cycle> cycles, ToLongFunction<Cycle> part) {
    return Figure.of(cycles.stream().mapToDouble(part::applyAsLong).toArray());
  }
}
