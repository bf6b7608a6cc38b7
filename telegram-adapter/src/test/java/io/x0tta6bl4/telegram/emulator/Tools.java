package io.x0tta6bl4.telegram.emulator;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** Programs that nobody here wrote; {@code .ci/run} installs them. */
final class Tools {

  /** Below the module's folder: what {@code npm ci} has made of the package files in the test resources. */
  static final Path FOLDER = Path.of("target", "emulator").toAbsolutePath();

  private Tools() {}

  /** Skips the test, and says what for, where a program is missing; fails it where all must be there, as in CI. */
  static void require(String... programs) {
    for (String program : programs) {
      Path file = program.contains("/") ? FOLDER.resolve("node_modules").resolve(program) : onPath(program);
      if (!Files.exists(file)) {
        String message = program + " is missing: see .ci/run for how to install it";
        if (Boolean.getBoolean("telegram.required") || "true".equals(System.getenv("CI"))) {
          throw new AssertionError(message);
        }
        System.out.println("skipped: " + message);
        abort(message);
      }
    }
  }

  private static Path onPath(String program) {
    for (String folder : List.of("/usr/sbin", "/usr/bin", "/usr/local/sbin", "/usr/local/bin")) {
      Path file = Path.of(folder, program);
      if (Files.isExecutable(file)) {
        return file;
      }
    }
    return Path.of("/nowhere", program);
  }

  static String program(String name) {
    return onPath(name).toString();
  }

  /** Copies a test resource beside the node modules. */
  static Path resource(String name) {
    Path target = FOLDER.resolve(name);
    try (InputStream in = Tools.class.getResourceAsStream("/emulator/" + name)) {
      Files.copy(in, target, StandardCopyOption.REPLACE_EXISTING);
      return target;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What a program wrote until it ended. */
  record Output(int code, String text) {}

  static Output run(Path folder, List<String> command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Output(process.waitFor(), text);
  }
}
