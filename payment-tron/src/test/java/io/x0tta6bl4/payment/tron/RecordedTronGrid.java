package io.x0tta6bl4.payment.tron;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static com.github.tomakehurst.wiremock.stubbing.Scenario.STARTED;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import io.x0tta6bl4.payment.PaymentVerifier;
import io.x0tta6bl4.payment.PaymentVerifiers;
import io.x0tta6bl4.payment.VerifierOptions;
import io.x0tta6bl4.payment.spi.VerifierContext;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;

/** A server on this machine that gives recorded answers, and <code>{}</code> for transactions that it was not given. */
final class RecordedTronGrid implements AutoCloseable {

  private static final String BY_ID = "/wallet/gettransactionbyid";
  private static final String RECEIPT = "/wallet/gettransactioninfobyid";

  private final WireMockServer server =
      new WireMockServer(WireMockConfiguration.options().bindAddress("127.0.0.1").dynamicPort());

  RecordedTronGrid() {
    server.start();
  }

  /** Forgets all; heads are then those of {@code now} and 57 s before it. */
  void reset(Instant now) {
    server.resetAll();
    unknown(BY_ID);
    unknown(RECEIPT);
    head("/wallet/getnowblock", "synthetic-getnowblock.json", now);
    head("/walletsolidity/getnowblock", "synthetic-walletsolidity-getnowblock.json", now.minusSeconds(57));
  }

  private void unknown(String path) {
    server.stubFor(get(urlPathEqualTo(path)).atPriority(9).willReturn(okJson(Fixtures.text("transaction-not-found.json"))));
  }

  private void head(String path, String file, Instant time) {
    String body = Fixtures.text(file).replaceAll("\"timestamp\": [0-9]+", "\"timestamp\": " + time.toEpochMilli());
    server.stubFor(get(urlPathEqualTo(path)).willReturn(okJson(body)));
  }

  /** Lists token transfers of any wallet. */
  void trc20(String body) {
    server.stubFor(get(urlPathMatching("/v1/accounts/[^/]+/transactions/trc20")).atPriority(5).willReturn(okJson(body)));
  }

  /** Lists token transfers behind a fingerprint. */
  void trc20(String fingerprint, String body) {
    server.stubFor(
        get(urlPathMatching("/v1/accounts/[^/]+/transactions/trc20"))
            .withQueryParam("fingerprint", equalTo(fingerprint))
            .atPriority(1)
            .willReturn(okJson(body)));
  }

  /** Lists transactions of any wallet. */
  void transactions(String body) {
    server.stubFor(get(urlPathMatching("/v1/accounts/[^/]+/transactions")).willReturn(okJson(body)));
  }

  /** Answers a look-up of a transaction. */
  void transaction(String hash, String body) {
    server.stubFor(get(urlPathEqualTo(BY_ID)).withQueryParam("value", equalTo(hash)).willReturn(okJson(body)));
  }

  /** Answers the first look-up of a transaction so, and all later ones otherwise. */
  void transactionThen(String hash, String first, String later) {
    var request = get(urlPathEqualTo(BY_ID)).withQueryParam("value", equalTo(hash));
    server.stubFor(request.inScenario(hash).whenScenarioStateIs(STARTED).willReturn(okJson(first)).willSetStateTo("later"));
    var again = get(urlPathEqualTo(BY_ID)).withQueryParam("value", equalTo(hash));
    server.stubFor(again.inScenario(hash).whenScenarioStateIs("later").willReturn(okJson(later)));
  }

  /** Answers a look-up of a receipt. */
  void receipt(String hash, String body) {
    server.stubFor(get(urlPathEqualTo(RECEIPT)).withQueryParam("value", equalTo(hash)).willReturn(okJson(body)));
  }

  /** Answers everything so. */
  void everything(int status, byte[] body, String... headers) {
    var response = aResponse().withStatus(status).withBody(body);
    for (int i = 0; i < headers.length; i += 2) {
      response = response.withHeader(headers[i], headers[i + 1]);
    }
    server.stubFor(any(anyUrl()).atPriority(1).willReturn(response));
  }

  /** Answers everything so. */
  void everything(int status, String body) {
    everything(status, body.getBytes(StandardCharsets.UTF_8));
  }

  WireMockServer server() {
    return server;
  }

  /** Makes a verifier with the real provider, a clock at the instant and a ticker that does not wait. */
  PaymentVerifier verifier(Instant now, String... options) {
    VerifierOptions all =
        VerifierOptions.none()
            .with(VerifierOptions.BASE_URL, "http://127.0.0.1:" + server.port())
            .with(VerifierOptions.ALLOW_HTTP, "true")
            .with(VerifierOptions.MAX_RETRIES, "0");
    for (int i = 0; i < options.length; i += 2) {
      all = all.with(options[i], options[i + 1]);
    }
    VerifierContext context = VerifierContext.of(all, Clock.fixed(now, ZoneOffset.UTC), new VirtualTicker());
    return PaymentVerifiers.load("tron", context, RecordedTronGrid.class.getClassLoader());
  }

  @Override
  public void close() {
    server.stop();
  }
}
