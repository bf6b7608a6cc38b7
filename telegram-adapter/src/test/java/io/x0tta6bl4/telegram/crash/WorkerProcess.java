package io.x0tta6bl4.telegram.crash;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A running {@link Worker}. */
final class WorkerProcess {

  private final Process process;
  private final BufferedReader output;
  private final BufferedWriter input;

  private WorkerProcess(Process process) {
    this.process = process;
    this.output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    this.input = new BufferedWriter(new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
  }

  /** Starts one and waits until it works. */
  static WorkerProcess start(String url, String telegram, Path folder, int number) throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                "-classpath",
                System.getProperty("java.class.path"),
                Worker.class.getName(),
                url,
                telegram,
                Integer.toString(number))
            .redirectError(ProcessBuilder.Redirect.appendTo(folder.resolve("errors-" + number).toFile()))
            .start();
    WorkerProcess worker = new WorkerProcess(process);
    String line = worker.output.readLine();
    if (!"ready".equals(line)) {
      process.destroyForcibly();
      throw new IOException("worker " + number + " said '" + line + "': see errors-" + number + " in " + folder);
    }
    return worker;
  }

  /** Has something done; it is durable when this returns. */
  void tell(String line) throws IOException {
    input.write(line + "\n");
    input.flush();
    String said = output.readLine();
    if (!line.equals(said)) {
      throw new IOException("the worker said '" + said + "' to '" + line + "'");
    }
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** SIGKILL: nothing of it runs any more when this returns. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    if (!process.waitFor(30, TimeUnit.SECONDS)) {
      throw new IllegalStateException("the worker survives SIGKILL");
    }
  }
}
