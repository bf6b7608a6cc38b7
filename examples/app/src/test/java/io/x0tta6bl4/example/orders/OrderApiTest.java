package io.x0tta6bl4.example.orders;

import static io.x0tta6bl4.example.shop.ShopRig.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.x0tta6bl4.example.shop.ShopRig;
import io.x0tta6bl4.example.shop.StartException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The order API over HTTP, against the shop as it runs. */
class OrderApiTest {

  private static final String TON_ORDER = "{\"network\":\"ton\",\"asset\":\"TON\",\"amount\":\"1.5\"}";

  @TempDir static Path folder;
  private static ShopRig shop;

  @BeforeAll
  static void start() throws StartException {
    shop = ShopRig.start(folder);
  }

  @AfterAll
  static void stop() {
    shop.close();
  }

  @Test
  void opensAnOrderAndShowsIt() {
    HttpResponse<String> opened =
        shop.api("POST", "/api/orders", "{\"id\":\"ORD-1\",\"network\":\"tron\",\"asset\":\"USDT\",\"amount\":\"25.50\"}");
    assertThat(opened.statusCode()).isEqualTo(201);
    assertThat(opened.headers().firstValue("Location")).hasValue("/api/orders/ORD-1");
    JsonNode order = json(opened);
    assertThat(order.path("status").asText()).isEqualTo("waiting");
    assertThat(order.path("amount").asText()).isEqualTo("25.500000");
    assertThat(order.path("missing").asText()).isEqualTo("25.500000");
    assertThat(order.path("wallet").asText()).isEqualTo(ShopRig.TRON_WALLET);
    assertThat(order.path("memo").asText()).isEqualTo("ORD-1");
    assertThat(shop.order("ORD-1")).isEqualTo(order);
  }

  @Test
  void makesAnIdThatABuyerCanType() {
    JsonNode order = json(shop.api("POST", "/api/orders", TON_ORDER));
    assertThat(order.path("id").asText()).matches("[0-9A-HJKMNP-TV-Z]{12}");
    assertThat(order.path("wallet_url").asText()).contains("amount=1500000000").contains(order.path("id").asText());
  }

  @Test
  void givesTheSameAnswerToTheSameRequest() {
    HttpResponse<String> first = shop.api("POST", "/api/orders", TON_ORDER, "Idempotency-Key", "key-1");
    HttpResponse<String> second = shop.api("POST", "/api/orders", TON_ORDER, "Idempotency-Key", "key-1");
    assertThat(first.statusCode()).isEqualTo(201);
    assertThat(second.statusCode()).isEqualTo(200);
    assertThat(second.headers().firstValue("Idempotent-Replayed")).hasValue("true");
    assertThat(json(second)).isEqualTo(json(first));
  }

  @Test
  void opensOneOrderForRequestsOfOneKeyThatComeAtOnce() {
    List<CompletableFuture<String>> answers =
        IntStream.range(0, 8)
            .mapToObj(
                i ->
                    CompletableFuture.supplyAsync(
                        () -> json(shop.api("POST", "/api/orders", TON_ORDER, "Idempotency-Key", "key-2")).path("id").asText()))
            .toList();
    assertThat(answers.stream().map(CompletableFuture::join)).hasSize(8).containsOnly(answers.getFirst().join());
  }

  @Test
  void refusesAKeyThatWasUsedForAnotherRequest() {
    shop.api("POST", "/api/orders", TON_ORDER, "Idempotency-Key", "key-3");
    HttpResponse<String> other =
        shop.api("POST", "/api/orders", TON_ORDER.replace("1.5", "1.6"), "Idempotency-Key", "key-3");
    assertThat(other.statusCode()).isEqualTo(422);
  }

  @Test
  void doesNotUseAKeyUpForARequestThatIsWrong() {
    shop.api("POST", "/api/orders", TON_ORDER.replace("1.5", "much"), "Idempotency-Key", "key-4");
    assertThat(shop.api("POST", "/api/orders", TON_ORDER, "Idempotency-Key", "key-4").statusCode()).isEqualTo(201);
  }

  @Test
  void refusesAnIdThatIsKnownWithOtherContent() {
    shop.open("ORD-2", "25");
    HttpResponse<String> again =
        shop.api("POST", "/api/orders", "{\"id\":\"ORD-2\",\"network\":\"tron\",\"asset\":\"USDT\",\"amount\":\"26\"}");
    assertThat(again.statusCode()).isEqualTo(409);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"network":"tron","asset":"USDT"}                                    | amount is missing
          {"network":"tron","asset":"USDT","amount":25}                        | a string, since a JSON number
          {"network":"tron","asset":"USDT","amount":"-1"}                      | amount '-1': expected a decimal string
          {"network":"tron","asset":"USDT","amount":"1e3"}                     | amount '1e3': expected a decimal string
          {"network":"tron","asset":"USDT","amount":"0"}                       | 0
          {"network":"tron","asset":"USDT","amount":"1.0000001"}               | 1.0000001
          {"network":"btc","asset":"BTC","amount":"1"}                         | network 'btc': expected one of [ton, tron]
          {"network":"tron","asset":"DOGE","amount":"1"}                       | DOGE
          {"network":"tron","asset":"USDT","amount":"1","wallet":"T"}          | unknown fields [wallet]
          {"network":"tron","asset":"USDT","amount":"1","amount":"2"}          | Duplicate field
          {"network":"tron","asset":"USDT","amount":"1","id":"a b"}            | id 'a b': expected 3 to 42 characters
          {"network":"tron","asset":"USDT","amount":"1","match":"address"}     | match 'address': expected memo or amount
          {"network":"tron","asset":"USDT","amount":"1","tolerance":"1.5"}     | 1.5
          {"network":"tron","asset":"USDT","amount":"1","expires_in":"P40D"}   | expires_in 'P40D'
          {"network":"tron","asset":"USDT","amount":"1"} x                     | the body is no JSON
          [[[[[[[[[[1]]]]]]]]]]                                                | the body is no JSON
          "text"                                                               | expected one with network
          """)
  void namesWhatIsWrong(String body, String complaint) {
    HttpResponse<String> answer = shop.api("POST", "/api/orders", body);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(json(answer).path("detail").asText()).contains(complaint);
  }

  @Test
  void asksForJson() {
    assertThat(shop.api("POST", "/api/orders", TON_ORDER, "Content-Type", "text/plain").statusCode()).isEqualTo(415);
    assertThat(shop.api("POST", "/api/orders", TON_ORDER, "Content-Type", "Application/JSON; charset=utf-8").statusCode())
        .isEqualTo(201);
    assertThat(shop.api("POST", "/api/orders", "a=b").statusCode()).isEqualTo(400);
  }

  @Test
  void saysThatAnOrderIsNotKnown() {
    assertThat(shop.api("GET", "/api/orders/NOPE", "").statusCode()).isEqualTo(404);
    assertThat(shop.api("DELETE", "/api/orders/NOPE", "").statusCode()).isEqualTo(404);
    assertThat(shop.api("GET", "/api/orders/NOPE/events", "").statusCode()).isEqualTo(404);
  }

  @Test
  void tellsThatNothingChanged() {
    shop.open("ORD-3", "25");
    HttpResponse<String> first = shop.api("GET", "/api/orders/ORD-3", "");
    String tag = first.headers().firstValue("ETag").orElseThrow();
    assertThat(shop.api("GET", "/api/orders/ORD-3", "", "If-None-Match", tag).statusCode()).isEqualTo(304);
  }

  @Test
  void callsAnOrderOffTwiceAndAPaidOneNever() {
    shop.open("ORD-4", "25");
    assertThat(json(shop.api("DELETE", "/api/orders/ORD-4", "")).path("status").asText()).isEqualTo("cancelled");
    assertThat(shop.api("DELETE", "/api/orders/ORD-4", "").statusCode()).isEqualTo(200);
    shop.open("ORD-5", "25");
    shop.pay("ORD-5", "25");
    // The stream ends when the order is paid.
    shop.api("GET", "/api/orders/ORD-5/events", "");
    HttpResponse<String> late = shop.api("DELETE", "/api/orders/ORD-5", "");
    assertThat(late.statusCode()).isEqualTo(409);
    assertThat(json(late).path("detail").asText()).contains("is paid");
  }

  @Test
  void showsWhatIsTooMuchAndAsksForNoMore() throws InterruptedException {
    shop.open("ORD-7", "25");
    shop.open("ORD-8", "25");
    CompletableFuture<HttpResponse<String>> other =
        CompletableFuture.supplyAsync(() -> shop.api("GET", "/api/orders/ORD-8/events", ""));
    CompletableFuture<HttpResponse<String>> stream =
        CompletableFuture.supplyAsync(() -> shop.api("GET", "/api/orders/ORD-7/events", ""));
    shop.pay("ORD-7", "30");
    while (shop.order("ORD-7").path("status").asText().equals("waiting")) {
      Thread.sleep(20);
    }
    JsonNode order = shop.order("ORD-7");
    assertThat(order.path("status").asText()).isEqualTo("overpaid");
    assertThat(order.path("received").asText()).isEqualTo("30.000000");
    assertThat(order.path("missing").asText()).isEqualTo("0.000000");
    assertThat(order.path("wallet_url").isNull()).isTrue();
    String page = URI.create(order.path("checkout_url").asText()).getRawPath();
    assertThat(shop.anybody("GET", page, "").body())
        .contains("More has arrived than was asked")
        .doesNotContain(ShopRig.TRON_WALLET);

    shop.pay("ORD-8", "25");
    assertThat(other.join().body()).as("the live page of another order").contains("\"status\":\"paid\"");
    shop.api("DELETE", "/api/orders/ORD-7", "");
    assertThat(stream.join().body()).contains("\"status\":\"overpaid\"", "\"status\":\"cancelled\"");
  }

  @Test
  void followsAnOrderUntilItIsPaid() {
    shop.open("ORD-6", "25");
    CompletableFuture<HttpResponse<String>> stream =
        CompletableFuture.supplyAsync(() -> shop.api("GET", "/api/orders/ORD-6/events", ""));
    shop.pay("ORD-6", "10");
    shop.pay("ORD-6", "15");
    HttpResponse<String> events = stream.join();
    assertThat(events.headers().firstValue("Content-Type")).hasValue("text/event-stream");
    List<String> data = events.body().lines().filter(line -> line.startsWith("data: ")).map(line -> line.substring(6)).toList();
    assertThat(json(data.getFirst()).path("id").asText()).isEqualTo("ORD-6");
    JsonNode last = json(data.getLast());
    assertThat(last.path("status").asText()).isEqualTo("paid");
    assertThat(last.path("received").asText()).isEqualTo("25.000000");
    assertThat(last.path("payments")).hasSize(2);
    String version = last.path("version").asText();
    assertThat(events.body()).contains("id: " + version + "\n");
    assertThat(shop.api("GET", "/api/orders/ORD-6/events", "", "Last-Event-ID", version).statusCode()).isEqualTo(204);
  }
}
