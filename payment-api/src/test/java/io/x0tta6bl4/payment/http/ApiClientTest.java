package io.x0tta6bl4.payment.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonParser;
import io.x0tta6bl4.payment.ConfigurationException;
import io.x0tta6bl4.payment.MalformedReplyException;
import io.x0tta6bl4.payment.PaymentException;
import io.x0tta6bl4.payment.ProviderUnavailableException;
import io.x0tta6bl4.payment.RateLimitedException;
import io.x0tta6bl4.payment.UnauthorizedException;
import io.x0tta6bl4.payment.VerifierOptions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApiClientTest {

  private static final String KEY = "3f1d0c2b-key-9e77";
  private static final ApiRequest REQUEST = ApiRequest.get("/v1/accounts/{}", "wallet");
  private static final ReplyReader<String> AS_TEXT = body -> new String(body, UTF_8);
  private static final ReplyReader<JsonValue> AS_TREE = body -> Json.tree("tron", body);

  private final FakeTransport transport = new FakeTransport();
  private final ManualTicker ticker = new ManualTicker();

  @AfterEach
  void clearTheFlag() {
    Thread.interrupted();
  }

  private ApiClient.Builder builder() {
    return ApiClient.builder("tron", URI.create("https://api.example")).transport(transport).ticker(ticker);
  }

  private ApiClient client(int maxRetries) {
    return builder().options(VerifierOptions.none().with(VerifierOptions.MAX_RETRIES, "" + maxRetries)).build();
  }

  private ApiClient clientWithKey(int maxRetries) {
    return builder()
        .options(VerifierOptions.none().with(VerifierOptions.MAX_RETRIES, "" + maxRetries))
        .key("X-Key", "Bearer ", Secret.of(KEY))
        .build();
  }

  private Deadline in(Duration duration) {
    return Deadline.after(duration, ticker);
  }

  private PaymentException failure(ApiClient client) {
    return failure(client, in(Duration.ofSeconds(30)), AS_TEXT);
  }

  private static PaymentException failure(ApiClient client, Deadline deadline, ReplyReader<?> reader) {
    PaymentException e = catchThrowableOfType(PaymentException.class, () -> client.get(REQUEST, deadline, reader));
    assertThat(e).as("a failure").isNotNull();
    return e;
  }

  @Nested
  class ARequest {

    @Test
    void givesWhatTheReaderReads() {
      transport.then(200, "{\"ok\":1}");

      assertThat(client(0).get(REQUEST, in(Duration.ofSeconds(30)), AS_TEXT)).isEqualTo("{\"ok\":1}");
    }

    @Test
    void goesBelowTheBaseUrlHoweverManySlashesThatEndsWith() {
      transport.then(200, "[]");
      ApiClient client =
          ApiClient.builder("tron", URI.create("https://api.example/base//")).transport(transport).ticker(ticker).build();

      client.get(REQUEST.query("only_confirmed", "true").query("limit", 200), in(Duration.ofSeconds(30)), AS_TEXT);

      assertThat(transport.uris)
          .containsExactly(URI.create("https://api.example/base/v1/accounts/wallet?only_confirmed=true&limit=200"));
    }

    @Test
    void row68_carriesTheKeyInItsHeaderAndNowhereElse() {
      transport.then(200, "{}");

      clientWithKey(0).get(REQUEST, in(Duration.ofSeconds(30)), AS_TEXT);

      assertThat(transport.headers).containsExactly(Map.of("Accept", "application/json", "X-Key", "Bearer " + KEY));
      assertThat(transport.uris.toString()).doesNotContain(KEY);
    }

    @Test
    void carriesNoKeyHeaderWithoutAKey() {
      transport.then(200, "{}");

      builder().key("X-Key", "", null).build().get(REQUEST, in(Duration.ofSeconds(30)), AS_TEXT);

      assertThat(transport.headers).containsExactly(Map.of("Accept", "application/json"));
    }

    @Test
    void takesNoLongerThanTheRequestTimeoutAndNoLongerThanTheDeadline() {
      transport.then(200, "{}");
      ApiClient client = builder().options(VerifierOptions.none().with(VerifierOptions.REQUEST_TIMEOUT, "PT5S")).build();

      client.get(REQUEST, in(Duration.ofSeconds(30)), AS_TEXT);
      client.get(REQUEST, in(Duration.ofSeconds(3)), AS_TEXT);

      assertThat(transport.timeouts).containsExactly(Duration.ofSeconds(5), Duration.ofSeconds(3));
    }

    @Test
    void isNotSentAfterTheDeadline() {
      transport.then(200, "{}");

      PaymentException e = failure(client(5), in(Duration.ZERO), AS_TEXT);

      assertThat(e).isInstanceOf(ProviderUnavailableException.class).hasMessageContaining("deadline");
      assertThat(e.retryable()).isFalse();
      assertThat(transport.uris).isEmpty();
    }

    @Test
    void isSentThoughTheDeadlineIsNear() {
      transport.then(200, "{}");

      assertThat(client(5).get(REQUEST, in(Duration.ofMillis(50)), AS_TEXT)).isEqualTo("{}");
    }

    @Test
    void waitsForItsTurn() {
      transport.then(200, "{}");
      ApiClient client = builder().limit(1, Duration.ofSeconds(4)).build();

      client.get(REQUEST, in(Duration.ofSeconds(30)), AS_TEXT);
      client.get(REQUEST, in(Duration.ofSeconds(30)), AS_TEXT);

      assertThat(ticker.slept).containsExactly(Duration.ofSeconds(4));
    }

    @Test
    void isNotSentIfItsTurnComesAfterTheDeadline() {
      transport.then(200, "{}");
      ApiClient client = builder().limit(1, Duration.ofSeconds(4)).build();
      client.get(REQUEST, in(Duration.ofSeconds(30)), AS_TEXT);

      PaymentException e = failure(client, in(Duration.ofSeconds(3)), AS_TEXT);

      assertThat(e).isInstanceOf(RateLimitedException.class);
      assertThat(e.retryAfter()).contains(Duration.ofSeconds(4));
      assertThat(transport.uris).hasSize(1);
    }

    @Test
    void leavesTheReadersOwnErrorsAlone() {
      transport.then(200, "{}");
      ReplyReader<String> wrong =
          body -> {
            throw new IllegalStateException("a mistake of ours");
          };

      assertThatExceptionOfType(IllegalStateException.class)
          .isThrownBy(() -> client(5).get(REQUEST, in(Duration.ofSeconds(30)), wrong))
          .withMessage("a mistake of ours");
    }
  }

  @Nested
  class AnError {

    @ParameterizedTest
    @ValueSource(ints = {401, 403})
    void ofTheKeyIsNotTriedAgain(int status) {
      transport.then(status, "{\"Error\":\"no such key\"}");

      PaymentException e = failure(client(5));

      assertThat(e).isInstanceOf(UnauthorizedException.class).hasMessage("tron: no such key (HTTP " + status + ")");
      assertThat(e.httpStatus()).hasValue(status);
      assertThat(transport.uris).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {204, 301, 302, 307, 400, 404, 405, 410})
    void thatAskingAgainDoesNotHealIsNotTriedAgain(int status) {
      transport.then(status, Map.of("Location", "https://evil.example/"), "");

      PaymentException e = failure(client(5));

      assertThat(e).isInstanceOf(ProviderUnavailableException.class);
      assertThat(e.retryable()).isFalse();
      assertThat(e.httpStatus()).hasValue(status);
      assertThat(transport.uris).hasSize(1).allSatisfy(uri -> assertThat(uri.getHost()).isEqualTo("api.example"));
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 500, 502, 503, 504, 520})
    void ofTheServerIsTriedAgain(int status) {
      transport.then(status, "").then(200, "{}");

      assertThat(client(1).get(REQUEST, in(Duration.ofSeconds(30)), AS_TEXT)).isEqualTo("{}");

      assertThat(transport.uris).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "{\"Error\":\"lite server down\"}|lite server down",
          "{\"error\":\"entity not found\",\"error_code\":1}|entity not found",
          " {\"error\":{\"code\":7}}|error {\"code\":7}",
          "{\"success\":false,\"error\":\"bad fingerprint\"}|bad fingerprint",
          "{\"success\":false}|success is false",
          "{\"success\":false,\"error\":null}|success is false",
          "{\"Error\":\"\"}|error \"\""
        })
    void row62_inside200IsAnErrorAndTriedAgain(String body, String text) {
      transport.then(200, body);

      PaymentException e = failure(client(0));

      assertThat(e).isInstanceOf(ProviderUnavailableException.class).hasMessage("tron: " + text + " (HTTP 200)");
      assertThat(e.retryable()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"error\":null}", "{\"success\":true}", "{\"success\":\"false\"}", "[]", " \r\n\t[1]",
        "{\"data\":[]}"})
    void isNotSeenWhereThereIsNone(String body) {
      transport.then(200, body);

      assertThat(client(0).get(REQUEST, in(Duration.ofSeconds(30)), AS_TEXT)).isEqualTo(body);
    }

    @Test
    void isNotLookedForInALongAnswer() {
      String body = "{\"error\":\"not one\",\"data\":\"" + "x".repeat(9_000) + "\"}";
      transport.then(200, body);

      assertThat(client(0).get(REQUEST, in(Duration.ofSeconds(30)), AS_TEXT)).isEqualTo(body);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   \n", "<html><body>Bad gateway</body></html>", "OK", "\"text\"", "42", "null"})
    void row63_anAnswerThatIsNoJsonIsMalformedAndTriedAgain(String body) {
      transport.then(200, body);

      PaymentException e = failure(client(0));

      assertThat(e).isInstanceOf(MalformedReplyException.class).hasMessageContaining("no JSON");
      assertThat(e.retryable()).isTrue();
    }

    @Test
    void row63_anHtmlPageIsShownShortAndHarmless() {
      transport.then(503, "<html>\u001b[31m" + "x".repeat(5_000));

      PaymentException e = failure(client(0));

      assertThat(e.getMessage()).startsWith("tron: <html>?[31mxxx").hasSizeLessThan(250);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"data\":[{\"a\":1},", "{", "[1,2", "{\"a\":tru", "{\"a\":\"\u00e4", "{} {}"})
    void row63_aTruncatedAnswerIsMalformedAndTriedAgain(String body) {
      transport.then(200, body).then(200, "{}");

      assertThat(client(1).get(REQUEST, in(Duration.ofSeconds(30)), AS_TREE).isEmptyObject()).isTrue();

      assertThat(transport.uris).hasSize(2);
    }

    @Test
    void ofAStreamingReaderIsMalformedAndQuotesNothing() {
      transport.then(200, "[1, oops-" + KEY + "]");
      ReplyReader<Integer> streaming =
          body -> {
            try (JsonParser parser = Json.parser(body)) {
              int tokens = 0;
              while (parser.nextToken() != null) {
                tokens++;
              }
              return tokens;
            }
          };

      PaymentException e = failure(clientWithKey(0), in(Duration.ofSeconds(30)), streaming);

      assertThat(e).isInstanceOf(MalformedReplyException.class).hasMessageContaining("at byte");
      Leaks.assertNowhereIn(e, KEY);
    }

    @Test
    void ofTheNetworkIsTriedAgain() {
      transport.thenFails(new IOException("Connection reset")).thenFails(new HttpTimeoutException("too slow"))
          .then(200, "{}");

      assertThat(client(2).get(REQUEST, in(Duration.ofSeconds(30)), AS_TEXT)).isEqualTo("{}");
    }

    @Test
    void ofTheNetworkWithoutATextNamesItsKind() {
      transport.thenFails(new java.io.EOFException());

      assertThat(failure(client(0))).hasMessageContaining("EOFException").isInstanceOf(ProviderUnavailableException.class);
    }

    @Test
    void isFirstClassifiedByTheProvidersOwnRules() {
      List<String> asked = new ArrayList<>();
      ErrorClassifier own =
          (status, text, withKey) -> {
            asked.add(status + " " + text + " " + withKey);
            return status == 403 ? new RateLimitedException("tron", "suspended", Duration.ofSeconds(9), 403) : null;
          };
      transport.then(403, "{\"Error\":\"suspended for " + KEY + "\"}").then(200, "{}");
      ApiClient client =
          builder()
              .options(VerifierOptions.none().with(VerifierOptions.MAX_RETRIES, "0"))
              .classifier(own)
              .key("X-Key", "", Secret.of(KEY))
              .build();

      PaymentException e = failure(client);
      client.get(REQUEST, in(Duration.ofSeconds(30)), AS_TEXT);

      assertThat(e).isInstanceOf(RateLimitedException.class);
      assertThat(asked).containsExactly("403 suspended for *** true", "200  true");
      assertThat(ticker.slept).as("the client stays away for the stated time").containsExactly(Duration.ofSeconds(9));
    }
  }

  @Nested
  class ALimitOfTheProvider {

    @ParameterizedTest
    @CsvSource({"7, PT7S", "0, PT0S", "'Wed, 21 Oct 2026 07:28:00 GMT', PT30S", "-5, PT30S", "999999, PT30S", "1.5, PT30S"})
    void row72_saysHowLongToStayAwayOrThirtySeconds(String header, Duration expected) {
      transport.then(429, Map.of("retry-after", header), "");

      PaymentException e = failure(client(0));

      assertThat(e).isInstanceOf(RateLimitedException.class);
      assertThat(e.retryAfter()).contains(expected);
      assertThat(e.retryable()).isTrue();
    }

    @Test
    void row72_withoutAHeaderMeansThirtySeconds() {
      transport.then(429, "{\"error\":\"rate limit: free tier\"}");

      PaymentException e = failure(client(0));

      assertThat(e.retryAfter()).contains(Duration.ofSeconds(30));
      assertThat(e).hasMessageContaining("rate limit: free tier");
    }

    @Test
    void row72_isWaitedForWhereTheDeadlineAllowsIt() {
      transport.then(429, Map.of("Retry-After", "7"), "").then(200, "{}");

      assertThat(client(5).get(REQUEST, in(Duration.ofSeconds(30)), AS_TEXT)).isEqualTo("{}");

      assertThat(ticker.slept).containsExactly(Duration.ofSeconds(7));
    }

    @Test
    void row72_isNotWaitedForBeyondTheDeadline() {
      transport.then(429, Map.of("Retry-After", "7"), "");

      PaymentException e = failure(client(5), in(Duration.ofSeconds(6)), AS_TEXT);

      assertThat(e).isInstanceOf(RateLimitedException.class);
      assertThat(transport.uris).hasSize(1);
      assertThat(ticker.slept).isEmpty();
    }

    @Test
    void row72_keepsAllAwayWhoUseTheSameKey() {
      transport.then(429, Map.of("Retry-After", "7"), "");
      FakeTransport other = new FakeTransport().then(200, "{}");
      ApiClient same = builder().transport(other).build();
      failure(client(0));

      PaymentException refused = failure(same, in(Duration.ofSeconds(5)), AS_TEXT);

      assertThat(refused).isInstanceOf(RateLimitedException.class);
      assertThat(other.uris).isEmpty();
      assertThat(same.get(REQUEST, in(Duration.ofSeconds(30)), AS_TEXT)).isEqualTo("{}");
      assertThat(ticker.slept).containsExactly(Duration.ofSeconds(7));
    }
  }

  @Nested
  class TryingAgain {

    @Test
    void endsWithTheLastFailureAndKeepsTheEarlierOnes() {
      transport.then(500, "first").then(502, "second").then(503, "third");

      PaymentException e = failure(client(2));

      assertThat(e.httpStatus()).hasValue(503);
      assertThat(e.getSuppressed())
          .extracting(Throwable::getMessage)
          .containsExactly("tron: first (HTTP 500)", "tron: second (HTTP 502)");
      assertThat(transport.uris).hasSize(3);
    }

    @Test
    void keepsTheEarlierFailuresWhereTheLastCannotBeTriedAgain() {
      transport.then(500, "first").then(404, "gone");

      PaymentException e = failure(client(5));

      assertThat(e.httpStatus()).hasValue(404);
      assertThat(e.getSuppressed()).hasSize(1);
    }

    @Test
    void stopsBeforeTheDeadline() {
      transport.then(500, "down");
      long start = System.nanoTime();
      Deadline deadline = Deadline.after(Duration.ofMillis(900), Ticker.system());

      PaymentException e = failure(client(100), deadline, AS_TEXT);

      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
      assertThat(e).isInstanceOf(ProviderUnavailableException.class);
      assertThat(transport.uris).hasSizeBetween(1, 6);
      assertThat(transport.timeouts).allSatisfy(t -> assertThat(t).isPositive().isLessThanOrEqualTo(Duration.ofMillis(900)));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 1_000_000, 100_000_000, 199_999_999, 200_000_000, 200_000_001})
    void doesNotHappenWhereTheDeadlineIsNearerThanTheFirstWait(long nanos) {
      transport.then(500, "down");

      PaymentException e = failure(client(5), in(Duration.ofNanos(nanos)), AS_TEXT);

      assertThat(e).isInstanceOf(ProviderUnavailableException.class);
      assertThat(e.httpStatus()).hasValue(500);
    }

    @Test
    void mayBeSwitchedOff() {
      transport.then(500, "down");

      failure(client(0));

      assertThat(transport.uris).hasSize(1);
    }
  }

  @Nested
  class TheCircuitBreaker {

    private void fail(ApiClient client, int times) {
      for (int i = 0; i < times; i++) {
        failure(client);
      }
    }

    @Test
    void leavesAProviderAloneAfterTenFailuresInARow() {
      transport.then(500, "down");
      ApiClient client = client(0);
      fail(client, 10);
      assertThat(transport.uris).hasSize(10);

      PaymentException e = failure(client);

      assertThat(transport.uris).hasSize(10);
      assertThat(e).isInstanceOf(ProviderUnavailableException.class).hasMessageContaining("left alone");
      assertThat(e.retryAfter()).hasValueSatisfying(d -> assertThat(d).isLessThanOrEqualTo(Duration.ofSeconds(5)));
      assertThat(e.retryable()).isTrue();
    }

    @Test
    void countsOnlyFailuresInARow() {
      FakeTransport mixed = new FakeTransport();
      for (int i = 0; i < 9; i++) {
        mixed.then(500, "down");
      }
      mixed.then(200, "{}").then(500, "down");
      ApiClient client = builder().transport(mixed).options(VerifierOptions.none().with("max-retries", "0")).build();

      fail(client, 9);
      client.get(REQUEST, in(Duration.ofSeconds(30)), AS_TEXT);
      fail(client, 9);
      failure(client);

      assertThat(mixed.uris).hasSize(20);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 404})
    void doesNotOpenForWhatIsOurOwnFault(int status) {
      transport.then(status, "");
      ApiClient client = client(0);

      fail(client, 15);

      assertThat(transport.uris).hasSize(15);
    }

    @Test
    void doesNotOpenForALimit() {
      transport.then(429, Map.of("Retry-After", "0"), "");
      ApiClient client = client(0);

      fail(client, 15);

      assertThat(transport.uris).hasSize(15);
    }

    @Test
    void opensInTheMiddleOfACallAndKeepsItsFailures() {
      transport.then(500, "down");
      ApiClient client = client(2);
      fail(client, 3);

      PaymentException e = failure(client);

      assertThat(transport.uris).hasSize(10);
      assertThat(e).hasMessageContaining("left alone");
      assertThat(e.getSuppressed()).hasSize(1);
    }
  }

  @Nested
  class AnInterrupt {

    @Test
    void row80_inTheExchangeEndsTheCallAtOnceWithTheFlagSet() {
      transport.then(
          () -> {
            throw new InterruptedException();
          });

      PaymentException e = failure(client(5));

      assertThat(Thread.currentThread().isInterrupted()).isTrue();
      assertThat(e).isInstanceOf(ProviderUnavailableException.class).hasMessageContaining("interrupted");
      assertThat(e.retryable()).isFalse();
      assertThat(transport.uris).hasSize(1);
    }

    @Test
    void row80_betweenTwoAttemptsEndsTheCallAtOnceWithTheFlagSet() {
      interruptAfterAFailure();

      PaymentException e = failure(client(5));

      assertThat(Thread.currentThread().isInterrupted()).isTrue();
      assertThat(e).hasMessageContaining("interrupted");
      assertThat(transport.uris).hasSize(1);
    }

    @Test
    void betweenTwoAttemptsKeepsTheFailureBeforeIt() {
      interruptAfterAFailure();

      PaymentException e = failure(client(5));

      assertThat(e.getSuppressed()).extracting(Throwable::getMessage).containsExactly("tron: down (HTTP 500)");
    }

    @Test
    void row80_whileWaitingForATurnEndsTheCallAtOnceWithTheFlagSet() {
      transport.then(200, "{}");
      ApiClient client = builder().limit(1, Duration.ofSeconds(4)).build();
      client.get(REQUEST, in(Duration.ofSeconds(30)), AS_TEXT);
      Thread.currentThread().interrupt();

      PaymentException e = failure(client);

      assertThat(Thread.currentThread().isInterrupted()).isTrue();
      assertThat(e).hasMessageContaining("interrupted");
      assertThat(transport.uris).hasSize(1);
    }

    private void interruptAfterAFailure() {
      transport.then(
          () -> {
            Thread.currentThread().interrupt();
            return new ApiResponse(500, Map.of(), "down".getBytes(UTF_8));
          });
    }
  }

  @Nested
  class TheKey {

    @ParameterizedTest
    @ValueSource(ints = {200, 302, 400, 401, 403, 404, 429, 500})
    void row68_isNotInAnyMessageThoughTheServerEchoesIt(int status) {
      for (String body :
          new String[] {
            "your key " + KEY + " is bad",
            "{\"error\":\"your key " + KEY + " is bad\"}",
            "{\"error\":{\"headers\":\"Bearer " + KEY + "\"}}",
            "<html>" + KEY + KEY + "</html>"
          }) {
        FakeTransport echo = new FakeTransport().then(status, body);
        ApiClient client =
            builder()
                .transport(echo)
                .ticker(new ManualTicker())
                .options(VerifierOptions.none().with(VerifierOptions.MAX_RETRIES, status == 500 ? "1" : "0"))
                .key("X-Key", "Bearer ", Secret.of(KEY))
                .build();

        PaymentException e = failure(client, Deadline.after(Duration.ofSeconds(20), Ticker.system()), AS_TEXT);

        Leaks.assertNowhereIn(e, KEY);
        assertThat(e).hasMessageContaining("***");
      }
    }

    @Test
    void row68_isNotInAFailureBelowHttp() {
      transport.thenFails(new IOException("Invalid status line: \"" + KEY + "\""));

      PaymentException e = failure(clientWithKey(0));

      assertThat(e.getMessage()).contains("***").doesNotContain(KEY);
      Leaks.assertNowhereIn(e, KEY);
    }

    @Test
    void row68_isNotShownWhereAFieldOfAnotherTypeEchoesIt() {
      transport.then(200, "{\"total\":\"" + KEY + "\"}");

      PaymentException e =
          failure(clientWithKey(0), in(Duration.ofSeconds(30)), body -> AS_TREE.read(body).at("total").longNumber());

      Leaks.assertNowhereIn(e, KEY);
    }

    @Test
    void row68_isNotShownWhereAnAnswerThatIsNoJsonEchoesIt() {
      transport.then(200, "{\"total\": key" + KEY.replace("-", "") + "}");
      ApiClient client =
          builder()
              .options(VerifierOptions.none().with(VerifierOptions.MAX_RETRIES, "0"))
              .key("X-Key", "", Secret.of("key" + KEY.replace("-", "")))
              .build();

      PaymentException e = failure(client, in(Duration.ofSeconds(30)), AS_TREE);

      Leaks.assertNowhereIn(e, "key" + KEY.replace("-", ""));
    }
  }

  @Nested
  class TheBaseUrl {

    @ParameterizedTest
    @ValueSource(
        strings = {
          "http://api.example", "http://localhost:1", "ftp://api.example", "api.example", "https:///path",
          "https:api.example",
          "https://api.example/?key=1", "https://api.example/#top", "mailto:a@b.example", "file:///etc/passwd"
        })
    void row67_mustBeHttpsAndBare(String url) {
      assertThatExceptionOfType(ConfigurationException.class)
          .isThrownBy(() -> ApiClient.builder("tron", URI.create(url)).build())
          .withMessageContaining("base-url")
          .withMessageContaining("https://host[:port][/path]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://user:hunter2@api.example", "http://user:hunter2@localhost",
        "https://hunter2@api.example/v1"})
    void row68_mayHoldNoUserInformationAndIsThenNotShown(String url) {
      assertThatExceptionOfType(ConfigurationException.class)
          .isThrownBy(
              () ->
                  ApiClient.builder("tron", URI.create(url))
                      .options(VerifierOptions.none().with(VerifierOptions.ALLOW_HTTP, "true"))
                      .build())
          .withMessageContaining("base-url")
          .withMessageNotContaining("hunter2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://localhost:8080", "http://127.0.0.1:8080/v1", "http://[::1]:8080"})
    void row67_mayBePlainHttpToALoopbackHostWhereThatIsAllowed(String url) {
      URI uri = URI.create(url);
      transport.then(200, "{}");
      ApiClient client =
          ApiClient.builder("tron", uri)
              .options(VerifierOptions.none().with(VerifierOptions.ALLOW_HTTP, "true"))
              .transport(transport)
              .ticker(ticker)
              .build();

      client.get(REQUEST, in(Duration.ofSeconds(30)), AS_TEXT);

      assertThat(transport.uris).containsExactly(URI.create(url + "/v1/accounts/wallet"));
      assertThatExceptionOfType(ConfigurationException.class).isThrownBy(() -> ApiClient.builder("tron", uri).build());
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://api.example", "http://127.0.0.1.example", "http://localhost.example",
        "http://10.0.0.1", "http://0.0.0.0"})
    void row67_mayNotBePlainHttpToAnyOtherHostEvenWhereThatIsAllowed(String url) {
      assertThatExceptionOfType(ConfigurationException.class)
          .isThrownBy(
              () ->
                  ApiClient.builder("tron", URI.create(url))
                      .options(VerifierOptions.none().with(VerifierOptions.ALLOW_HTTP, "true"))
                      .build());
    }

    @Test
    void mayBeCheckedWithoutAClientWhichLeavesTheLimitToTheFirstThatIsMade() {
      URI uri = URI.create("https://checked.example");
      assertThat(ApiClient.builder("ton", uri).limit(10, Duration.ofSeconds(1)).ticker(ticker).checkedBaseUrl()).isEqualTo(uri);
      assertThatExceptionOfType(ConfigurationException.class)
          .isThrownBy(() -> ApiClient.builder("ton", URI.create("http://checked.example")).checkedBaseUrl());
      transport.then(200, "{}");
      ApiClient client =
          ApiClient.builder("ton", uri).transport(transport).limit(1, Duration.ofSeconds(4)).ticker(ticker).build();

      client.get(REQUEST, in(Duration.ofSeconds(30)), AS_TEXT);
      client.get(REQUEST, in(Duration.ofSeconds(30)), AS_TEXT);

      assertThat(ticker.slept).containsExactly(Duration.ofSeconds(4));
    }
  }

  @Test
  void optionsOutOfRangeAreRefused() {
    ApiClient.Builder builder = builder();

    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> builder.options(VerifierOptions.none().with(VerifierOptions.MAX_RETRIES, "101")));
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> builder.options(VerifierOptions.none().with(VerifierOptions.REQUEST_TIMEOUT, "PT2H")));
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> builder.options(VerifierOptions.none().with(VerifierOptions.ALLOW_HTTP, "maybe")));
  }

  @Test
  void closingClosesTheTransport() {
    client(0).close();

    assertThat(transport.closed).isEqualTo(1);
  }

  @Nested
  class AnObserver {

    private final List<String> heard = new ArrayList<>();
    private final RequestObserver observer =
        new RequestObserver() {
          @Override
          public void requestDone(String provider, String endpoint, String outcome, Duration took) {
            heard.add(provider + " " + endpoint + " " + outcome);
          }

          @Override
          public void retried(String provider, String endpoint) {
            heard.add(provider + " " + endpoint + " again");
          }

          @Override
          public void limiterWaited(String provider, Duration waited) {
            heard.add(provider + " waited " + waited);
          }
        };

    private ApiClient observed(int permits) {
      return builder()
          .options(VerifierOptions.none().with(VerifierOptions.MAX_RETRIES, "2"))
          .limit(permits, Duration.ofSeconds(1))
          .observer(observer)
          .build();
    }

    @Test
    void hearsTheEndpointButNotTheValuesInIt() {
      transport.then(200, "{}");

      observed(10).get(REQUEST, in(Duration.ofSeconds(30)), AS_TREE);

      assertThat(heard).containsExactly("tron /v1/accounts/{} ok");
    }

    @Test
    void hearsEachAttemptAndEachRetry() {
      transport.then(503, "").then(200, "{}");

      observed(10).get(REQUEST, in(Duration.ofSeconds(30)), AS_TREE);

      assertThat(heard)
          .containsExactly("tron /v1/accounts/{} failed", "tron /v1/accounts/{} again", "tron /v1/accounts/{} ok");
    }

    @ParameterizedTest
    @CsvSource({"401, unauthorized", "404, failed"})
    void hearsHowARequestFailed(int status, String outcome) {
      transport.then(status, "");

      assertThatExceptionOfType(PaymentException.class)
          .isThrownBy(() -> observed(10).get(REQUEST, in(Duration.ofSeconds(30)), AS_TREE));

      assertThat(heard).containsExactly("tron /v1/accounts/{} " + outcome);
    }

    @Test
    void hearsOfAnAnswerThatCannotBeRead() {
      transport.then(200, "{").then(200, "{").then(200, "{");

      assertThatExceptionOfType(MalformedReplyException.class)
          .isThrownBy(() -> observed(10).get(REQUEST, in(Duration.ofSeconds(30)), AS_TREE));

      assertThat(heard).contains("tron /v1/accounts/{} malformed");
    }

    @Test
    void hearsOfAWaitForATurnOnlyWhereThereWasOne() {
      transport.then(200, "{}").then(200, "{}");
      ApiClient client = observed(1);

      client.get(REQUEST, in(Duration.ofSeconds(30)), AS_TREE);
      client.get(REQUEST, in(Duration.ofSeconds(30)), AS_TREE);

      assertThat(heard)
          .containsExactly("tron /v1/accounts/{} ok", "tron waited PT1S", "tron /v1/accounts/{} ok");
    }
  }
}
