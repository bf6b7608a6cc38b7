package io.x0tta6bl4.example;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.x0tta6bl4.example.shop.ShopRig;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A shop, what it talks to, and who asks after its health, each a process of its own from the packaged jar. */
class SimulateJarIT {

  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String SECRET = "callback-secret-0123456789abcdef01";

  @TempDir Path folder;

  private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final List<Process> processes = new ArrayList<>();

  @AfterEach
  void stop() {
    processes.forEach(Process::destroyForcibly);
    client.close();
  }

  private Process launch(Map<String, String> environment, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-jar", System.getProperty("x0tta6bl4.jar")));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().clear();
    builder.environment().putAll(environment);
    builder.redirectError(folder.resolve(arguments[0] + ".err").toFile());
    Process process = builder.start();
    processes.add(process);
    return process;
  }

  private Map<String, String> simulate() throws IOException {
    BufferedReader out =
        launch(Map.of("CALLBACK_SECRET", SECRET),
                "simulate", "--port", "0", "--tron-port", "0", "--ton-port", "0", "--telegram-port", "0")
            .inputReader(StandardCharsets.UTF_8);
    Map<String, String> settings = new HashMap<>();
    for (String line = out.readLine(); !"ready".equals(line); line = out.readLine()) {
      assertThat(line).as(Files.readString(folder.resolve("simulate.err"))).matches("[A-Z_]+=.+");
      settings.put(line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1));
    }
    return settings;
  }

  private HttpResponse<String> post(URI url, String body) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(url)
            .header("Authorization", "Bearer " + ShopRig.API_KEY)
            .header("Content-Type", "application/json")
            .header("traceparent", "00-" + TRACE + "-00f067aa0ba902b7-01")
            .POST(BodyPublishers.ofString(body))
            .build();
    return client.send(request, BodyHandlers.ofString());
  }

  private int health(String... urls) throws IOException, InterruptedException {
    List<String> arguments = new ArrayList<>(List.of("health"));
    arguments.addAll(List.of(urls));
    Process process = launch(Map.of(), arguments.toArray(String[]::new));
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }

  @Test
  void servesAShopThatRunsElsewhere() throws Exception {
    Map<String, String> settings = new HashMap<>(simulate());
    URI till = URI.create(settings.get("CALLBACK_URL")).resolve("/");
    settings.putAll(Map.of("CALLBACK_SECRET", SECRET, "DRAIN_DELAY", "PT3S", "LOG_FORMAT", "json"));
    Process shop =
        launch(ShopRig.environment(folder, URI.create(settings.get("TRONGRID_URL")), URI.create(settings.get("TONAPI_URL")), settings),
            "serve");
    String ready = shop.inputReader(StandardCharsets.UTF_8).readLine();
    URI api = URI.create("http://127.0.0.1:" + ready.replaceAll(".*public port ([0-9]+).*", "$1"));
    String healthy = "http://127.0.0.1:" + ready.replaceAll(".*management port ([0-9]+)", "$1") + "/healthz/ready";
    assertThat(health(healthy)).isZero();

    String order = "{\"id\":\"ORD-1\",\"network\":\"ton\",\"asset\":\"USDT\",\"amount\":\"25\"}";
    assertThat(post(api.resolve("/api/orders"), order).statusCode()).isEqualTo(201);
    String payment = "{\"network\":\"ton\",\"asset\":\"USDT\",\"amount\":\"25\",\"memo\":\"ORD-1\"}";
    assertThat(post(till.resolve("/payments"), payment).statusCode()).isEqualTo(201);
    String told = "";
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!told.contains("order.verified") && System.nanoTime() < end) {
      Thread.sleep(100);
      told = client.send(HttpRequest.newBuilder(till.resolve("/callbacks/ORD-1")).build(), BodyHandlers.ofString()).body();
    }
    assertThat(told).contains("order.verified");
    JsonNode opened =
        Files.readString(folder.resolve("serve.err")).lines().map(ShopRig::json)
            .filter(line -> line.path("formattedMessage").asText().equals("order ORD-1: opened"))
            .findFirst()
            .orElseThrow();
    assertThat(opened.path("mdc").path("order_id").asText()).isEqualTo("ORD-1");
    assertThat(opened.path("mdc").path("trace_id").asText()).as("from the request to the order's own trail").isEqualTo(TRACE);

    shop.destroy();
    // Not ready from now on, and serving all the same, until whoever balances the load has learnt of it.
    while (health(healthy) == 0 && System.nanoTime() < end) {
      Thread.sleep(10);
    }
    assertThat(post(api.resolve("/api/orders"), order.replace("ORD-1", "ORD-2")).statusCode()).isEqualTo(201);
    assertThat(shop.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(shop.exitValue()).isZero();
    assertThat(health(healthy)).as("of a shop that is gone").isEqualTo(1);
  }

  @Test
  void refusesPaymentsThatItCannotMake() throws Exception {
    URI till = URI.create(simulate().get("CALLBACK_URL")).resolve("/payments");
    for (String body : List.of("", "{", "[]", "{\"network\":\"tron\",\"asset\":\"TRX\",\"amount\":\"1\"}",
        "{\"network\":\"tron\",\"asset\":\"USDT\",\"amount\":\"-1\"}", "{\"network\":\"tron\",\"asset\":\"USDT\",\"amount\":\"0.0000001\"}")) {
      assertThat(post(till, body).statusCode()).as(body).isEqualTo(400);
    }
  }

  @Test
  void wantsASecretThatIsLongEnoughAndUrlsThatAreSome() throws Exception {
    Process simulate = launch(Map.of("CALLBACK_SECRET", "short"), "simulate");
    assertThat(simulate.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(simulate.exitValue()).isEqualTo(ExitCodes.BAD_INPUT);
    assertThat(Files.readString(folder.resolve("simulate.err"))).contains("CALLBACK_SECRET").doesNotContain("short\n");
    assertThat(health("ftp://127.0.0.1/")).isEqualTo(ExitCodes.BAD_INPUT);
    assertThat(health()).isEqualTo(ExitCodes.BAD_INPUT);
  }
}
