package io.x0tta6bl4.example;

import io.x0tta6bl4.example.demo.DemoCommand;
import io.x0tta6bl4.example.demo.SimulateCommand;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The entry of {@code x0tta6bl4.jar}. */
@Command(
    name = "x0tta6bl4",
    description = "Verifies crypto payments, and shows the traffic of this machine.",
    mixinStandardHelpOptions = true,
    version = "x0tta6bl4 0.1.0")
public final class Main implements Runnable {

  private final CommandLine commandLine;

  private Main(Map<String, String> environment) {
    commandLine =
        new CommandLine(this)
            .addSubcommand(new VerifyCommand(environment))
            .addSubcommand(new ServeCommand(environment))
            .addSubcommand(new ObserveCommand())
            .addSubcommand(new HealthCommand())
            .addSubcommand(new DemoCommand())
            .addSubcommand(new SimulateCommand(environment));
    // A file named by @ in a value, which may be a buyer's, must not be read.
    commandLine.setExpandAtFiles(false);
    commandLine.setParameterExceptionHandler(Main::refuse);
    commandLine.setExecutionExceptionHandler(Main::fail);
  }

  /**
   * Runs a command and ends the JVM with its exit code.
   *
   * @param arguments the command and its options
   */
  public static void main(String[] arguments) {
    // JSON is UTF-8 whatever the terminal's locale is.
    PrintWriter out = new PrintWriter(new OutputStreamWriter(System.out, StandardCharsets.UTF_8), true);
    PrintWriter err = new PrintWriter(new OutputStreamWriter(System.err, StandardCharsets.UTF_8), true);
    System.exit(run(arguments, System.getenv(), out, err));
  }

  /**
   * Runs a command.
   *
   * @param arguments the command and its options
   * @param environment where the API keys are looked up
   * @param out what scripts read
   * @param err what people read
   * @return the exit code
   */
  static int run(String[] arguments, Map<String, String> environment, PrintWriter out, PrintWriter err) {
    try {
      return new Main(environment).commandLine.setOut(out).setErr(err).execute(arguments);
    } catch (Error e) {
      // Out of memory, say: the JVM's own exit code would be that of a payment that is not verified.
      err.println("error: " + OneLine.of(String.valueOf(e)));
      return ExitCodes.UNAVAILABLE;
    }
  }

  /** Without a command there is nothing to do but to say which ones there are. */
  @Override
  public void run() {
    throw new CommandLine.ParameterException(commandLine, "command is missing: expected one of "
        + commandLine.getSubcommands().keySet());
  }

  private static int refuse(CommandLine.ParameterException e, String[] arguments) {
    e.getCommandLine().getErr().println("error: " + OneLine.of(e.getMessage()));
    return ExitCodes.BAD_INPUT;
  }

  /** A bug of ours: nothing is known of the payment, and the stack trace helps to mend it. */
  private static int fail(Exception e, CommandLine commandLine, CommandLine.ParseResult result) {
    commandLine.getErr().println("error: " + OneLine.of(String.valueOf(e)));
    e.printStackTrace(commandLine.getErr());
    return ExitCodes.UNAVAILABLE;
  }
}
