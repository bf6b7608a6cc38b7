package io.x0tta6bl4.example.demo;

import io.x0tta6bl4.example.shop.StartException;
import io.x0tta6bl4.example.stop.StopSignal;
import java.io.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code demo}: the shop against chains and a chat that are simulated in the process. */
@Command(
    name = "demo",
    description = {
      "Runs the shop on this machine with nothing else: chains, chat and merchant are simulated, in the real ones' formats.",
      "Plays orders that are paid well and badly, tells what happens, and keeps the pages up until Ctrl-C.",
      "Exit codes: 0 every expectation held; 1 one did not; 3 it could not be started."
    })
public final class DemoCommand implements Callable<Integer> {

  private static final int STAGGER_MILLIS = 700;
  private static final int HELD = 0;
  private static final int NOT_HELD = 1;
  private static final int UNAVAILABLE = 3;

  @Spec @Nullable CommandSpec spec;

  @Option(names = {"-h", "--help"}, usageHelp = true, description = "show this help and exit")
  boolean help;

  @Option(names = "--once", description = "end after the last case")
  boolean once;

  @Option(names = "--port", defaultValue = "8080", description = "of the pages; with --once any that is free (default: 8080)")
  int port;

  @Option(names = "--management-port", defaultValue = "9464", description = "of the status page (default: 9464)")
  int managementPort;

  /** Made by the command line. */
  public DemoCommand() {}

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    DemoStage stage = new DemoStage();
    try (DemoWorld world = new DemoWorld(once ? 0 : port, once ? 0 : managementPort, stage)) {
      boolean terminal = isTerminal();
      Narration narration = new Narration(out, terminal, Clock.systemUTC());
      if (!once) {
        narration.line("Look at http://localhost:" + world.shop().port() + "/");
        narration.line(
            "and, as any user with the password " + world.operatorKey() + ", at http://localhost:"
                + world.shop().managementPort() + "/");
      }
      List<Play.Outcome> outcomes = play(world, stage, narration);
      boolean held = outcomes.stream().allMatch(outcome -> outcome.wrong().isEmpty());
      summary(outcomes).forEach(narration::line);
      narration.line("");
      narration.line(world.inbox().calls() + " signed callbacks; " + world.traffic());
      narration.line(held ? "Every expectation held." : "Not every expectation held.");
      int code = held ? HELD : NOT_HELD;
      if (once) {
        narration.line("To look at the pages: " + command());
      } else {
        narration.line("The pages stay up until Ctrl-C.");
        keepUp(world, code);
      }
      return code;
    } catch (StartException | IOException e) {
      err.println("error: " + e.getMessage());
      return UNAVAILABLE;
    }
  }

  /** Only from here on: whoever interrupts the story wants it to end at once. */
  private static void keepUp(DemoWorld world, int code) throws InterruptedException {
    try (StopSignal stop = StopSignal.await()) {
      stop.waitFor();
      world.close();
      stop.finished(code);
    }
  }

  /** With the path of this JVM: the one that is first on the user's path may be too old. */
  private static String command() {
    String java = ProcessHandle.current().info().command().orElse("java");
    return java + " -jar " + System.getProperty("java.class.path") + " demo";
  }

  private static boolean isTerminal() {
    return Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
  }

  private static List<Play.Outcome> play(DemoWorld world, DemoStage stage, Narration narration)
      throws InterruptedException {
    List<Case> cases = Scenario.cases();
    List<Play.Outcome> outcomes = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Play.Outcome>> plays = new ArrayList<>();
      for (Case plan : cases) {
        plays.add(threads.submit(new Play(plan, world, stage, narration)));
        Thread.sleep(STAGGER_MILLIS);
      }
      for (Future<Play.Outcome> play : plays) {
        narration.progress(outcomes.size(), cases.size(), world.inbox().calls() + " callbacks");
        outcomes.add(play.get());
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("a case broke off", e.getCause());
    } finally {
      narration.end();
    }
    return outcomes;
  }

  private static List<String> summary(List<Play.Outcome> outcomes) {
    Table table = new Table("order", "what happens", "status", "credited", "merchant told", "held");
    for (Play.Outcome outcome : outcomes) {
      table.add(
          outcome.plan().orderId(),
          outcome.plan().title(),
          outcome.status(),
          outcome.credited().stripTrailingZeros().toPlainString() + " " + outcome.plan().coin().asset(),
          String.join(", ", outcome.events()).replace("order.", ""),
          outcome.wrong().isEmpty() ? "yes" : "NO");
    }
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.addAll(table.lines());
    return lines;
  }
}
