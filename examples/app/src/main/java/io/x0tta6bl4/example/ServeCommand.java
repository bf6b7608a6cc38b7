package io.x0tta6bl4.example;

import io.x0tta6bl4.example.logging.LogConfigurator;
import io.x0tta6bl4.example.settings.Settings;
import io.x0tta6bl4.example.settings.SettingsException;
import io.x0tta6bl4.example.shop.Shop;
import io.x0tta6bl4.example.shop.StartException;
import io.x0tta6bl4.example.stop.StopSignal;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code serve}: the shop, until it is told to stop. */
@Command(
    name = "serve",
    description = {
      "Serves the shop until SIGTERM or Ctrl-C: order API, checkout page, watcher, callbacks, bot, status page, metrics.",
      "Configured by environment variables, over a file that CONFIG_FILE names; the README lists them.",
      "Prints one line, ready and the two ports, on stdout when it serves.",
      "Exit codes: 0 stopped, all in order; 2 settings are missing or wrong, all of them told on stderr; 3 something that it"
          + " needs cannot be had, such as the database or a port."
    })
final class ServeCommand implements Callable<Integer> {

  private final Map<String, String> environment;

  @Spec @Nullable CommandSpec spec;

  @Option(names = {"-h", "--help"}, usageHelp = true, description = "show this help and exit")
  boolean help;

  ServeCommand(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    Settings settings;
    try {
      settings = Settings.read(environment);
    } catch (SettingsException e) {
      e.problems().forEach(problem -> err.println("error: " + OneLine.of(problem)));
      return ExitCodes.BAD_INPUT;
    }
    LogConfigurator.apply(settings.log().level(), settings.log().json());
    // The JVM gets a little more than the shop, which should end by itself.
    try (StopSignal stop = StopSignal.await(settings.drain().plus(settings.shutdown()).plusSeconds(5))) {
      int code = serve(settings, stop, out, err);
      stop.finished(code);
      return code;
    }
  }

  private static int serve(Settings settings, StopSignal stop, PrintWriter out, PrintWriter err) throws InterruptedException {
    try (Shop shop = Shop.start(settings, Clock.systemUTC(), router -> {})) {
      out.println("ready: public port " + shop.port() + ", management port " + shop.managementPort());
      stop.waitFor();
      shop.withdraw();
      return ExitCodes.STOPPED;
    } catch (StartException e) {
      err.println("error: " + OneLine.of(e.getMessage()));
      return e.isOfSettings() ? ExitCodes.BAD_INPUT : ExitCodes.UNAVAILABLE;
    }
  }
}
