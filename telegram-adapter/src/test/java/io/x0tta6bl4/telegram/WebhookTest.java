package io.x0tta6bl4.telegram;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.x0tta6bl4.payment.http.Secret;
import io.x0tta6bl4.simulator.telegram.FakeTelegram.Fault;
import io.x0tta6bl4.simulator.telegram.FakeWebhook;
import io.x0tta6bl4.telegram.internal.intake.Intake;
import io.x0tta6bl4.telegram.internal.store.Updates;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The way in by webhook, against the rules by which the real server delivers. */
class WebhookTest {

  private static final String SECRET = "webhook-secret-0123456789";
  private static final long BUYER = 7;

  private final ShopRig shop = new ShopRig();
  private final WebhookHandler handler = shop.bot.webhook(ShopRig.SECRETS);

  private int status(String method, String contentType, String secret, String body) throws IOException {
    return handler.handle(method, contentType, secret, new ByteArrayInputStream(body.getBytes(UTF_8))).status();
  }

  private int post(String body) throws IOException {
    return status("POST", "application/json", SECRET, body);
  }

  @Test
  void storesAnUpdate() throws Exception {
    assertThat(post("{\"update_id\":1}")).isEqualTo(200);
    assertThat(post("{\"update_id\":1}")).as("again").isEqualTo(200);
    assertThat(status("POST", "application/json; charset=utf-8", SECRET, "{\"update_id\":2}")).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "{", "[]", "7", "null", "\"x\"", "{}", "{\"update_id\":\"1\"}", "{\"update_id\":1.5}", "{\"update_id\":1}{}", "{\"update_id\":9223372036854775808}"})
  void refusesWhatIsNoUpdate(String body) throws Exception {
    assertThat(post(body)).isEqualTo(400);
  }

  @ParameterizedTest
  @CsvSource({"GET, 405", "PUT, 405", "post, 405"})
  void refusesOtherMethods(String method, int expected) throws Exception {
    assertThat(status(method, "application/json", SECRET, "{\"update_id\":1}")).isEqualTo(expected);
  }

  @Test
  void refusesOtherContentTypes() throws Exception {
    assertThat(status("POST", null, SECRET, "{\"update_id\":1}")).isEqualTo(415);
    assertThat(status("POST", "text/plain", SECRET, "{\"update_id\":1}")).isEqualTo(415);
    assertThat(status("POST", "application/jsonp", SECRET, "{\"update_id\":1}")).isEqualTo(415);
  }

  @Test
  void refusesWhoeverDoesNotKnowTheSecretWithoutReadingWhatHeSends() throws Exception {
    InputStream unread =
        new InputStream() {
          @Override
          public int read() {
            throw new AssertionError("the body was read");
          }
        };
    for (String secret : new String[] {null, "", "x", SECRET + "x", SECRET.toUpperCase(Locale.ROOT)}) {
      assertThat(handler.handle("POST", "application/json", secret, unread).status()).isEqualTo(401);
    }
  }

  @Test
  void takesTheFormerSecretDuringARotation() throws Exception {
    WebhookHandler rotating =
        shop.bot.webhook(WebhookSecrets.rotating(Secret.of("new-secret-0123456789"), Secret.of(SECRET)));
    for (String secret : List.of("new-secret-0123456789", SECRET)) {
      assertThat(
              rotating
                  .handle("POST", "application/json", secret, new ByteArrayInputStream("{\"update_id\":1}".getBytes(UTF_8)))
                  .status())
          .isEqualTo(200);
    }
  }

  @Test
  void readsNoMoreThanAMebibyte() throws Exception {
    String padding = "x".repeat(WebhookHandler.MAX_BODY_BYTES);
    AtomicInteger read = new AtomicInteger();
    InputStream endless =
        new InputStream() {
          @Override
          public int read() {
            read.incrementAndGet();
            return 'x';
          }
        };
    assertThat(post("{\"update_id\":1,\"x\":\"" + padding + "\"}")).isEqualTo(413);
    assertThat(handler.handle("POST", "application/json", SECRET, endless).status()).isEqualTo(413);
    assertThat(read.get()).isLessThan(WebhookHandler.MAX_BODY_BYTES + 10_000);
  }

  @Test
  void updatesOfAChatComeInOrderAndAreLostByNoFailure() throws Exception {
    shop.withWebhook();
    shop.open("ORD-1", "25");
    AtomicInteger refusals = new AtomicInteger(4);
    shop.telegram
        .webhook()
        .target(
            (type, secret, body) ->
                refusals.getAndDecrement() > 0
                    ? new FakeWebhook.Reply(500, null)
                    : WebhookLeg.of(handler).post(type, secret, body));
    shop.telegram.write(BUYER, "en", "/start " + shop.payload("ORD-1"));
    shop.telegram.write(BUYER, "en", "/cancel");
    shop.run(Duration.ofSeconds(14));
    assertThat(shop.chat(BUYER)).as("1 + 2 + 4 + 8 seconds have not passed").isEmpty();
    shop.run(Duration.ofSeconds(10));
    assertThat(shop.last(BUYER).text).contains("Cancel this order?");
    assertThat(shop.telegram.webhook().posts).hasSize(6);
    assertThat(shop.telegram.webhook().pending()).isZero();
  }

  @Test
  void aStoreThatFailsIsAnsweredSoThatTelegramSendsAgainSoon() {
    // In the JDBC store a failure is thrown; here the handler is given an intake that throws.
    WebhookHandler failing =
        new WebhookHandler(
            ShopRig.SECRETS,
            new Intake(
                new FailingUpdates(), shop.time, TelegramObserver.NONE, () -> {}),
            TelegramObserver.NONE);
    assertThat(answer(failing)).isEqualTo(new WebhookHandler.Answer(503, Duration.ofSeconds(1)));
  }

  private static WebhookHandler.Answer answer(WebhookHandler handler) {
    try {
      return handler.handle("POST", "application/json", SECRET, new ByteArrayInputStream("{\"update_id\":1}".getBytes(UTF_8)));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static final class FailingUpdates implements Updates {
    private static StoreException failure() {
      return new StoreException("could not store", new IOException("disk full"));
    }

    @Override
    public boolean add(long id, String json, long queue, Instant now) {
      throw failure();
    }

    @Override
    public List<Taken> take(Instant now, Instant until, int limit) {
      throw failure();
    }

    @Override
    public void done(long id) {
      throw failure();
    }

    @Override
    public void failed(long id, Instant retryAt) {
      throw failure();
    }

    @Override
    public void setAside(long id) {
      throw failure();
    }

    @Override
    public int purge(Instant before) {
      throw failure();
    }
  }

  @Test
  void afterAWeekTheNumbersOfUpdatesMayBeAnything() throws Exception {
    shop.withWebhook();
    shop.open("ORD-1", "25");
    shop.telegram.write(BUYER, "en", "/help");
    shop.run(Duration.ofSeconds(2));
    shop.telegram.jumpTo(5);
    shop.start(BUYER, "en", "ORD-1");
    assertThat(shop.last(BUYER).text).startsWith("Order ORD-1");
  }

  @Test
  void theWebhookIsSetOnceAndNeverDeleted() throws Exception {
    assertThat(shop.bot.registerWebhook(ShopRig.URL, ShopRig.SECRETS, 40)).isTrue();
    assertThat(shop.bot.registerWebhook(ShopRig.URL, ShopRig.SECRETS, 40)).isFalse();
    shop.bot.close();
    shop.restart();
    assertThat(shop.bot.registerWebhook(ShopRig.URL, ShopRig.SECRETS, 40)).isFalse();
    assertThat(shop.telegram.calls("setWebhook")).hasSize(1);
    assertThat(shop.telegram.calls("deleteWebhook")).isEmpty();
    assertThat(shop.bot.registerWebhook(ShopRig.URL, ShopRig.SECRETS, 10)).as("other settings").isTrue();
    assertThat(shop.bot.registerWebhook(URI.create("https://other.example/x"), ShopRig.SECRETS, 10)).isTrue();
  }

  @Test
  void aNewSecretIsSetAlthoughTelegramTellsNoDifference() throws Exception {
    Secret first = Secret.of("first-secret-0123456789");
    Secret second = Secret.of("second-secret-0123456789");
    assertThat(shop.bot.registerWebhook(ShopRig.URL, WebhookSecrets.of(first), 40)).isTrue();
    assertThat(shop.bot.registerWebhook(ShopRig.URL, WebhookSecrets.rotating(second, first), 40)).isTrue();
    assertThat(shop.bot.registerWebhook(ShopRig.URL, WebhookSecrets.rotating(second, first), 40)).isFalse();
    assertThat(shop.bot.registerWebhook(ShopRig.URL, WebhookSecrets.rotating(first, second), 40)).as("and back").isTrue();
  }

  @Test
  void waitsWhereTelegramAsksForItAndTriesAgainAfterAFailure() throws Exception {
    shop.telegram.retryAfter(1);
    shop.telegram.fail("setWebhook", Fault.TOO_MANY);
    assertThat(shop.bot.registerWebhook(ShopRig.URL, ShopRig.SECRETS, 40)).isTrue();
    assertThatThrownBy(() -> shop.bot.registerWebhook(URI.create("https://a.example:9000/"), ShopRig.SECRETS, 40))
        .isInstanceOf(BotApiException.class)
        .hasMessageContaining("only on ports");
    Secret next = Secret.of("second-secret-0123456789");
    shop.telegram.fail("setWebhook", Fault.BAD_GATEWAY_BEFORE);
    assertThatThrownBy(() -> shop.bot.registerWebhook(ShopRig.URL, WebhookSecrets.of(next), 40))
        .isInstanceOf(BotApiException.class);
    assertThat(shop.bot.registerWebhook(ShopRig.URL, WebhookSecrets.of(next), 40)).isTrue();
  }

  @Test
  void theEmbeddedServerSpeaksHttp() throws Exception {
    InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    try (WebhookServer server = WebhookServer.start(any, "/telegram", handler)) {
      HttpClient client = HttpClient.newHttpClient();
      String base = "http://127.0.0.1:" + server.address().getPort();
      assertThat(send(client, base + "/telegram", SECRET)).isEqualTo(200);
      assertThat(send(client, base + "/telegram", "wrong")).isEqualTo(401);
      assertThat(send(client, base + "/telegram/more", SECRET)).isEqualTo(404);
      assertThat(send(client, base + "/", SECRET)).isEqualTo(404);
    }
  }

  private static int send(HttpClient client, String uri, String secret) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(uri))
            .header("Content-Type", "application/json")
            .header(WebhookHandler.SECRET_HEADER, secret)
            .POST(HttpRequest.BodyPublishers.ofString("{\"update_id\":1}"))
            .build();
    return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
  }
}
