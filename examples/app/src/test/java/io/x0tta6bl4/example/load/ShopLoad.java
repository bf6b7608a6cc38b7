package io.x0tta6bl4.example.load;

import com.fasterxml.jackson.databind.JsonNode;
import io.x0tta6bl4.example.shop.ShopRig;
import io.x0tta6bl4.payment.Amount;
import io.x0tta6bl4.payment.Asset;
import io.x0tta6bl4.simulator.http.Answer;
import io.x0tta6bl4.simulator.http.LoopbackServer;
import io.x0tta6bl4.simulator.ton.ScriptedTonApi;
import io.x0tta6bl4.simulator.tron.ScriptedTransaction;
import io.x0tta6bl4.simulator.tron.ScriptedTronGrid;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.BufferedReader;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Opens and pays orders at a steady rate at a shop on PostgreSQL, a process of its own, and measures how long it takes from a
 * payment's being visible at the provider until the merchant is called. Ends with 0 only if every order was credited once and
 * nothing failed; the times are printed, not judged.
 *
 * <p>Arguments: orders a second, seconds, the jar.
 */
public final class ShopLoad {

  private static final String PAYER = "TDGWACVpQBZi6T6fKXecuGWZd1VNtRZMFC";
  private static final long PATIENCE_SECONDS = 120;

  private final int rate;
  private final int orders;
  private final String jar;
  private final Path folder;
  // Transactions older than this are of no interest to the watcher, and would only slow the simulated provider down.
  private final RecentTransactions chain = new RecentTransactions();
  private final Map<String, Long> visibleAt = new ConcurrentHashMap<>();
  private final Map<String, Long> toldAt = new ConcurrentHashMap<>();
  private final Map<String, String> eventOf = new ConcurrentHashMap<>();
  private final AtomicInteger errors = new AtomicInteger();
  private final AtomicInteger twice = new AtomicInteger();
  private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private ShopLoad(int rate, int seconds, String jar) throws IOException {
    this.rate = rate;
    this.orders = rate * seconds;
    this.jar = jar;
    this.folder = Files.createTempDirectory("shop-load");
  }

  public static void main(String[] arguments) throws IOException, InterruptedException {
    ShopLoad load = new ShopLoad(Integer.parseInt(arguments[0]), Integer.parseInt(arguments[1]), arguments[2]);
    System.exit(load.run() ? 0 : 1);
  }

  private boolean run() throws IOException, InterruptedException {
    try (EmbeddedPostgres postgres = EmbeddedPostgres.builder().setServerConfig("max_connections", "100").start();
        ScriptedTronGrid grid = ScriptedTronGrid.start(Clock.systemUTC(), chain::list);
        ScriptedTonApi tonApi = ScriptedTonApi.start(Clock.systemUTC(), List::of);
        LoopbackServer merchant = LoopbackServer.start(request -> take(request.body()))) {
      Map<String, String> settings =
          ShopRig.environment(
              folder,
              grid.baseUrl(),
              tonApi.baseUrl(),
              Map.of(
                  "DATABASE_URL", "jdbc:postgresql://127.0.0.1:" + postgres.getPort() + "/postgres",
                  "DATABASE_USER", "postgres",
                  "DATABASE_CONNECTIONS", "20",
                  "CALLBACK_URL", merchant.baseUrl().toString(),
                  "CALLBACK_SECRET", "callback-secret-0123456789abcdef01",
                  "WATCH_FAST", "PT5S",
                  "WATCH_SLOW", "PT5S",
                  "WATCH_OVERLAP", "PT10S",
                  "PROVIDER_PAGES", "200",
                  "LOG_LEVEL", "warn"));
      Process shop = launch(settings);
      // A load that is broken off must not leave a shop behind.
      Runtime.getRuntime().addShutdownHook(new Thread(shop::destroyForcibly));
      try {
        BufferedReader out = shop.inputReader(StandardCharsets.UTF_8);
        String ready = out.readLine();
        int port = Integer.parseInt(String.valueOf(ready).replaceAll(".*public port ([0-9]+).*", "$1"));
        openAndPay(URI.create("http://127.0.0.1:" + port + "/api/orders"));
        awaitAll();
        return report();
      } finally {
        shop.destroy();
        shop.waitFor(30, TimeUnit.SECONDS);
        client.close();
      }
    }
  }

  private Process launch(Map<String, String> settings) throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    ProcessBuilder builder = new ProcessBuilder(java, "-jar", jar, "serve");
    builder.environment().clear();
    builder.environment().putAll(settings);
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    return builder.start();
  }

  private void openAndPay(URI api) {
    long start = System.nanoTime();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < orders; i++) {
        int number = i;
        // At its own time, whether or not the one before has been answered: a slow shop gets no rest.
        long due = start + TimeUnit.SECONDS.toNanos(1) * i / rate;
        LockSupport.parkNanos(due - System.nanoTime());
        threads.execute(() -> openAndPay(api, "LOAD-" + number, number));
      }
    }
    System.out.printf("opened and paid %d orders in %.1f s%n", orders, (System.nanoTime() - start) / 1e9);
  }

  private void openAndPay(URI api, String id, int number) {
    String body = "{\"id\":\"" + id + "\",\"network\":\"tron\",\"asset\":\"USDT\",\"amount\":\"25\"}";
    HttpRequest request =
        HttpRequest.newBuilder(api)
            .header("Authorization", "Bearer " + ShopRig.API_KEY)
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", id)
            .POST(BodyPublishers.ofString(body))
            .build();
    try {
      int status = client.send(request, BodyHandlers.discarding()).statusCode();
      if (status != 201) {
        errors.incrementAndGet();
        System.err.println("order " + id + " was answered with " + status);
        return;
      }
      ScriptedTransaction payment =
          ScriptedTransaction.transfer(PAYER, ShopRig.TRON_WALLET, Amount.of(Asset.USDT_TRC20, new BigDecimal("25")))
              .memo(id)
              .at(Clock.systemUTC().instant())
              .nonce(number);
      visibleAt.put(id, System.nanoTime());
      chain.add(payment);
    } catch (IOException e) {
      errors.incrementAndGet();
      System.err.println("order " + id + " failed: " + e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Answer take(String body) {
    JsonNode event = ShopRig.json(body);
    if (event.path("type").asText().equals("order.verified")) {
      String id = event.path("order").path("id").asText();
      toldAt.putIfAbsent(id, System.nanoTime());
      String former = eventOf.putIfAbsent(id, event.path("id").asText());
      if (former != null && !former.equals(event.path("id").asText())) {
        twice.incrementAndGet();
      }
    }
    return Answer.text(204, "");
  }

  private void awaitAll() throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (toldAt.size() < visibleAt.size() && System.nanoTime() < end) {
      Thread.sleep(50);
    }
  }

  private boolean report() {
    long[] millis =
        toldAt.entrySet().stream()
            .mapToLong(told -> TimeUnit.NANOSECONDS.toMillis(told.getValue() - visibleAt.get(told.getKey())))
            .toArray();
    Arrays.sort(millis);
    int missing = orders - millis.length;
    System.out.printf("credited %d of %d, %d missing, %d credited twice, %d errors%n", millis.length, orders, missing, twice.get(), errors.get());
    if (millis.length > 0) {
      System.out.printf(
          "from visible at the provider to callback sent: p50 %d ms, p99 %d ms, longest %d ms (aim for p99: one tick and 500 ms, 5500 ms)%n",
          millis[millis.length / 2], millis[(int) ((millis.length - 1L) * 99 / 100)], millis[millis.length - 1]);
    }
    return missing == 0 && twice.get() == 0 && errors.get() == 0;
  }
}
