package io.x0tta6bl4.example.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.x0tta6bl4.payment.http.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Uses the shop's order API as a merchant's program does: over HTTP. Thread-safe. */
final class ShopClient implements AutoCloseable {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI base;
  private final Secret key;

  /**
   * A client.
   *
   * @param base of the public port
   * @param key of the API
   */
  ShopClient(URI base, Secret key) {
    this.base = base;
    this.key = key;
  }

  /**
   * Opens an order.
   *
   * @param plan what it is for
   * @return the order as the API shows it
   * @throws InterruptedException if interrupted
   */
  JsonNode open(Case plan) throws InterruptedException {
    ObjectNode order = MAPPER.createObjectNode();
    order.put("id", plan.orderId()).put("network", plan.coin().network()).put("asset", plan.coin().asset());
    order.put("amount", plan.amount().toPlainString());
    HttpRequest request =
        request("/api/orders")
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", "demo-" + plan.orderId())
            .POST(BodyPublishers.ofString(order.toString()))
            .build();
    return send(request, 201);
  }

  /**
   * Asks for an order.
   *
   * @param id the order's
   * @return the order as the API shows it
   * @throws InterruptedException if interrupted
   */
  JsonNode find(String id) throws InterruptedException {
    return send(request("/api/orders/" + id).GET().build(), 200);
  }

  /**
   * Calls an order off.
   *
   * @param id the order's
   * @return the order as the API shows it
   * @throws InterruptedException if interrupted
   */
  JsonNode cancel(String id) throws InterruptedException {
    return send(request("/api/orders/" + id).DELETE().build(), 200);
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(base.resolve(path)).timeout(TIMEOUT).header("Authorization", "Bearer " + key.reveal());
  }

  private JsonNode send(HttpRequest request, int expected) throws InterruptedException {
    try {
      var response = client.send(request, BodyHandlers.ofString());
      if (response.statusCode() != expected) {
        throw new IllegalStateException(
            request.method() + " " + request.uri().getPath() + " answered " + response.statusCode() + ": " + response.body()
                + "; expected " + expected);
      }
      return MAPPER.readTree(response.body());
    } catch (IOException e) {
      throw new UncheckedIOException(request.method() + " " + request.uri().getPath() + " failed", e);
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
