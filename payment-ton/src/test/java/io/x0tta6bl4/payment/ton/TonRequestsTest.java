package io.x0tta6bl4.payment.ton;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.x0tta6bl4.payment.Amount;
import io.x0tta6bl4.payment.Asset;
import io.x0tta6bl4.payment.PaymentRequest;
import io.x0tta6bl4.payment.PaymentVerifier;
import io.x0tta6bl4.payment.PaymentVerifiers;
import io.x0tta6bl4.payment.Verification;
import io.x0tta6bl4.payment.VerifierOptions;
import io.x0tta6bl4.payment.spi.VerifierContext;
import io.x0tta6bl4.simulator.ton.ScriptedTransaction.Role;
import io.x0tta6bl4.simulator.http.SeenRequest;
import io.x0tta6bl4.simulator.ton.ScriptedTonApi;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is asked of tonapi, how, and how often. */
class TonRequestsTest extends ScriptedTest {

  private static final String KEY = "top-secret-key";
  private static final String HEAD = "/v2/blockchain/masterchain-head";
  private static final String STATUS = "/v2/status";
  private static final String FEED = "/v2/blockchain/accounts/" + MERCHANT + "/transactions";
  private static final String WALLET = "/v2/blockchain/accounts/" + Fixtures.USDT + "/methods/get_wallet_address";
  private static final String HISTORY = "/v2/jettons/" + Fixtures.USDT + "/accounts/" + MERCHANT + "/history";
  private static final String OLD_HISTORY = "/v2/accounts/" + MERCHANT + "/jettons/" + Fixtures.USDT + "/history";
  private static final Asset USDT = Asset.USDT_JETTON;

  @Test
  void theCoinIsVerifiedByTheHeadAndTheTransactions() {
    chain.add(pays(Asset.TON));
    assertVerified(scan(order(Asset.TON)));
    assertThat(api().paths()).startsWith(HEAD, FEED).doesNotContain(WALLET, HISTORY);
  }

  @Test
  void theWalletOfAJettonIsDerivedOnceAndKept() {
    chain.add(pays(USDT));
    PaymentVerifier verifier = verifier();
    assertVerified(verifier.verify(order(USDT)));
    assertVerified(verifier.verify(order(USDT)));
    assertVerified(verifier.verify(order(USDT), chain.get(0).hash()));
    assertThat(api().paths()).filteredOn(WALLET::equals).hasSize(1);
    assertThat(api().paths()).filteredOn(HISTORY::equals).hasSize(2);
  }

  @Test
  void theTransactionsAreAskedInPagesOf100TheNewestFirst() {
    for (int i = 0; i < 150; i++) {
      chain.add(pays(ton("1")).nonce(i).memo("").at(RECENTLY.plusSeconds(i)));
    }
    assertNotFound(scan(order(Asset.TON)));
    List<SeenRequest> pages = api().requests().stream().filter(r -> r.url().contains("/transactions")).toList();
    assertThat(pages).hasSize(2).allSatisfy(page -> {
      assertThat(parameter(page, "limit")).isEqualTo("100");
      assertThat(parameter(page, "sort_order")).isEqualTo("desc");
    });
    assertThat(pages.get(0).query("before_lt")).isEmpty();
    assertThat(Long.parseLong(parameter(pages.get(1), "before_lt"))).isPositive();
  }

  @Test
  void thePathOfTheHistoryThatAnsweredIsAskedFirst() {
    PaymentVerifier verifier = verifier();
    api().servesOldHistoryOnly();
    assertNotFound(verifier.verify(order(USDT)));
    assertNotFound(verifier.verify(order(USDT)));
    assertNotFound(verifier.verify(order(USDT)));
    assertThat(histories()).containsExactly(HISTORY, OLD_HISTORY, OLD_HISTORY, OLD_HISTORY);
    api().reset();
    api().answers(OLD_HISTORY, 404, "{\"error\":\"entity not found\"}");
    assertNotFound(verifier.verify(order(USDT)));
    assertNotFound(verifier.verify(order(USDT)));
    assertThat(histories()).containsExactly(OLD_HISTORY, HISTORY, HISTORY);
  }

  private List<String> histories() {
    return api().paths().stream().filter(path -> path.endsWith("/history")).toList();
  }

  @Test
  void theHistoryIsAskedAsFarBackAsALateNotificationWasSent() {
    chain.add(pays(USDT).at(RECENTLY).noticedAfter(100_000));
    scan(order(USDT));
    SeenRequest history = api().requests().stream().filter(r -> r.url().contains("/history")).findFirst().orElseThrow();
    assertThat(Long.parseLong(parameter(history, "start_date"))).isEqualTo(RECENTLY.getEpochSecond() - 100_000 - 120);
  }

  @Test
  void theHistoryIsAskedFromTheStartOfTheWindow() {
    scan(order(USDT));
    SeenRequest history = api().requests().stream().filter(r -> r.url().contains("/history")).findFirst().orElseThrow();
    assertThat(parameter(history, "limit")).isEqualTo("100");
    assertThat(Long.parseLong(parameter(history, "start_date")))
        .isEqualTo(Fixtures.NOW.minus(Duration.ofHours(24)).getEpochSecond());
    assertThat(parameter(api().requests().stream().filter(r -> r.url().contains("/methods/")).findFirst().orElseThrow(), "args"))
        .isEqualTo(MERCHANT);
  }

  @Test
  void theStatusIsAskedWhereNothingWasFound() {
    assertNotFound(scan(order(Asset.TON)));
    assertThat(api().paths()).containsExactly(HEAD, FEED, STATUS);
  }

  @Test
  void everyRequestIsOneOfTheDescriptionAndWithinItsRanges() throws IOException {
    askEverything();
    List<Endpoint> endpoints = endpoints();
    Set<String> used = new HashSet<>();
    for (SeenRequest request : api().requests()) {
      URI uri = URI.create(request.url());
      Endpoint endpoint =
          endpoints.stream().filter(e -> e.pattern().matcher(uri.getPath()).matches()).findFirst().orElseThrow(() -> new AssertionError("no endpoint for " + uri));
      used.add(endpoint.path());
      assertThat(request.method()).isEqualTo("GET");
      Map<String, String> asked = query(uri);
      asked.forEach((name, value) -> {
        JsonNode parameter = endpoint.parameters().get(name);
        assertThat(parameter).as(uri + " " + name).isNotNull();
        assertWithin(parameter.path("schema"), value, uri + " " + name);
      });
      endpoint.parameters().forEach((name, parameter) -> {
        if (parameter.path("required").asBoolean() && parameter.path("in").asText().equals("query")) {
          assertThat(asked).as(uri + " lacks " + name).containsKey(name);
        }
      });
    }
    assertThat(used)
        .containsExactlyInAnyOrder(
            HEAD,
            STATUS,
            "/v2/blockchain/accounts/{account_id}/transactions",
            "/v2/blockchain/accounts/{account_id}/methods/{method_name}",
            "/v2/blockchain/transactions/{transaction_id}",
            "/v2/blockchain/messages/{msg_id}/transaction",
            "/v2/jettons/{jetton_id}/accounts/{account_id}/history",
            "/v2/accounts/{account_id}/jettons/{jetton_id}/history");
  }

  @Test
  void row53_eventsAndActionsAreNeverAsked() {
    askEverything();
    assertThat(api().paths()).isNotEmpty().noneMatch(path -> path.contains("/events") || path.contains("/actions") || path.contains("/traces"));
  }

  @Test
  void row68_theKeyIsInItsHeaderAndNowhereElse() {
    chain.add(pays(USDT));
    PaymentVerifier verifier = verifier(VerifierOptions.API_KEY, KEY);
    assertVerified(verifier.verify(order(USDT)));
    assertVerified(verifier.verify(order(USDT), chain.get(0).hash()));
    assertThat(api().requests()).hasSizeGreaterThan(4).allSatisfy(request -> {
      assertThat(request.header("Authorization")).hasValue("Bearer " + KEY);
      assertThat(request.url()).doesNotContain(KEY);
      request.headers().entrySet().stream()
          .filter(header -> !header.getKey().equalsIgnoreCase("Authorization"))
          .forEach(header -> assertThat(header.getValue()).noneMatch(value -> value.contains(KEY)));
      assertThat(request.body()).isEmpty();
    });
  }

  @Test
  void row68_withoutAKeyNoHeaderIsSent() {
    scan(order(USDT));
    assertThat(api().requests()).isNotEmpty().allSatisfy(r -> assertThat(r.header("Authorization")).isEmpty());
  }

  @Test
  void row68_theKeyIsInNoVerdict() {
    PaymentVerifier verifier = verifier(VerifierOptions.API_KEY, KEY, VerifierOptions.TIMEOUT, "PT1S");
    for (ScriptedTonApi.Mode mode : ScriptedTonApi.Mode.values()) {
      api().mode(mode);
      assertThat(verifier.verify(order(USDT)).toString()).doesNotContain(KEY);
    }
    assertThat(verifier.toString()).doesNotContain(KEY);
  }

  @Test
  void row72_withoutAKeyOneRequestIsSentInFourSeconds() {
    chain.add(pays(Asset.TON));
    VerifierOptions options = api().options(VerifierOptions.none());
    try (PaymentVerifier verifier =
        PaymentVerifiers.load(
            "ton",
            VerifierContext.of(options, CLOCK, ticker()),
            TonRequestsTest.class.getClassLoader())) {
      assertVerified(verifier.verify(order(Asset.TON)));
    }
    Duration waited = ticker().sleeps().stream().reduce(Duration.ZERO, Duration::plus);
    assertThat(waited).isGreaterThanOrEqualTo(Duration.ofSeconds(4).multipliedBy(api().requests().size() - 1L));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../../v2/status", "0:d32f22cae56a370c865495bb6c3516d800415504a190e86919806742d7a8636?",
        "0:d32f22cae56a370c865495bb6c3516d800415504a190e86919806742d7a8636c/../x",
        "0:d32f22cae56a370c865495bb6c3516d800415504a190e86919806742d7a8636c?limit=1",
        "UQDTLyLK5Wo3DIZUlbtsNRbYAEFVBKGQ6GkZgGdC16hj/../", "%2e%2e%2f", "merchant.ton", "\u0000",
        "0:d32f22cae56a370c865495bb6c3516d800415504a190e86919806742d7a8636c\r\nHost: evil",
        "kQDTLyLK5Wo3DIZUlbtsNRbYAEFVBKGQ6GkZgGdC16hjbNNW", "1:d32f22cae56a370c865495bb6c3516d800415504a190e86919806742d7a8636c"
      })
  void row33_row76_whatIsNoAddressNeverReachesTheServer(String address) {
    PaymentRequest request = PaymentRequest.builder(ORDER, address, usdt("25")).build();
    assertThatThrownBy(() -> scan(request)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> verifier().verify(request, Fixtures.NOTICE)).isInstanceOf(IllegalArgumentException.class);
    assertThat(api().requests()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", " ", "0x", "../status", "90a90c2ec31ab2c08bbd38cd4e63d3e46f306ad47966bb8db02ae4f7b56d3bb",
        "90a90c2ec31ab2c08bbd38cd4e63d3e46f306ad47966bb8db02ae4f7b56d3bb8?x=1",
        "90a90c2ec31ab2c08bbd38cd4e63d3e46f306ad47966bb8db02ae4f7b56d3bb8b8",
        "zz4955434318f23ff7de643577975b97c12d51b51409182a1429868e39f3f4c9", "kKkMLsMassCLvTjNTmPT5G8watR5ZruNsCrk97VtO7/=="
      })
  void row74_row76_whatIsNoHashNeverReachesTheServer(String hash) {
    PaymentVerifier verifier = verifier();
    assertThatThrownBy(() -> verifier.verify(order(USDT), hash)).isInstanceOf(IllegalArgumentException.class);
    assertThat(api().requests()).isEmpty();
  }

  @Test
  void row76_anAssetOfAnotherChainOrWithABadMasterIsRefused() {
    for (Asset asset :
        List.of(
            Asset.TRX,
            new Asset("ton", "BAD", "../x", 6),
            new Asset("ton", "EQ", "EQCxE6mUtQJKFnGfaROTKOt1lZbDiiX1kCixRv7Nw2Id_sDs", 6),
            new Asset("ton", "UPPER", Fixtures.USDT.toUpperCase(Locale.ROOT), 6))) {
      PaymentRequest request = order(ORDER, Amount.ofUnits(asset, 1)).build();
      assertThatThrownBy(() -> scan(request)).isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(api().requests()).isEmpty();
  }

  @Test
  void ordersOfSeveralWalletsAreReadByOneScanEach() {
    chain.add(pays(USDT));
    PaymentRequest elsewhere = PaymentRequest.builder("ORD-1002", Fixtures.STRANGER, usdt("25")).build();
    PaymentRequest inTon = order("ORD-1003", ton("5")).build();
    List<Verification> verdicts =
        verifier().verifyAll(List.of(order(USDT), elsewhere, inTon, order("ORD-1004", usdt("1")).build()));
    assertThat(verdicts).extracting(Verification::isVerified).containsExactly(true, false, false, false);
    assertThat(api().paths()).filteredOn(path -> path.endsWith("/transactions")).hasSize(3);
  }

  @Test
  void aClosedVerifierRefuses() {
    PaymentVerifier verifier = verifier();
    verifier.close();
    verifier.close();
    assertThatThrownBy(() -> verifier.verify(order(USDT))).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> verifier.verify(order(USDT), Fixtures.NOTICE)).isInstanceOf(IllegalStateException.class);
  }

  private void askEverything() {
    Asset fake = new Asset("ton", "USDT", Fixtures.FAKE_USDT, 6);
    for (int i = 0; i < 120; i++) {
      chain.add(pays(ton("1")).nonce(i).memo("").at(RECENTLY.plusSeconds(i)));
      chain.add(pays(usdt("1")).nonce(i).memo("").at(RECENTLY.plusSeconds(i)).withoutNotice());
    }
    chain.add(pays(Asset.TON));
    chain.add(pays(USDT));
    chain.add(pays(Amount.ofUnits(fake, 25_000_000)));
    PaymentVerifier verifier = verifier();
    verifier.verify(order("ORD-7777", ton("25")).build());
    verifier.verify(order("ORD-7777", usdt("26")).build());
    verifier.verify(order("ORD-7777", ton("7")).build());
    verifier.verify(order(Asset.TON), chain.get(240).hash(Role.SENDER));
    verifier.verify(order(USDT), chain.get(241).hash(Role.RECIPIENTS_WALLET));
    verifier.verify(order(USDT), chain.get(242).hash());
    api().servesOldHistoryOnly();
    verifier.verify(order(USDT));
  }

  /** An endpoint of the description, with the parameters that its query may have. */
  private record Endpoint(String path, Pattern pattern, Map<String, JsonNode> parameters) {}

  private static List<Endpoint> endpoints() throws IOException {
    JsonNode root = new ObjectMapper(new YAMLFactory()).readTree(Fixtures.bytes("openapi.yml"));
    List<Endpoint> endpoints = new ArrayList<>();
    root.get("paths").properties().forEach(path -> {
      Map<String, JsonNode> parameters = new LinkedHashMap<>();
      for (JsonNode declared : path.getValue().path("get").path("parameters")) {
        JsonNode parameter =
            declared.has("$ref") ? root.at(declared.get("$ref").textValue().substring(1)) : declared;
        parameters.put(parameter.get("name").textValue(), parameter);
      }
      Pattern pattern = Pattern.compile(path.getKey().replaceAll("\\{[^}]+}", "[^/]+"));
      endpoints.add(new Endpoint(path.getKey(), pattern, parameters));
    });
    assertThat(endpoints).hasSizeGreaterThan(50);
    return endpoints;
  }

  private static void assertWithin(JsonNode schema, String value, String what) {
    if (schema.path("type").asText().equals("integer")) {
      long number = Long.parseLong(value);
      assertThat(number).as(what).isGreaterThanOrEqualTo(schema.path("minimum").asLong(Long.MIN_VALUE));
      assertThat(number).as(what).isLessThanOrEqualTo(schema.path("maximum").asLong(Long.MAX_VALUE));
    }
    if (schema.has("enum")) {
      List<String> allowed = new ArrayList<>();
      schema.get("enum").forEach(option -> allowed.add(option.asText()));
      assertThat(allowed).as(what).contains(value);
    }
  }

  private static Map<String, String> query(URI uri) {
    Map<String, String> query = new LinkedHashMap<>();
    if (uri.getRawQuery() != null) {
      for (String pair : uri.getRawQuery().split("&")) {
        int equals = pair.indexOf('=');
        query.put(pair.substring(0, equals), URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
      }
    }
    return query;
  }

  private static String parameter(SeenRequest request, String name) {
    return request.query(name).orElseThrow();
  }
}
