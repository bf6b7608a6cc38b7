package io.x0tta6bl4.payment.http;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import io.x0tta6bl4.payment.MalformedReplyException;
import io.x0tta6bl4.payment.PaymentException;
import io.x0tta6bl4.payment.ProviderUnavailableException;
import io.x0tta6bl4.payment.RateLimitedException;
import io.x0tta6bl4.payment.UnauthorizedException;
import io.x0tta6bl4.payment.VerifierOptions;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The client with its real transport against real sockets. */
@Timeout(60)
class ApiClientOverHttpTest {

  private static final String KEY = "3f1d0c2b-key-9e77";
  private static final Duration LENIENT = Duration.ofSeconds(15);
  private static final ReplyReader<JsonValue> AS_TREE = body -> Json.tree("tron", body);
  private static WireMockServer provider;
  private static WireMockServer other;

  private ApiClient client;

  @BeforeAll
  static void start() {
    provider = new WireMockServer(WireMockConfiguration.options().bindAddress("127.0.0.1").dynamicPort());
    other = new WireMockServer(WireMockConfiguration.options().bindAddress("127.0.0.1").dynamicPort());
    provider.start();
    other.start();
  }

  @AfterAll
  static void stop() {
    provider.stop();
    other.stop();
  }

  @BeforeEach
  void reset() {
    provider.resetAll();
    other.resetAll();
  }

  @AfterEach
  void close() {
    Thread.interrupted();
    if (client != null) {
      client.close();
    }
  }

  private ApiClient clientOf(URI base, int maxRetries) {
    client =
        ApiClient.builder("tron", base)
            .options(
                VerifierOptions.none()
                    .with(VerifierOptions.ALLOW_HTTP, "true")
                    .with(VerifierOptions.MAX_RETRIES, "" + maxRetries))
            .key("X-Key", "Bearer ", Secret.of(KEY))
            .limit(1_000, Duration.ofSeconds(1))
            .ticker(new OwnTicker())
            .build();
    return client;
  }

  /** The system's time under another identity, so that no test shares its limiter with another. */
  private static final class OwnTicker implements Ticker {

    @Override
    public long nanoTime() {
      return Ticker.system().nanoTime();
    }

    @Override
    public void sleep(Duration duration) throws InterruptedException {
      Ticker.system().sleep(duration);
    }
  }

  private ApiClient clientOfProvider(int maxRetries) {
    return clientOf(URI.create("http://127.0.0.1:" + provider.port()), maxRetries);
  }

  private static Deadline in(Duration duration) {
    return Deadline.after(duration, Ticker.system());
  }

  private static PaymentException failure(ApiClient client, Duration deadline) {
    long start = System.nanoTime();
    PaymentException e =
        catchThrowableOfType(PaymentException.class, () -> client.get(ApiRequest.get("/v1/x"), in(deadline), AS_TREE));
    assertThat(e).as("a failure").isNotNull();
    assertThat(Duration.ofNanos(System.nanoTime() - start)).as("ends by its deadline").isLessThan(deadline.plus(LENIENT));
    Leaks.assertNowhereIn(e, KEY);
    return e;
  }

  @Test
  void asksAndReads() {
    provider.stubFor(get(urlEqualTo("/v1/x?limit=2")).withHeader("X-Key", equalTo("Bearer " + KEY))
        .willReturn(okJson("{\"a\":[1,2]}")));

    JsonValue root =
        clientOfProvider(0).get(ApiRequest.get("/v1/x").query("limit", 2), in(Duration.ofSeconds(30)), AS_TREE);

    assertThat(root.at("a").elements()).hasSize(2);
  }

  @Test
  void row76_anAddressFullOfPathStepsStaysOneSegment() {
    provider.stubFor(any(anyUrl()).willReturn(okJson("{}")));

    clientOfProvider(0).get(ApiRequest.get("/v1/accounts/{}/x", "../../admin?a=b#c"), in(Duration.ofSeconds(30)), AS_TREE);

    provider.verify(getRequestedFor(urlEqualTo("/v1/accounts/..%2F..%2Fadmin%3Fa%3Db%23c/x")));
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void row66_neverFollowsARedirectSoThatTheKeyGoesNowhereElse(int status) {
    String elsewhere = "http://127.0.0.1:" + other.port() + "/steal";
    provider.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(status).withHeader("Location", elsewhere)));
    other.stubFor(any(anyUrl()).willReturn(okJson("{}")));

    PaymentException e = failure(clientOfProvider(3), Duration.ofSeconds(20));

    assertThat(e).isInstanceOf(ProviderUnavailableException.class);
    assertThat(e.httpStatus()).hasValue(status);
    assertThat(e.retryable()).isFalse();
    assertThat(other.getAllServeEvents()).isEmpty();
    assertThat(provider.getAllServeEvents()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403})
  void row68_aRefusedKeyIsToldWithoutTheKeyThoughTheServerEchoesIt(int status) {
    provider.stubFor(
        any(anyUrl())
            .willReturn(
                aResponse().withStatus(status).withStatusMessage("bad " + KEY).withHeader("X-Echo", KEY)
                    .withBody("no: " + KEY)));

    assertThat(failure(clientOfProvider(3), Duration.ofSeconds(20)))
        .isInstanceOf(UnauthorizedException.class)
        .hasMessage("tron: no: *** (HTTP " + status + ")");
  }

  @Test
  void row68_aStatusLineThatEchoesTheKeyIsNotShown() {
    try (RawServer server = RawServer.writing("HTTP/1.1 " + KEY + " " + KEY + "\r\n\r\n")) {
      assertThat(failure(clientOf(server.uri(), 0), Duration.ofSeconds(5))).isInstanceOf(ProviderUnavailableException.class);
    }
  }

  @Test
  void row72_aLimitIsWaitedForAndTheAnswerRead() {
    provider.stubFor(
        any(anyUrl()).inScenario("limit").whenScenarioStateIs(Scenario.STARTED).willReturn(
            aResponse().withStatus(429).withHeader("Retry-After", "1")).willSetStateTo("open"));
    provider.stubFor(any(anyUrl()).inScenario("limit").whenScenarioStateIs("open").willReturn(okJson("{}")));

    long start = System.nanoTime();
    clientOfProvider(3).get(ApiRequest.get("/v1/x"), in(Duration.ofSeconds(30)), AS_TREE);

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
    assertThat(provider.getAllServeEvents()).hasSize(2);
  }

  @Test
  void row72_aLimitBeyondTheDeadlineIsToldAtOnce() {
    provider.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(429).withHeader("Retry-After", "600")));

    PaymentException e = failure(clientOfProvider(3), Duration.ofSeconds(5));

    assertThat(e).isInstanceOf(RateLimitedException.class);
    assertThat(e.retryAfter()).contains(Duration.ofSeconds(600));
    assertThat(provider.getAllServeEvents()).hasSize(1);
  }

  @Test
  void row63_halfAJsonIsMalformed() {
    provider.stubFor(any(anyUrl()).willReturn(okJson("{\"data\":[{\"transaction_id\":\"01")));

    PaymentException e = failure(clientOfProvider(1), Duration.ofSeconds(20));

    assertThat(e).isInstanceOf(MalformedReplyException.class);
    assertThat(e.retryable()).isTrue();
    assertThat(e.getSuppressed()).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  void everyFaultOfTheConnectionIsUnavailableAndTriedAgain(Fault fault) {
    provider.stubFor(any(anyUrl()).willReturn(aResponse().withFault(fault)));

    PaymentException e = failure(clientOfProvider(1), Duration.ofSeconds(20));

    assertThat(e).isInstanceOf(PaymentException.class);
    assertThat(e.retryable()).isTrue();
    assertThat(provider.getAllServeEvents()).hasSizeGreaterThanOrEqualTo(2);
  }

  @Test
  void aServerThatHangsIsUnavailableAtTheDeadline() {
    RawServer[] self = new RawServer[1];
    try (RawServer server = new RawServer((socket, out) -> self[0].hang())) {
      self[0] = server;

      PaymentException e = failure(clientOf(server.uri(), 5), Duration.ofSeconds(1));

      assertThat(e).isInstanceOf(ProviderUnavailableException.class);
    }
  }

  @Test
  void aServerThatDripsIsUnavailableAtTheDeadline() {
    provider.stubFor(
        any(anyUrl()).willReturn(okJson("{\"a\":\"" + "x".repeat(500) + "\"}").withChunkedDribbleDelay(100, 30_000)));

    PaymentException e = failure(clientOfProvider(5), Duration.ofSeconds(1));

    assertThat(e).isInstanceOf(ProviderUnavailableException.class);
  }

  @Test
  void aServerThatRecoversIsAskedAgain() {
    provider.stubFor(
        any(anyUrl()).inScenario("s").whenScenarioStateIs(Scenario.STARTED).willReturn(
            aResponse().withStatus(503).withBody("<html>Service unavailable</html>")).willSetStateTo("second"));
    provider.stubFor(
        any(anyUrl()).inScenario("s").whenScenarioStateIs("second").willReturn(
            aResponse().withFault(Fault.EMPTY_RESPONSE)).willSetStateTo("third"));
    provider.stubFor(any(anyUrl()).inScenario("s").whenScenarioStateIs("third").willReturn(okJson("{\"a\":1}")));

    JsonValue root = clientOfProvider(5).get(ApiRequest.get("/v1/x"), in(Duration.ofSeconds(30)), AS_TREE);

    assertThat(root.at("a").longNumber()).isEqualTo(1);
  }

  @Test
  void row80_anInterruptEndsACallAtOnceWithTheFlagSet() throws InterruptedException {
    RawServer[] self = new RawServer[1];
    CountDownLatch asked = new CountDownLatch(1);
    AtomicReference<PaymentException> end = new AtomicReference<>();
    AtomicBoolean flag = new AtomicBoolean();
    try (RawServer server =
        new RawServer(
            (socket, out) -> {
              asked.countDown();
              self[0].hang();
            })) {
      self[0] = server;
      ApiClient hanging = clientOf(server.uri(), 5);
      Thread caller =
          new Thread(
              () -> {
                end.set(failure(hanging, Duration.ofSeconds(40)));
                flag.set(Thread.currentThread().isInterrupted());
              });
      caller.start();
      assertThat(asked.await(30, TimeUnit.SECONDS)).isTrue();

      caller.interrupt();

      caller.join(LENIENT.toMillis());
      assertThat(caller.isAlive()).isFalse();
      assertThat(flag).isTrue();
      assertThat(end.get()).hasMessageContaining("interrupted");
      assertThat(server.requests).hasSize(1);
    }
  }

  @Test
  void aBodyBelowTheCapOfSixteenMegabytesIsReadAndOneAboveIsNot() {
    byte[] filler = "x".repeat(1024 * 1024).getBytes(ISO_8859_1);
    int[] megabytes = {15};
    try (RawServer server =
        new RawServer(
            (socket, out) -> {
              int mega = megabytes[0];
              String end = "\"}";
              out.write(
                  ("HTTP/1.1 200 OK\r\nContent-Length: " + (6 + mega * filler.length + end.length()) + "\r\n\r\n{\"a\":\"")
                      .getBytes(ISO_8859_1));
              for (int i = 0; i < mega; i++) {
                out.write(filler);
              }
              out.write(end.getBytes(ISO_8859_1));
            })) {
      ApiClient here = clientOf(server.uri(), 0);
      int length = here.get(ApiRequest.get("/v1/x"), in(Duration.ofSeconds(30)), body -> body.length);
      assertThat(length).isEqualTo(8 + 15 * 1024 * 1024);

      megabytes[0] = 16;

      PaymentException e = failure(here, Duration.ofSeconds(30));
      assertThat(e).isInstanceOf(ProviderUnavailableException.class).hasMessageContaining("longer than 16777216 bytes");
    }
  }

  @Test
  void afterClosingACallIsUnavailable() {
    ApiClient closed = clientOfProvider(0);
    closed.close();
    closed.close();

    assertThat(failure(closed, Duration.ofSeconds(5))).isInstanceOf(ProviderUnavailableException.class)
        .hasMessageContaining("closed");
  }
}
