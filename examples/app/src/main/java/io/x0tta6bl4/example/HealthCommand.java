package io.x0tta6bl4.example;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code health}: for health checks in an image that has neither a shell nor curl. */
@Command(
    name = "health",
    description = {
      "Asks each URL once, within five seconds, and expects 200.",
      "Exit codes: 0 every one answered so; 1 one did not; 2 bad usage."
    })
final class HealthCommand implements Callable<Integer> {

  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final int OK = 200;
  private static final int HEALTHY = 0;
  private static final int UNHEALTHY = 1;

  @Spec @Nullable CommandSpec spec;

  @Option(names = {"-h", "--help"}, usageHelp = true, description = "show this help and exit")
  boolean help;

  @Parameters(arity = "1..*", paramLabel = "URL", description = "what to ask, such as http://localhost:9464/healthz/ready")
  List<URI> urls = List.of();

  HealthCommand() {}

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter err = Objects.requireNonNull(spec).commandLine().getErr();
    for (URI url : urls) {
      boolean http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
      if (!http || url.getHost() == null) {
        throw new ParameterException(spec.commandLine(), "URL '" + url + "': expected http or https and a host");
      }
    }
    boolean healthy = true;
    try (HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
      for (URI url : urls) {
        String answer = ask(client, url);
        if (!answer.isEmpty()) {
          err.println(url + ": " + OneLine.of(answer));
          healthy = false;
        }
      }
    }
    return healthy ? HEALTHY : UNHEALTHY;
  }

  /** Returns what is wrong, or nothing. */
  private static String ask(HttpClient client, URI url) throws InterruptedException {
    try {
      HttpRequest request = HttpRequest.newBuilder(url).timeout(PATIENCE).build();
      int status = client.send(request, BodyHandlers.discarding()).statusCode();
      return status == OK ? "" : "answered " + status;
    } catch (IOException e) {
      return "did not answer: " + e;
    }
  }
}
