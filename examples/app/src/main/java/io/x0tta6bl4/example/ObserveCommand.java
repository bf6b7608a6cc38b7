package io.x0tta6bl4.example;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.x0tta6bl4.ebpf.Finding;
import io.x0tta6bl4.ebpf.Preflight;
import io.x0tta6bl4.ebpf.TcDirection;
import io.x0tta6bl4.ebpf.TcMode;
import io.x0tta6bl4.ebpf.XdpMode;
import io.x0tta6bl4.ebpf.metrics.EbpfMetrics;
import io.x0tta6bl4.example.observe.Observation;
import io.x0tta6bl4.example.observe.ObservationPlan;
import io.x0tta6bl4.example.stop.StopSignal;
import io.x0tta6bl4.example.web.ManagementServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code observe}: counts the traffic of interfaces and serves the figures until it is told to stop. */
@Command(
    name = "observe",
    description = {
      "Attaches eBPF programs to interfaces and serves what they count as Prometheus metrics, until SIGTERM or Ctrl-C.",
      "Prints one line, ready, on stdout when they are attached. An interface that fails is told on stderr; the others go on.",
      "Exit codes: 0 stopped, all detached; 2 bad usage or input; 3 nothing could be attached, or the port is taken.",
      "Needs CAP_BPF and CAP_NET_ADMIN, and libbpf.so.1."
    })
final class ObserveCommand implements Callable<Integer> {

  private static final int HIGHEST_PORT = 65_535;

  @Spec @Nullable CommandSpec spec;

  @Option(names = {"-h", "--help"}, usageHelp = true, description = "show this help and exit")
  boolean help;

  @Option(names = "--interface", required = true, paramLabel = "NAME", description = "an interface; repeat for more")
  List<String> interfaces = List.of();

  @Option(names = "--xdp", description = "count frames that come in, by XDP")
  boolean xdp;

  @Option(
      names = "--tc",
      paramLabel = "DIRECTION",
      description = "classify packets by TC: ingress, egress or both (without --xdp and --tc: all there is)")
  @Nullable String tc;

  @Option(names = "--xdp-mode", paramLabel = "MODE", description = "auto, native or generic (default: auto)")
  String xdpMode = "auto";

  @Option(names = "--tc-mode", paramLabel = "MODE", description = "auto, tcx or clsact (default: auto)")
  String tcMode = "auto";

  @Option(names = "--metrics-port", paramLabel = "PORT", description = "where /metrics and /healthz are served (default: 9464)")
  String metricsPort = "9464";

  @Override
  public Integer call() throws InterruptedException {
    CommandSpec command = Objects.requireNonNull(spec);
    PrintWriter err = command.commandLine().getErr();
    ObservationPlan plan;
    int port;
    try {
      plan = plan();
      port = Inputs.number("--metrics-port", metricsPort, 0, HIGHEST_PORT);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(command.commandLine(), String.valueOf(e.getMessage()), e);
    }
    Preflight preflight = Preflight.check();
    if (!preflight.ok()) {
      preflight.findings().stream()
          .filter(finding -> finding.level() == Finding.Level.ERROR)
          .forEach(finding -> err.println("error: " + OneLine.of(finding.toString())));
      return ExitCodes.UNAVAILABLE;
    }
    try (StopSignal stop = StopSignal.await()) {
      int code = observe(plan, port, stop, command.commandLine().getOut(), err);
      stop.finished(code);
      return code;
    }
  }

  private static int observe(ObservationPlan plan, int port, StopSignal stop, PrintWriter out, PrintWriter err)
      throws InterruptedException {
    PrometheusRegistry registry = new PrometheusRegistry();
    try (EbpfMetrics metrics = EbpfMetrics.register(registry);
        Observation observation =
            Observation.start(plan, metrics, problem -> err.println("error: " + OneLine.of(problem)))) {
      if (observation.isEmpty()) {
        err.println("error: nothing could be attached");
        return ExitCodes.UNAVAILABLE;
      }
      try (ManagementServer server = ManagementServer.start(new InetSocketAddress(port), registry, observation::isAttached, more -> {})) {
        observation.describe().forEach(err::println);
        err.println("metrics: http://localhost:" + server.port() + "/metrics");
        out.println("ready");
        stop.waitFor();
        return ExitCodes.STOPPED;
      } catch (IOException e) {
        err.println("error: --metrics-port " + port + ": " + OneLine.of(e.getMessage()));
        return ExitCodes.UNAVAILABLE;
      }
    }
  }

  private ObservationPlan plan() {
    Set<TcDirection> directions = tc == null ? EnumSet.noneOf(TcDirection.class) : directions(tc);
    boolean all = !xdp && directions.isEmpty();
    return new ObservationPlan(
        new LinkedHashSet<>(interfaces),
        xdp || all,
        Inputs.choice("--xdp-mode", xdpMode, XdpMode.values(), XdpMode::label),
        all ? EnumSet.allOf(TcDirection.class) : directions,
        Inputs.choice("--tc-mode", tcMode, TcMode.values(), TcMode::label));
  }

  private static Set<TcDirection> directions(String text) {
    return text.equals("both")
        ? EnumSet.allOf(TcDirection.class)
        : EnumSet.of(Inputs.choice("--tc", text, TcDirection.values(), TcDirection::label, "both"));
  }
}
