package io.x0tta6bl4.payment.ton.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.x0tta6bl4.payment.VerifierOptions;
import io.x0tta6bl4.payment.http.Secret;
import io.x0tta6bl4.payment.spi.ActivityFeed;
import io.x0tta6bl4.payment.spi.VerifierContext;
import io.x0tta6bl4.payment.ton.TonVerifierProvider;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The feed against a server on loopback that streams what the test puts into it. */
class TonActivityFeedTest {

  private static final String SHOP = "UQDTLyLK5Wo3DIZUlbtsNRbYAEFVBKGQ6GkZgGdC16hjbI6T";
  private static final String SHOP_RAW = "0:d32f22cae56a370c865495bb6c3516d800415504a190e86919806742d7a8636c";
  private static final String OTHER = "0:3efb06834d2e61a0d9ea0bd14b60451ec763fdff70e06ddb81ecc4007132bee1";
  private static final String END = "the server ends the stream";

  private final BlockingQueue<String> hints = new LinkedBlockingQueue<>();
  private final BlockingQueue<HttpExchange> connections = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> bodies = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> streamed = new LinkedBlockingQueue<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private HttpServer server;
  private ActivityFeed feed;
  private volatile int status = 200;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::stream);
    server.start();
  }

  @AfterEach
  void stop() {
    if (feed != null) {
      feed.close();
    }
    server.stop(0);
    threads.shutdownNow();
  }

  @Test
  void subscribesToItsWalletsWithTheKeyInItsHeaderOnly() throws Exception {
    open();
    HttpExchange connection = next(connections);
    assertThat(connection.getRequestMethod()).isEqualTo("POST");
    assertThat(connection.getRequestURI()).hasToString("/streaming/v2/sse");
    assertThat(connection.getRequestHeaders().getFirst("Authorization")).isEqualTo("Bearer s3cret");
    JsonNode body = new JsonMapper().readTree(next(bodies));
    assertThat(body.get("addresses")).extracting(JsonNode::textValue).containsExactly(SHOP_RAW, OTHER);
    assertThat(body.get("types")).extracting(JsonNode::textValue).containsExactly("transactions", "jettons_change");
    assertThat(body.get("min_finality").textValue()).isEqualTo("finalized");
    assertThat(body.toString()).doesNotContain("s3cret");
  }

  @Test
  void anOpenedStreamIsAHintForAllSinceWhatHappenedBeforeIsNotTold() throws Exception {
    open();
    assertThat(hints(2)).containsExactlyInAnyOrder(SHOP, OTHER);
    assertThat(feed.isLive()).isTrue();
  }

  @Test
  void aTransactionIsAHintForItsWalletInTheSpellingThatWasGiven() throws Exception {
    open();
    hints(2);
    streamed.add("data: {\"status\":\"subscribed\"}\n\n");
    streamed.add(": keepalive\n\n");
    streamed.add("data: {\"type\":\"transactions\",\"transactions\":[{\"account\":\"" + SHOP_RAW.toUpperCase(Locale.ROOT) + "\"}]}\n\n");
    assertThat(hints(1)).containsExactly(SHOP);
  }

  @Test
  void whatCannotBeReadIsAHintForAll() throws Exception {
    open();
    hints(2);
    for (String event : List.of("no json", "{\"type\":\"jettons_change\"}", "{\"transactions\":[{\"account\":7}]}", "[[[[")) {
      streamed.add("data: " + event + "\n\n");
      assertThat(hints(2)).as(event).containsExactlyInAnyOrder(SHOP, OTHER);
    }
  }

  @Test
  void connectsAgainWhenTheStreamEnds() throws Exception {
    open();
    next(connections);
    hints(2);
    streamed.add(END);
    assertThat(hints(4)).as("one hint for the loss, one for the new stream").hasSize(4);
    next(connections);
  }

  @Test
  void connectsAgainWhenNotEvenAHeartBeatComes() throws Exception {
    open();
    next(connections);
    next(connections);
    assertThat(hints(6)).hasSize(6);
  }

  @Test
  void pollsWhileTheProviderDoesNotStream() throws Exception {
    status = 503;
    open();
    assertThat(hints(6)).hasSize(6);
    assertThat(feed.isLive()).isFalse();
  }

  @Test
  void aLineWithoutAnEndIsNotCollectedForEver() throws Exception {
    open();
    next(connections);
    hints(2);
    streamed.add("x".repeat(2 * 1024 * 1024));
    next(connections);
  }

  @Test
  void aListenerThatFailsDoesNotStopTheFeed() throws Exception {
    BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    feed =
        TonActivityFeed.open(url(), Secret.of("s3cret"), Set.of(SHOP), false,
            wallet -> {
              heard.add(wallet);
              throw new IllegalStateException("the listener's own bug");
            },
            Duration.ofSeconds(5), Duration.ofMillis(20));
    next(heard);
    streamed.add("data: {\"transactions\":[]}\n\n");
    next(heard);
  }

  @Test
  void nothingComesAfterClose() throws Exception {
    open();
    hints(2);
    feed.close();
    feed.close();
    streamed.add("data: {\"transactions\":[{\"account\":\"" + SHOP_RAW + "\"}]}\n\n");
    assertThat(hints.poll(300, TimeUnit.MILLISECONDS)).isNull();
  }

  @Test
  void theProviderOffersItOnlyWithAKey() {
    VerifierOptions options =
        VerifierOptions.of(Map.of(VerifierOptions.BASE_URL, url().toString(), VerifierOptions.ALLOW_HTTP, "true"));
    TonVerifierProvider provider = new TonVerifierProvider();
    assertThat(provider.activity(VerifierContext.of(options), Set.of(SHOP), hints::add)).isEmpty();
    VerifierContext withKey = VerifierContext.of(options.with(VerifierOptions.API_KEY, "s3cret"));
    assertThat(provider.activity(withKey, Set.of(SHOP), hints::add)).hasValueSatisfying(ActivityFeed::close);
    assertThatThrownBy(() -> provider.activity(withKey, Set.of("shop"), hints::add))
        .isInstanceOf(IllegalArgumentException.class);
    VerifierContext plain = VerifierContext.of(options.with(VerifierOptions.ALLOW_HTTP, "false"));
    assertThatThrownBy(() -> provider.activity(plain, Set.of(SHOP), hints::add))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private void open() {
    Set<String> wallets = new LinkedHashSet<>(List.of(SHOP, OTHER));
    feed = TonActivityFeed.open(
        url(), Secret.of("s3cret"), wallets, false, hints::add, Duration.ofSeconds(1), Duration.ofMillis(20));
  }

  private URI url() {
    return URI.create("http://localhost:" + server.getAddress().getPort());
  }

  private void stream(HttpExchange exchange) throws IOException {
    bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    connections.add(exchange);
    exchange.sendResponseHeaders(status, status == 200 ? 0 : -1);
    if (status != 200) {
      exchange.close();
      return;
    }
    try (OutputStream out = exchange.getResponseBody()) {
      out.flush();
      for (String next = streamed.take(); !next.equals(END); next = streamed.take()) {
        out.write(next.getBytes(StandardCharsets.UTF_8));
        out.flush();
      }
    } catch (IOException | InterruptedException e) {
      // The client has gone, or the test has ended.
    }
  }

  private List<String> hints(int count) throws InterruptedException {
    List<String> heard = new ArrayList<>();
    while (heard.size() < count) {
      heard.add(next(hints));
    }
    return heard;
  }

  private static <T> T next(BlockingQueue<T> queue) throws InterruptedException {
    T next = queue.poll(20, TimeUnit.SECONDS);
    assertThat(next).as("nothing came in time").isNotNull();
    return next;
  }
}
