package io.x0tta6bl4.ebpf.benchmarks;

import io.x0tta6bl4.ebpf.BundledObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

/** The cycle in C, over the same libbpf: a program that goes through it once for each line that it is given. */
final class NativeCycle implements Cycle.Runner, AutoCloseable {

  private final Process process;
  private final Writer to;
  private final BufferedReader from;

  private NativeCycle(Process process) {
    this.process = process;
    this.to = process.outputWriter(StandardCharsets.US_ASCII);
    this.from = process.inputReader(StandardCharsets.US_ASCII);
  }

  /**
   * Compiles and starts it, in the network namespace of the calling thread.
   *
   * @param source the C file
   * @param folder for what is made
   * @throws CannotRunException if it cannot be compiled here
   */
  static NativeCycle start(Path source, Path folder) throws IOException, InterruptedException {
    Path counter = write(folder, BundledObject.XDP_COUNTER);
    Path classifier = write(folder, BundledObject.TC_CLASSIFIER);
    Path program = folder.resolve("lifecycle");
    compile(source, program);
    return new NativeCycle(
        new ProcessBuilder(program.toString(), counter.toString(), classifier.toString(), Namespace.DEVICE)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start());
  }

  private static Path write(Path folder, BundledObject object) throws IOException {
    return Files.write(folder.resolve(object.fileName()), object.bytes());
  }

  private static void compile(Path source, Path program) throws InterruptedException {
    String[] command = {"cc", "-O2", "-Wall", "-Werror", "-o", program.toString(), source.toString(), "-l:libbpf.so.1"};
    try {
      Process compiler = new ProcessBuilder(command).redirectErrorStream(true).start();
      String said = new String(compiler.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      if (compiler.waitFor() != 0) {
        throw new CannotRunException(String.join(" ", command) + ": " + said);
      }
    } catch (IOException e) {
      throw new CannotRunException("no C compiler (cc)", e);
    }
  }

  @Override
  public Cycle run(Cycle.Kind kind) throws IOException {
    to.write(kind.name().toLowerCase(Locale.ROOT) + "\n");
    to.flush();
    String line = from.readLine();
    if (line == null) {
      throw new IOException("the program in C ended at '" + kind + "'");
    }
    long[] times = Arrays.stream(line.split(" ", -1)).mapToLong(Long::parseLong).toArray();
    return new Cycle(times[0], times[1], times[2], times[3]);
  }

  /** Ends the program, which ends at the end of its input. */
  @Override
  public void close() throws IOException {
    to.close();
    from.close();
    process.destroy();
  }
}
