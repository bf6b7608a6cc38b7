package io.x0tta6bl4.payment.ton;

import io.x0tta6bl4.payment.PaymentVerifier;
import io.x0tta6bl4.payment.VerifierOptions;
import io.x0tta6bl4.payment.http.ApiClient;
import io.x0tta6bl4.payment.http.ApiResponse;
import io.x0tta6bl4.payment.http.HttpTransport;
import io.x0tta6bl4.payment.spi.TransferSourceVerifier;
import io.x0tta6bl4.payment.spi.VerifierContext;
import io.x0tta6bl4.payment.testkit.ManualTicker;
import io.x0tta6bl4.payment.ton.internal.TonApi;
import io.x0tta6bl4.payment.ton.internal.TonTransferSource;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Recorded answers by path, without a server; 404 for all other paths, and no more transactions behind a listing's first page.
 */
final class Answers implements HttpTransport {

  static final String HEAD = "/v2/blockchain/masterchain-head";
  static final String STATUS = "/v2/status";

  private static final URI BASE = URI.create("https://recorded.example");

  private final Map<String, byte[]> answers = new LinkedHashMap<>();
  private int status = 200;

  /** Makes answers that hold the newest block at an instant. */
  static Answers at(Instant now) {
    Answers made = new Answers();
    made.put(HEAD, Fixtures.tree("synthetic-masterchain-head.json").put("gen_utime", now.getEpochSecond() - 1).toString());
    made.put(STATUS, Fixtures.text("synthetic-status.json"));
    return made;
  }

  /** Makes answers by path. */
  static Answers of(Map<String, byte[]> bodies) {
    Answers made = new Answers();
    made.answers.putAll(bodies);
    return made;
  }

  /** Makes the answers of all synthetic files. */
  static Answers synthetic() {
    Answers made = at(Fixtures.NOW);
    made.put(feed(Fixtures.MERCHANT), Fixtures.text("synthetic-account-transactions.json"));
    made.put(
        "/v2/blockchain/accounts/" + Fixtures.USDT + "/methods/get_wallet_address",
        Fixtures.text("synthetic-get-wallet-address.json"));
    made.put(
        "/v2/jettons/" + Fixtures.USDT + "/accounts/" + Fixtures.MERCHANT + "/history",
        Fixtures.text("synthetic-jetton-history.json"));
    return made;
  }

  static String feed(String account) {
    return "/v2/blockchain/accounts/" + account + "/transactions";
  }

  static String byHash(String hash) {
    return "/v2/blockchain/transactions/" + hash;
  }

  Answers put(String path, String body) {
    answers.put(path, body.getBytes(StandardCharsets.UTF_8));
    return this;
  }

  /** Answers everything with this status. */
  Answers status(int code) {
    status = code;
    return this;
  }

  Map<String, byte[]> bodies() {
    return answers;
  }

  /** Makes a verifier that reads these; its ticker does not wait. */
  PaymentVerifier verifier(Instant now, ManualTicker ticker) {
    VerifierOptions options = VerifierOptions.none().with(VerifierOptions.MAX_RETRIES, "0");
    Clock clock = Clock.fixed(now, ZoneOffset.UTC);
    ApiClient client =
        TonApi.client(BASE)
            .transport(this)
            .options(options)
            .limit(1000, Duration.ofSeconds(1))
            .ticker(ticker)
            .build();
    return TransferSourceVerifier.of(
        new TonTransferSource(new TonApi(client), clock, 50, false), VerifierContext.of(options, clock, ticker));
  }

  /** Makes a verifier that reads these. */
  PaymentVerifier verifier(Instant now) {
    return verifier(now, new ManualTicker());
  }

  @Override
  public ApiResponse get(URI uri, Map<String, String> headers, Duration timeout) {
    byte[] body = answers.get(uri.getPath());
    if (body == null) {
      return new ApiResponse(404, Map.of(), Fixtures.bytes("error-404-entity-not-found.json"));
    }
    boolean isLaterPage = String.valueOf(uri.getRawQuery()).contains("before_lt=");
    return new ApiResponse(
        status, Map.of(), isLaterPage ? "{\"transactions\":[],\"operations\":[]}".getBytes(StandardCharsets.UTF_8) : body);
  }

  @Override
  public void close() {
    // There is nothing to release.
  }
}
