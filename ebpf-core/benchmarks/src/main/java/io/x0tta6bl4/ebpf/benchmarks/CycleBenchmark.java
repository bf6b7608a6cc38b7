package io.x0tta6bl4.ebpf.benchmarks;

import java.nio.file.Path;
import java.util.function.ToLongFunction;

/** Load, attach, detach and close, warm, from Java and from C. Runs in a {@link Namespace}. */
final class CycleBenchmark {

  private static final int WARM_UP = 300;
  private static final int LOADS = 201;
  private static final int ATTACHMENTS = 51;
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
        for (int i = 0; i < WARM_UP; i++) {
          java.run(kind);
          c.run(kind);
        }
      }
      compare("The counter, loaded only", Cycle.Kind.XDP_LOAD, LOADS, java, c);
      compare("The classifier, loaded only", Cycle.Kind.TCX_LOAD, LOADS, java, c);
      compare("The counter, attached by XDP to veth, native", Cycle.Kind.XDP, ATTACHMENTS, java, c);
      compare("The classifier, attached by TCX to veth, ingress", Cycle.Kind.TCX, ATTACHMENTS, java, c);
    } catch (CannotRunException e) {
      report.note("load and attach beside C: left out: " + e.getMessage());
    }
  }

  private void compare(String title, Cycle.Kind kind, int count, Cycle.Runner java, Cycle.Runner c) throws Exception {
    Cycle[] ours = new Cycle[count];
    Cycle[] theirs = new Cycle[count];
    for (int i = 0; i < count; i++) {
      ours[i] = java.run(kind);
      theirs[i] = c.run(kind);
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

  private void rows(String part, Cycle[] ours, Cycle[] theirs, ToLongFunction<Cycle> time, Report.Aim aim) {
    Figure inC = figure(theirs, time);
    report.row(part, figure(ours, time), MILLISECOND, inC, aim);
    report.row("    in C", inC, MILLISECOND);
  }

  private static Figure figure(Cycle[] cycles, ToLongFunction<Cycle> part) {
    double[] times = new double[cycles.length];
    for (int i = 0; i < times.length; i++) {
      times[i] = part.applyAsLong(cycles[i]);
    }
    return Figure.of(times);
  }
}
