package io.x0tta6bl4.payment.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.x0tta6bl4.payment.ConfigurationException;
import io.x0tta6bl4.payment.PaymentException;
import io.x0tta6bl4.payment.ProviderUnavailableException;
import io.x0tta6bl4.payment.VerifierOptions;
import java.io.IOException;
import java.net.ConnectException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpConnectTimeoutException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests with a body, and a key that is a part of the path. */
@Timeout(60)
class ApiClientPostTest {

  private static final String KEY = "123456:AAH-secret_key";
  private static final ApiRequest REQUEST =
      ApiRequest.post("/sendMessage", new ApiRequest.Body("application/json", "{\"text\":\"x\"}".getBytes(UTF_8)));

  private final FakeTransport transport = new FakeTransport();
  private final ManualTicker ticker = new ManualTicker();

  private ApiClient.Builder builder() {
    return ApiClient.builder("bot", URI.create("https://api.example"))
        .options(VerifierOptions.none().with(VerifierOptions.MAX_RETRIES, "0"))
        .transport(transport)
        .ticker(ticker)
        .keyInPath("/bot", Secret.of(KEY));
  }

  private String answer(ApiClient client) {
    return client.get(REQUEST, Deadline.after(Duration.ofSeconds(5), ticker), body -> new String(body, UTF_8));
  }

  private PaymentException failure() {
    PaymentException e = catchThrowableOfType(PaymentException.class, () -> answer(builder().build()));
    assertThat(e).as("a failure").isNotNull();
    return e;
  }

  @Test
  void sendsTheBodyBelowThePathThatHasTheKey() {
    transport.then(200, "{\"ok\":true}");

    assertThat(answer(builder().build())).isEqualTo("{\"ok\":true}");
    assertThat(transport.uris).containsExactly(URI.create("https://api.example/bot" + KEY + "/sendMessage"));
    assertThat(transport.bodies).containsExactly(REQUEST.body().orElseThrow());
    assertThat(transport.headers).containsExactly(Map.of("Accept", "application/json"));
  }

  @Test
  void namesTheRequestWithoutTheKey() {
    assertThat(REQUEST).hasToString("POST /sendMessage");
    assertThat(REQUEST.endpoint()).isEqualTo("/sendMessage");
  }

  @ParameterizedTest
  @ValueSource(ints = {404, 500, 200})
  void keepsAKeyThatTheServerQuotesOutOfErrors(int status) {
    transport.then(status, "no page at /bot" + KEY + "/sendMessage");

    assertThat(failure()).hasMessageContaining("/bot***/sendMessage").hasMessageNotContaining("secret_key");
  }

  @Test
  void keepsTheKeyOutOfFailuresBelowHttp() {
    transport.thenFails(new IOException("cannot reach https://api.example/bot" + KEY));

    assertThat(failure()).hasMessageNotContaining("secret_key").hasNoCause();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a/b", "a b", "a?b", "a#b", "a%b", "é"})
  void refusesAKeyThatIsNoPartOfAPathWithoutShowingIt(String key) {
    assertThatThrownBy(() -> builder().keyInPath("/bot", Secret.of(key)).build())
        .isInstanceOf(ConfigurationException.class)
        .hasMessageNotContaining(key);
  }

  @Test
  void tellsWhatSurelyDidNotArriveFromWhatMayHave() {
    transport
        .thenFails(new ConnectException("refused"))
        .thenFails(new HttpConnectTimeoutException("no connection"))
        .thenFails(new IOException("connection reset"));

    assertThat(failure()).isInstanceOfSatisfying(ProviderUnavailableException.class, e -> assertThat(e.isNotSent()).isTrue());
    assertThat(failure()).isInstanceOfSatisfying(ProviderUnavailableException.class, e -> assertThat(e.isNotSent()).isTrue());
    assertThat(failure()).isInstanceOfSatisfying(ProviderUnavailableException.class, e -> assertThat(e.isNotSent()).isFalse());
  }

  @Test
  void doesNotSendWhileTheServerIsLeftAlone() {
    transport.thenFails(new IOException("connection reset"));
    ApiClient client = builder().build();
    for (int i = 0; i < 10; i++) {
      assertThatExceptionOfType(PaymentException.class).isThrownBy(() -> answer(client));
    }

    assertThatThrownBy(() -> answer(client))
        .isInstanceOfSatisfying(ProviderUnavailableException.class, e -> assertThat(e.isNotSent()).isTrue());
    assertThat(transport.uris).hasSize(10);
  }

  @Test
  void aClassifierMayReadTheWholeAnswer() {
    transport.then(400, Map.of("X-Why", "because"), "{\"description\":\"bad\"}");
    ApiClient client =
        builder()
            .classifier(
                new ErrorClassifier() {
                  @Override
                  public PaymentException classify(int status, String errorText, boolean withKey) {
                    throw new AssertionError("the other method is asked");
                  }

                  @Override
                  public PaymentException classify(ApiResponse response, String errorText, boolean withKey) {
                    return new ProviderUnavailableException(
                        "bot", response.header("x-why").orElseThrow() + response.body().length, false, response.status());
                  }
                })
            .build();

    assertThatThrownBy(() -> answer(client)).hasMessage("bot: because21 (HTTP 400)");
  }

  @Test
  void postsOverRealHttp() throws Exception {
    try (RawServer server = RawServer.writing("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}");
        HttpTransport jdk = HttpTransport.jdk(1_000)) {
      ApiResponse response =
          jdk.post(server.uri(), Map.of("X-Key", "k"), REQUEST.body().orElseThrow(), Duration.ofSeconds(10));

      assertThat(response.status()).isEqualTo(200);
      assertThat(server.requests)
          .singleElement()
          .satisfies(
              r ->
                  assertThat(r)
                      .startsWith("POST / HTTP/1.1\r\n")
                      .contains("Content-Type: application/json\r\n", "Content-Length: 12\r\n", "X-Key: k\r\n"));
    }
  }

  @Test
  void saysThatNoConnectionWasMadeWhereNobodyListens() throws Exception {
    int port;
    try (ServerSocket socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    try (HttpTransport jdk = HttpTransport.jdk(1_000)) {
      assertThatExceptionOfType(ConnectException.class)
          .isThrownBy(
              () ->
                  jdk.post(
                      URI.create("http://127.0.0.1:" + port), Map.of(), REQUEST.body().orElseThrow(), Duration.ofSeconds(10)));
    }
  }

  @Test
  void aTransportThatOnlyGetsSaysSo() {
    HttpTransport getter =
        new HttpTransport() {
          @Override
          public ApiResponse get(URI uri, Map<String, String> headers, Duration timeout) {
            return new ApiResponse(200, Map.of(), new byte[0]);
          }

          @Override
          public void close() {}
        };

    assertThatThrownBy(
            () -> getter.post(URI.create("https://a"), Map.of(), REQUEST.body().orElseThrow(), Duration.ofSeconds(1)))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessageContaining("GET requests only");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1001234567890", "0", "9223372036854775807"})
  void readsSignedNumbers(String number) {
    assertThat(Json.tree("bot", ("[" + number + "]").getBytes(UTF_8)).elements().get(0).signedNumber())
        .isEqualTo(Long.parseLong(number));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.5", "\"1\"", "9223372036854775808", "true", "{}"})
  void refusesWhatIsNoSignedNumber(String value) {
    assertThatThrownBy(() -> Json.tree("bot", ("[" + value + "]").getBytes(UTF_8)).elements().get(0).signedNumber())
        .hasMessageContaining("a whole number of 64 bits");
  }
}
