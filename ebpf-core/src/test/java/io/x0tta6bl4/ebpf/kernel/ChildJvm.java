package io.x0tta6bl4.ebpf.kernel;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Another JVM with the tests' class path, in the network namespace of the thread that starts it. It is killed on close. */
public final class ChildJvm implements AutoCloseable {

  private final Process process;
  private final BufferedReader output;

  private ChildJvm(Process process) {
    this.process = process;
    this.output = process.inputReader(StandardCharsets.UTF_8);
  }

  /** What to start and how. Not thread-safe. */
  public static final class Builder {

    private final Class<?> main;
    private final List<String> arguments;
    private final List<String> options = new ArrayList<>();
    private final Map<String, String> environment = new java.util.HashMap<>();
    private List<String> before = List.of();
    private String classPath = ChildJvm.classPath();

    private Builder(Class<?> main, List<String> arguments) {
      this.main = main;
      this.arguments = arguments;
    }

    /** The command that starts the JVM in its turn. */
    public Builder under(String... command) {
      before = List.of(command);
      return this;
    }

    /** An option of the JVM. */
    public Builder option(String option) {
      options.add(option);
      return this;
    }

    /** A variable of its environment. */
    public Builder environment(String name, String value) {
      environment.put(name, value);
      return this;
    }

    /** A class path in place of the tests' own. */
    public Builder classPath(List<Path> entries) {
      classPath = entries.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
      return this;
    }

    /** Starts it. */
    public ChildJvm start() {
      List<String> command = new ArrayList<>(before);
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx256m", "-XX:-CreateCoredumpOnCrash"));
      command.add("--enable-native-access=ALL-UNNAMED");
      command.addAll(options);
      command.addAll(List.of("-cp", classPath, main.getName()));
      command.addAll(arguments);
      ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
      builder.environment().putAll(environment);
      try {
        return new ChildJvm(builder.start());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Prepares a JVM that runs a class. */
  public static Builder of(Class<?> main, String... arguments) {
    return new Builder(main, List.of(arguments));
  }

  /** The class path of the tests; surefire hides it in a jar's manifest and tells it by a property. */
  public static String classPath() {
    return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
  }

  /** The next line that it says, on stdout or stderr; {@code null} at the end. */
  public String line() {
    try {
      return output.readLine();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads up to a line. */
  public ChildJvm awaitLine(String wanted) {
    List<String> seen = new ArrayList<>();
    for (String line = line(); !wanted.equals(line); line = line()) {
      if (line == null) {
        throw new IllegalStateException("it ended with " + exitCode() + " and never said '" + wanted + "': " + seen);
      }
      seen.add(line);
    }
    return this;
  }

  /** All that it says from now on until its end. */
  public List<String> lines() {
    return output.lines().toList();
  }

  /** Waits for its end. */
  public int exitCode() {
    try {
      return process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Kills it by SIGKILL and waits until it is gone. */
  public void kill() {
    process.destroyForcibly();
    int _ = exitCode();
  }

  @Override
  public void close() {
    kill();
  }
}
