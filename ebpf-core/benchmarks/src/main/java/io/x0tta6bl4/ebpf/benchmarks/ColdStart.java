package io.x0tta6bl4.ebpf.benchmarks;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** From the start of a JVM to the first count, with and without an AOT cache. Runs in a {@link Namespace}. */
final class ColdStart {

  private static final int WARM_UP = 2;
  private static final int ROUNDS = 15;
  private static final double MILLISECOND = 1e6;

  private final Report report;
  private final String classPath;
  private final Path folder;

  /**
   * Prepares.
   *
   * @param jar of this module: an AOT cache goes with jars only
   */
  ColdStart(Report report, Path jar, Path folder) {
    this.report = report;
    this.folder = folder;
    this.classPath = onlyJars(jar);
  }

  private static String onlyJars(Path jar) {
    List<String> entries = new ArrayList<>(List.of(jar.toString()));
    for (String entry : System.getProperty("java.class.path", "").split(File.pathSeparator, -1)) {
      if (!Files.isDirectory(Path.of(entry))) {
        entries.add(entry);
      }
    }
    return String.join(File.pathSeparator, entries);
  }

  private record Start(double main, double line, double end) {}

  void run() throws Exception {
    Path cache = folder.resolve("first-count.aot");
    Files.deleteIfExists(cache);
    start(FirstCount.class, "-XX:AOTCacheOutput=" + cache);
    boolean hasCache = Files.exists(cache);
    List<Start> nothing = new ArrayList<>();
    List<Start> plain = new ArrayList<>();
    List<Start> cached = new ArrayList<>();
    for (int round = -WARM_UP; round < ROUNDS; round++) {
      boolean counts = round >= 0;
      add(nothing, counts, start(Nothing.class));
      add(plain, counts, start(FirstCount.class));
      if (hasCache) {
        add(cached, counts, start(FirstCount.class, "-XX:AOTCache=" + cache));
      }
    }
    report.section("A cold JVM to the first count (XDP attached)", "ms", "ratio");
    rows("without an AOT cache", plain, plain);
    if (hasCache) {
      rows("with an AOT cache", cached, plain);
    } else {
      report.note("with an AOT cache: left out: this JVM made none");
    }
    rows("a JVM that prints a line, no BPF", nothing, plain);
  }

  private static void add(List<Start> starts, boolean counts, Start start) {
    if (counts) {
      starts.add(start);
    }
  }

  private void rows(String name, List<Start> starts, List<Start> others) {
    report.note(name);
    report.row("    from main", main(starts), MILLISECOND, main(others), Report.Aim.NONE);
    report.row("    from the start of the process", line(starts), MILLISECOND, line(others), Report.Aim.NONE);
    report.row("    to the end of the process", end(starts), MILLISECOND, end(others), Report.Aim.NONE);
  }

  private static Figure main(List<Start> starts) {
    return Figure.of(starts.stream().mapToDouble(Start::main).toArray());
  }

  private static Figure line(List<Start> starts) {
    return Figure.of(starts.stream().mapToDouble(Start::line).toArray());
  }

  private static Figure end(List<Start> starts) {
    return Figure.of(starts.stream().mapToDouble(Start::end).toArray());
  }

  private Start start(Class<?> main, String... options) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home", ""), "bin", "java").toString());
    command.addAll(List.of(options));
    command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-cp", classPath, main.getName(), Namespace.DEVICE));
    long start = System.nanoTime();
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try (BufferedReader from = process.inputReader(StandardCharsets.UTF_8)) {
      String line = from.readLine();
      long told = System.nanoTime() - start;
      String rest = String.join("\n", from.readAllLines());
      int exit = process.waitFor();
      long ended = System.nanoTime() - start;
      if (line == null || exit != 0 || !line.matches("[0-9]+ [0-9]+")) {
        throw new IllegalStateException(String.join(" ", command) + ": " + line + "\n" + rest);
      }
      return new Start(Long.parseLong(line.substring(0, line.indexOf(' '))), told, ended);
    }
  }
}
