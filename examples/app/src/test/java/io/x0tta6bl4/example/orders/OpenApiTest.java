package io.x0tta6bl4.example.orders;

import static io.x0tta6bl4.example.shop.ShopRig.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.x0tta6bl4.example.shop.ShopRig;
import io.x0tta6bl4.example.shop.StartException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The document against the shop as it runs: what it says is so. */
class OpenApiTest {

  private static final String ORDER = "{\"id\":\"API-1\",\"network\":\"tron\",\"asset\":\"USDT\",\"amount\":\"25\"}";

  @TempDir static Path folder;
  private static ShopRig shop;
  private static JsonNode document;

  @BeforeAll
  static void start() throws StartException {
    shop = ShopRig.start(folder);
    document = json(shop.anybody("GET", "/api/openapi.json", ""));
  }

  @AfterAll
  static void stop() {
    shop.close();
  }

  @Test
  void namesEveryRouteOfTheApiAndNoOther() {
    List<String> documented = new ArrayList<>();
    document.path("paths").properties().forEach(path -> path.getValue().fieldNames().forEachRemaining(method -> {
      if (!method.equals("parameters")) {
        documented.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey());
      }
    }));
    // A method that no route has is refused with those that it has.
    Map<String, String> allowed = new TreeMap<>();
    document.path("paths").fieldNames().forEachRemaining(path -> {
      HttpResponse<String> refusal = shop.api("PATCH", path.replace("{id}", "API-1"), "");
      assertThat(refusal.statusCode()).isEqualTo(405);
      allowed.put(path, refusal.headers().firstValue("Allow").orElseThrow());
    });
    List<String> served = new ArrayList<>();
    allowed.forEach((path, methods) -> {
      for (String method : methods.split(", ", -1)) {
        if (!method.equals("HEAD") && !method.equals("OPTIONS")) {
          served.add(method + " " + path);
        }
      }
    });
    assertThat(documented).containsExactlyInAnyOrderElementsOf(served);
  }

  @Test
  void describesTheAnswersAsTheyAre() {
    check("post", "/api/orders", shop.api("POST", "/api/orders", ORDER));
    check("get", "/api/orders/{id}", shop.api("GET", "/api/orders/API-1", ""));
    check("post", "/api/orders", shop.api("POST", "/api/orders", "{}"));
    check("post", "/api/orders", shop.anybody("POST", "/api/orders", ORDER));
    check("post", "/api/orders", shop.api("POST", "/api/orders", ORDER.replace("25", "26")));
    check("get", "/api/orders/{id}", shop.api("GET", "/api/orders/UNKNOWN", ""));
    shop.pay("API-1", "25");
    HttpResponse<String> events = shop.api("GET", "/api/orders/API-1/events", "");
    events.body().lines().filter(line -> line.startsWith("data: ")).forEach(
        line -> Schemas.check(document, "#/components/schemas/Order", json(line.substring(6))));
    check("get", "/api/orders/{id}", shop.api("GET", "/api/orders/API-1", ""));
    check("delete", "/api/orders/{id}", shop.api("DELETE", "/api/orders/API-1", ""));
  }

  private static void check(String method, String path, HttpResponse<String> answer) {
    JsonNode response = document.path("paths").path(path).path(method).path("responses").path(Integer.toString(answer.statusCode()));
    assertThat(response.isMissingNode()).as("%s %s may answer %s", method, path, answer.statusCode()).isFalse();
    JsonNode described = Schemas.resolve(document, response);
    String type = answer.headers().firstValue("Content-Type").orElseThrow();
    JsonNode schema = described.path("content").path(type).path("schema");
    assertThat(schema.isMissingNode()).as("%s %s may answer with %s", method, path, type).isFalse();
    Schemas.check(document, schema.path("$ref").asText(), json(answer));
  }
}
