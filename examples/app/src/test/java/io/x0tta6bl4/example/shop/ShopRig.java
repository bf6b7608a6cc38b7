package io.x0tta6bl4.example.shop;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.x0tta6bl4.example.settings.Settings;
import io.x0tta6bl4.payment.Amount;
import io.x0tta6bl4.payment.Asset;
import io.x0tta6bl4.simulator.ton.ScriptedTonApi;
import io.x0tta6bl4.simulator.tron.ScriptedTransaction;
import io.x0tta6bl4.simulator.tron.ScriptedTronGrid;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** The shop as {@code serve} runs it, on loopback, with simulated providers. */
public final class ShopRig implements AutoCloseable {

  public static final String API_KEY = "test-key-0123456789abcdef0123456789";
  public static final String OPERATOR_KEY = "test-operator-key";
  public static final String TRON_WALLET = "TBTiACnt7FMW8YGFpPAPyjBmGrWiKVkSJD";
  private static final String TON_WALLET = "0:d32f22cae56a370c865495bb6c3516d800415504a190e86919806742d7a8636c";
  private static final String PAYER = "TDGWACVpQBZi6T6fKXecuGWZd1VNtRZMFC";

  public final List<ScriptedTransaction> tron = new CopyOnWriteArrayList<>();
  private final AtomicLong nonce = new AtomicLong();
  private final ScriptedTronGrid grid = ScriptedTronGrid.start(Clock.systemUTC(), () -> tron);
  private final ScriptedTonApi tonApi = ScriptedTonApi.start(Clock.systemUTC(), List::of);
  private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Shop shop;

  private ShopRig(Path folder, Map<String, String> more) throws StartException {
    shop = Shop.start(Settings.read(environment(folder, grid.baseUrl(), tonApi.baseUrl(), more)), Clock.systemUTC(), router -> {});
  }

  /** Starts a shop whose ledger is in a folder. */
  public static ShopRig start(Path folder) throws StartException {
    return start(folder, Map.of());
  }

  /** Starts a shop with settings of its own. */
  public static ShopRig start(Path folder, Map<String, String> more) throws StartException {
    return new ShopRig(folder, more);
  }

  /** Gives the settings of a shop that reaches these providers. */
  public static Map<String, String> environment(Path folder, URI tronGrid, URI tonApi, Map<String, String> more) {
    Map<String, String> environment = new HashMap<>();
    environment.put("BIND_ADDRESS", "127.0.0.1");
    environment.put("PORT", "0");
    environment.put("MANAGEMENT_PORT", "0");
    environment.put("API_KEY", API_KEY);
    environment.put("OPERATOR_KEY", OPERATOR_KEY);
    environment.put("LINK_KEY", "test-link-key-0123456789abcdef01234");
    environment.put("ALLOW_HTTP", "true");
    environment.put("TRON_WALLET", TRON_WALLET);
    environment.put("TRONGRID_URL", tronGrid.toString());
    environment.put("TON_WALLET", TON_WALLET);
    environment.put("TONAPI_URL", tonApi.toString());
    environment.put("PROVIDER_RATE", "1000");
    environment.put("WATCH_FAST", "PT0.2S");
    environment.put("WATCH_SLOW", "PT0.5S");
    environment.put("DATABASE_FILE", folder.resolve("ledger").toString());
    environment.put("RATE_LIMIT", "100000");
    environment.putAll(more);
    return environment;
  }

  public int port() {
    return shop.port();
  }

  public int managementPort() {
    return shop.managementPort();
  }

  public URI publicUrl() {
    return URI.create("http://127.0.0.1:" + shop.port());
  }

  /** Sends a request of the merchant. */
  public HttpResponse<String> api(String method, String path, String body, String... headers) {
    return send(publicUrl(), method, path, body, withKey(headers));
  }

  /** Sends a request of anybody. */
  public HttpResponse<String> anybody(String method, String path, String body, String... headers) {
    return send(publicUrl(), method, path, body, headers);
  }

  /** Sends a request to the management port. */
  public HttpResponse<String> management(String path, String... headers) {
    return send(URI.create("http://127.0.0.1:" + shop.managementPort()), "GET", path, "", headers);
  }

  private static String[] withKey(String... headers) {
    String[] all = new String[headers.length + 2];
    System.arraycopy(headers, 0, all, 2, headers.length);
    all[0] = "Authorization";
    all[1] = "Bearer " + API_KEY;
    return all;
  }

  private HttpResponse<String> send(URI base, String method, String path, String body, String... headers) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path));
    if (method.equals("POST") && !List.of(headers).contains("Content-Type")) {
      request.header("Content-Type", "application/json");
    }
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      return client.send(
          request.method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body)).build(),
          BodyHandlers.ofString());
    } catch (IOException e) {
      throw new AssertionError(method + " " + path, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** Opens an order of USDT on Tron. */
  public JsonNode open(String id, String amount) {
    String body = "{\"id\":\"" + id + "\",\"network\":\"tron\",\"asset\":\"USDT\",\"amount\":\"" + amount + "\"}";
    return json(api("POST", "/api/orders", body));
  }

  /** Gives an order as the API shows it. */
  public JsonNode order(String id) {
    return json(api("GET", "/api/orders/" + id, ""));
  }

  /** Pays, finally. */
  public void pay(String memo, String amount) {
    tron.add(transfer(memo, amount));
  }

  /** Makes a payment. */
  public ScriptedTransaction transfer(String memo, String amount) {
    return ScriptedTransaction.transfer(PAYER, TRON_WALLET, Amount.of(Asset.USDT_TRC20, new BigDecimal(amount)))
        .memo(memo)
        .at(Clock.systemUTC().instant())
        .nonce(nonce.incrementAndGet());
  }

  /** Parses an answer. */
  public static JsonNode json(HttpResponse<String> response) {
    return json(response.body());
  }

  /** Parses JSON. */
  public static JsonNode json(String text) {
    try {
      return new ObjectMapper().readTree(text);
    } catch (IOException e) {
      throw new AssertionError(text, e);
    }
  }

  @Override
  public void close() {
    client.close();
    shop.close();
    grid.close();
    tonApi.close();
  }
}
