package io.x0tta6bl4.example;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.x0tta6bl4.example.shop.ShopRig;
import io.x0tta6bl4.payment.Amount;
import io.x0tta6bl4.payment.Asset;
import io.x0tta6bl4.simulator.http.Answer;
import io.x0tta6bl4.simulator.http.LoopbackServer;
import io.x0tta6bl4.simulator.ton.ScriptedTonApi;
import io.x0tta6bl4.simulator.tron.ScriptedTransaction;
import io.x0tta6bl4.simulator.tron.ScriptedTronGrid;
import java.io.BufferedReader;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The packaged jar as a process of its own. */
class ServeJarIT {

  private static final int ORDERS = 1000;
  private static final String PAYER = "TDGWACVpQBZi6T6fKXecuGWZd1VNtRZMFC";

  @TempDir Path folder;

  private final List<ScriptedTransaction> chain = new CopyOnWriteArrayList<>();
  private final Map<String, Set<String>> told = new ConcurrentHashMap<>();
  private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private ScriptedTronGrid grid;
  private ScriptedTonApi tonApi;
  private LoopbackServer merchant;
  private Process process;
  private int port;
  private int managementPort;

  @BeforeEach
  void start() {
    grid = ScriptedTronGrid.start(Clock.systemUTC(), () -> chain);
    tonApi = ScriptedTonApi.start(Clock.systemUTC(), List::of);
    merchant =
        LoopbackServer.start(
            request -> {
              JsonNode event = ShopRig.json(request.body());
              String what = event.path("type").asText() + " " + event.path("order").path("id").asText();
              told.computeIfAbsent(what, key -> ConcurrentHashMap.newKeySet()).add(event.path("id").asText());
              return Answer.text(204, "");
            });
  }

  @AfterEach
  void stop() {
    if (process != null) {
      process.destroyForcibly();
    }
    client.close();
    grid.close();
    tonApi.close();
    merchant.close();
  }

  private Process launch(Map<String, String> environment) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-jar", System.getProperty("x0tta6bl4.jar"), "serve");
    builder.environment().clear();
    builder.environment().putAll(environment);
    builder.redirectError(folder.resolve("stderr").toFile());
    process = builder.start();
    return process;
  }

  private void serve() throws IOException {
    Map<String, String> more =
        Map.of("CALLBACK_URL", merchant.baseUrl().toString(), "CALLBACK_SECRET", "callback-secret-0123456789abcdef01",
            "LOG_FORMAT", "json", "WATCH_FAST", "PT1S", "WATCH_SLOW", "PT1S");
    BufferedReader out =
        launch(ShopRig.environment(folder, grid.baseUrl(), tonApi.baseUrl(), more)).inputReader(StandardCharsets.UTF_8);
    String ready = out.readLine();
    assertThat(ready).as(() -> read("stderr")).matches("ready: public port [0-9]+, management port [0-9]+");
    port = Integer.parseInt(ready.replaceAll(".*public port ([0-9]+).*", "$1"));
    managementPort = Integer.parseInt(ready.replaceAll(".*management port ([0-9]+)", "$1"));
  }

  private String read(String file) {
    try {
      return Files.readString(folder.resolve(file));
    } catch (IOException e) {
      return e.toString();
    }
  }

  private HttpResponse<String> send(int to, String method, String path, String body) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + to + path))
            .header("Authorization", "Bearer " + ShopRig.API_KEY)
            .header("Content-Type", "application/json")
            .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
            .build();
    return client.send(request, BodyHandlers.ofString());
  }

  private int terminate() throws InterruptedException {
    process.destroy();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).as("an end within 30 s").isTrue();
    return process.exitValue();
  }

  @Test
  void tellsEverySettingThatIsMissing() throws IOException, InterruptedException {
    launch(Map.of("PORT", "x"));
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(ExitCodes.BAD_INPUT);
    assertThat(read("stderr").lines()).hasSize(4).allMatch(line -> line.startsWith("error: "));
  }

  @Test
  void refusesAWalletThatIsNone() throws IOException, InterruptedException {
    launch(ShopRig.environment(folder, grid.baseUrl(), tonApi.baseUrl(), Map.of("TRON_WALLET", "TBTiACnt7FMW8YGFpPAPyjBmGrWiKVkSJE")));
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(ExitCodes.BAD_INPUT);
    assertThat(read("stderr")).contains("TRON_WALLET").contains("TBTiACnt7FMW8YGFpPAPyjBmGrWiKVkSJE").hasLineCount(1);
  }

  @Test
  void saysThatTheDatabaseOrAPortCannotBeHad() throws IOException, InterruptedException {
    launch(ShopRig.environment(folder, grid.baseUrl(), tonApi.baseUrl(), Map.of("DATABASE_URL", "jdbc:postgresql://127.0.0.1:9/none")));
    assertThat(process.waitFor(40, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(ExitCodes.UNAVAILABLE);
    assertThat(read("stderr")).contains("error: DATABASE_URL: ");
    launch(ShopRig.environment(folder, grid.baseUrl(), tonApi.baseUrl(), Map.of("PORT", Integer.toString(merchant.baseUrl().getPort()))));
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(ExitCodes.UNAVAILABLE);
    assertThat(read("stderr")).contains("error: PORT: cannot listen on");
  }

  @Test
  void isReadyUntilItIsToldToStop() throws IOException, InterruptedException {
    serve();
    assertThat(send(managementPort, "GET", "/healthz/ready", "").statusCode()).isEqualTo(200);
    assertThat(send(managementPort, "GET", "/healthz/live", "").statusCode()).isEqualTo(200);
    assertThat(terminate()).isZero();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void losesNothingByARestartWithAThousandOrders(boolean kill) throws IOException, InterruptedException {
    serve();
    for (int i = 0; i < ORDERS; i++) {
      String order = "{\"id\":\"ORD-" + i + "\",\"network\":\"tron\",\"asset\":\"USDT\",\"amount\":\"25\"}";
      assertThat(send(port, "POST", "/api/orders", order).statusCode()).isEqualTo(201);
    }
    // Some are paid before the end, whatever is known of them by then.
    pay(0, ORDERS / 2);
    if (kill) {
      process.destroyForcibly().waitFor();
    } else {
      assertThat(terminate()).isZero();
    }
    pay(ORDERS / 2, ORDERS);
    serve();
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (told.size() < ORDERS && System.nanoTime() < end) {
      Thread.sleep(100);
    }
    Set<String> expected = new HashSet<>();
    for (int i = 0; i < ORDERS; i++) {
      expected.add("order.verified ORD-" + i);
    }
    assertThat(told.keySet()).isEqualTo(expected);
    assertThat(told.values()).as("each credited once: one event, however often it was sent").allMatch(ids -> ids.size() == 1);
    assertThat(terminate()).isZero();
  }

  private void pay(int from, int to) {
    Amount price = Amount.of(Asset.USDT_TRC20, new BigDecimal("25"));
    for (int i = from; i < to; i++) {
      chain.add(
          ScriptedTransaction.transfer(PAYER, ShopRig.TRON_WALLET, price)
              .memo("ORD-" + i)
              .at(Clock.systemUTC().instant())
              .nonce(i));
    }
  }
}
