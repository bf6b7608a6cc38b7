package io.x0tta6bl4.payment.tron;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.x0tta6bl4.payment.Amount;
import io.x0tta6bl4.payment.Asset;
import io.x0tta6bl4.payment.MatchMode;
import io.x0tta6bl4.payment.PaymentRequest;
import io.x0tta6bl4.payment.PaymentVerifier;
import io.x0tta6bl4.payment.Verification;
import io.x0tta6bl4.payment.VerifierOptions;
import io.x0tta6bl4.payment.http.ApiClient;
import io.x0tta6bl4.payment.http.ApiResponse;
import io.x0tta6bl4.payment.http.HttpTransport;
import io.x0tta6bl4.payment.spi.TransferSourceVerifier;
import io.x0tta6bl4.payment.spi.VerifierContext;
import io.x0tta6bl4.payment.tron.internal.TronGrid;
import io.x0tta6bl4.payment.tron.internal.TronTransferSource;
import io.x0tta6bl4.simulator.tron.ScriptedTransaction;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Random single mutations of the answers: no exception leaves the verifier, and no order that is not paid becomes verified.
 *
 * <p>Left out are orders that only a block's time speaks against (too old, pending): no payer signs it, so that a provider
 * that lies about it is believed. The same holds for a provider that changes {@code contractRet} together with the receipt
 * and its logs of a failed call, or the logs of a contract whose call tells no amount.
 */
class TronMutationTest {

  private static final long SEED = Long.getLong("tron.mutation.seed", 20_260_101L);
  private static final int MUTATIONS = 10_000;
  private static final URI BASE = URI.create("https://mutated.example");
  private static final String SOLID = "/walletsolidity/getnowblock";
  private static final String HEAD = "/wallet/getnowblock";
  private static final String ORD1008 = "d83cb45e11f0a57f4c141ea0666a73fca63e20a67c5018d25b1c02518ff4e1ad";
  private static final String BY_ID = "/wallet/gettransactionbyid?value=";
  private static final String RECEIPT = "/wallet/gettransactioninfobyid?value=";

  private final VirtualTicker ticker = new VirtualTicker();
  private final Random random = new Random(SEED);

  /** A question, its answers by path, and whether it is a payment. */
  private record Case(String name, Instant now, Map<String, byte[]> answers, List<PaymentRequest> orders, String hash) {}

  @Test
  void tenThousandMutationsThrowNothingAndVerifyNothingThatIsNotPaid() {
    List<Case> cases = cases();
    System.out.println("TronMutationTest seed " + SEED + ", " + cases.size() + " cases");
    for (Case c : cases) {
      for (Verification verdict : ask(c, c.answers())) {
        assertThat(verdict.isVerified()).as(c.name() + " " + verdict).isFalse();
        assertThat(verdict).as(c.name()).isNotInstanceOf(Verification.Unavailable.class);
      }
    }
    for (int i = 0; i < MUTATIONS; i++) {
      Case c = cases.get(random.nextInt(cases.size()));
      List<String> paths = new ArrayList<>(c.answers().keySet());
      String path = paths.get(random.nextInt(paths.size()));
      byte[] mutated = mutated(c.answers().get(path));
      Map<String, byte[]> answers = new LinkedHashMap<>(c.answers());
      answers.put(path, mutated);
      String what = "seed " + SEED + ", mutation " + i + " of " + path + " in " + c.name();
      try {
        for (Verification verdict : ask(c, answers)) {
          if (verdict.isVerified()) {
            fail(what + " verified " + verdict + ": " + new String(mutated, StandardCharsets.UTF_8));
          }
        }
      } catch (RuntimeException e) {
        throw new AssertionError(what + " threw for " + new String(mutated, StandardCharsets.UTF_8), e);
      }
    }
  }

  @Test
  void theSameAnswersVerifyWhatIsPaid() {
    // Otherwise the other test would prove nothing.
    Case scan = cases().get(0);
    Case paid = new Case("paid", scan.now(), scan.answers(), List.of(usdt("ORD-1001", "25"), usdt("ORD-1009", "25")), "");
    assertThat(ask(paid, paid.answers())).allMatch(Verification::isVerified);
    Case byHash = cases().stream().filter(c -> c.hash().equals(Fixtures.PAID)).findFirst().orElseThrow();
    Case paidByHash = new Case("paid", byHash.now(), byHash.answers(), List.of(usdt("ORD-1001", "25")), byHash.hash());
    assertThat(ask(paidByHash, paidByHash.answers())).allMatch(Verification::isVerified);
  }

  private List<Verification> ask(Case c, Map<String, byte[]> answers) {
    Clock clock = Clock.fixed(c.now(), ZoneOffset.UTC);
    VerifierOptions options = VerifierOptions.none().with(VerifierOptions.MAX_RETRIES, "0");
    ApiClient client =
        TronGrid.client(BASE)
            .transport(new Answers(answers))
            .options(options)
            .limit(1000, Duration.ofSeconds(1))
            .ticker(ticker)
            .build();
    try (PaymentVerifier verifier =
        TransferSourceVerifier.of(
            new TronTransferSource(new TronGrid(client), clock, 50), VerifierContext.of(options, clock, ticker))) {
      List<Verification> verdicts =
          c.hash().isEmpty()
              ? verifier.verifyAll(c.orders())
              : c.orders().stream().map(order -> verifier.verify(order, c.hash())).toList();
      verdicts.forEach(verdict -> assertThat(verdict.toString()).isNotNull());
      // A mutated error may suspend the key; the next question comes when that is over.
      ticker.sleep(Duration.ofDays(2));
      return verdicts;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static List<Case> cases() {
    Map<String, byte[]> synthetic = heads(Fixtures.NOW);
    String trc20 = "/v1/accounts/" + Fixtures.MERCHANT + "/transactions/trc20";
    ObjectNode listing = Fixtures.tree("synthetic-account-trc20-get-detail.json");
    synthetic.put(trc20, Fixtures.bytes("synthetic-account-trc20-get-detail.json"));
    synthetic.put("/v1/accounts/" + Fixtures.MERCHANT + "/transactions", Fixtures.bytes("synthetic-account-transactions-trx.json"));
    synthetic.put(BY_ID + ORD1008, Fixtures.bytes("synthetic-transaction-usdt-memo-ord1008.json"));
    synthetic.put(RECEIPT + Fixtures.PAID_TWICE, Fixtures.bytes("synthetic-txinfo-two-transfers.json"));
    List<PaymentRequest> unpaid =
        List.of(
            usdt("ORD-1001", "26"),
            usdt("ORD-1002", "25"),
            usdt("ORD-1003", "25"),
            usdt("ORD-1004", "25"),
            usdt("ORD-1006", "25"),
            usdt("ORD-1007", "25"),
            usdt("ORD-1008", "24"),
            usdt("ORD-1009", "24"),
            usdt("ORD-1010", "25"),
            usdt("ORD-1011", "25"),
            usdt("ORD-1013", "25"),
            usdt("ORD-9999", "25"),
            PaymentRequest.builder("ORD-8888", Fixtures.MERCHANT, amount("123.456789")).matchMode(MatchMode.AMOUNT).build());
    List<PaymentRequest> unpaidTrx =
        List.of(trx("ORD-3001", "101"), trx("ORD-3002", "100"), trx("ORD-3003", "100"), trx("ORD-3004", "100"), trx("ORD-9999", "100"));
    List<Case> cases = new ArrayList<>();
    cases.add(new Case("scan", Fixtures.NOW, synthetic, unpaid, ""));
    cases.add(new Case("scan of TRX", Fixtures.NOW, synthetic, unpaidTrx, ""));
    for (int row : new int[] {0, 1, 2, 4, 7, 8, 12}) {
      JsonNode listed = listing.get("data").get(row);
      String hash = listed.get("transaction_id").textValue();
      Map<String, byte[]> answers = heads(Fixtures.NOW);
      answers.put(BY_ID + hash, listed.get("detail").toString().getBytes(StandardCharsets.UTF_8));
      answers.put(RECEIPT + hash, receipt(listed).toString().getBytes(StandardCharsets.UTF_8));
      cases.add(
          new Case("by hash, row " + row, Fixtures.NOW, answers, List.of(usdt("ORD-1001", "27"), usdt("ORD-1002", "25"), usdt("ORD-1003", "25")), hash));
    }
    for (String kind : List.of("out-of-energy", "revert")) {
      JsonNode transaction = Fixtures.tree("synthetic-transaction-usdt-" + kind + ".json");
      String hash = transaction.get("txID").textValue();
      Map<String, byte[]> answers = heads(Fixtures.NOW);
      answers.put(BY_ID + hash, Fixtures.bytes("synthetic-transaction-usdt-" + kind + ".json"));
      answers.put(RECEIPT + hash, Fixtures.bytes("synthetic-txinfo-usdt-" + kind + ".json"));
      cases.add(new Case(kind, Fixtures.NOW, answers, List.of(usdt("ORD-1011", "25"), usdt("ORD-1013", "25")), hash));
    }
    JsonNode recorded = Fixtures.tree("account-trc20-get-detail.ledger.json").get("data").get(0);
    String hash = recorded.get("transaction_id").textValue();
    Instant now = Instant.ofEpochMilli(recorded.get("block_timestamp").longValue()).plusSeconds(120);
    String recipient = recorded.get("to").textValue();
    Map<String, byte[]> answers = heads(now);
    answers.put("/v1/accounts/" + recipient + "/transactions/trc20", Fixtures.bytes("account-trc20-get-detail.ledger.json"));
    answers.put("/v1/accounts/" + recipient + "/transactions", Fixtures.bytes("account-transactions-mixed.blockatlas.json"));
    answers.put(BY_ID + hash, recorded.get("detail").toString().getBytes(StandardCharsets.UTF_8));
    answers.put(RECEIPT + hash, Fixtures.bytes("txinfo-usdt-transfer.ledger.json"));
    List<PaymentRequest> orders =
        List.of(
            PaymentRequest.builder("ORD-1", recipient, amount("41.677389")).build(),
            PaymentRequest.builder("ORD-1", recipient, amount("41.677388")).matchMode(MatchMode.AMOUNT).build(),
            PaymentRequest.builder("ORD-1", recipient, amount("4167")).matchMode(MatchMode.ADDRESS).tolerance(BigDecimal.ZERO).build());
    cases.add(new Case("recorded scan", now, answers, orders, ""));
    cases.add(new Case("recorded by hash", now, answers, orders, hash));
    return cases;
  }

  private static Map<String, byte[]> heads(Instant now) {
    Map<String, byte[]> answers = new LinkedHashMap<>();
    answers.put(HEAD, head("synthetic-getnowblock.json", now));
    answers.put(SOLID, head("synthetic-walletsolidity-getnowblock.json", now.minusSeconds(57)));
    return answers;
  }

  private static byte[] head(String file, Instant time) {
    ObjectNode block = Fixtures.tree(file);
    ((ObjectNode) block.get("block_header").get("raw_data")).put("timestamp", time.toEpochMilli());
    return block.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static ObjectNode receipt(JsonNode listed) {
    ObjectNode receipt = Fixtures.tree("txinfo-usdt-transfer.ledger.json");
    receipt.put("id", listed.get("transaction_id").textValue());
    receipt.put("blockTimeStamp", listed.get("block_timestamp").longValue());
    ObjectNode log = (ObjectNode) receipt.get("log").get(0);
    log.put("address", ScriptedTransaction.hex(listed.get("token_info").get("address").textValue()).substring(2));
    ((ArrayNode) log.get("topics"))
        .set(1, "0".repeat(24) + ScriptedTransaction.hex(listed.get("from").textValue()).substring(2))
        .set(2, "0".repeat(24) + ScriptedTransaction.hex(listed.get("to").textValue()).substring(2));
    log.put("data", String.format("%064x", new BigInteger(listed.get("value").textValue())));
    return receipt;
  }

  private byte[] mutated(byte[] body) {
    return switch (random.nextInt(4)) {
      case 0 -> flipped(body);
      case 1 -> Arrays.copyOf(body, random.nextInt(body.length));
      default -> mutatedTree(body);
    };
  }

  private byte[] flipped(byte[] body) {
    byte[] flipped = body.clone();
    for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
      int at = random.nextInt(flipped.length);
      flipped[at] = random.nextBoolean() ? (byte) random.nextInt() : (byte) (flipped[at] ^ 1 << random.nextInt(8));
    }
    return flipped;
  }

  private byte[] mutatedTree(byte[] body) {
    ObjectNode root = Fixtures.parse(new String(body, StandardCharsets.UTF_8));
    List<Runnable> places = new ArrayList<>();
    List<String> duplicates = new ArrayList<>();
    collect(root, places, duplicates);
    if (random.nextInt(8) == 0 && !duplicates.isEmpty()) {
      // The name stands twice, the second time with another value.
      String name = duplicates.get(random.nextInt(duplicates.size()));
      String text = root.toString();
      int at = text.indexOf("\"" + name + "\":");
      return (text.substring(0, at) + "\"" + name + "\":" + odd(null) + "," + text.substring(at))
          .getBytes(StandardCharsets.UTF_8);
    }
    places.get(random.nextInt(places.size())).run();
    return root.toString().getBytes(StandardCharsets.UTF_8);
  }

  private void collect(JsonNode node, List<Runnable> places, List<String> names) {
    if (node instanceof ObjectNode object) {
      for (Map.Entry<String, JsonNode> field : object.properties()) {
        names.add(field.getKey());
        places.add(() -> object.remove(field.getKey()));
        places.add(() -> object.set(field.getKey(), odd(field.getValue())));
        places.add(() -> object.set(field.getKey(), odd(field.getValue())));
        collect(field.getValue(), places, names);
      }
    } else if (node instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        int at = i;
        places.add(() -> array.remove(at));
        places.add(() -> array.set(at, odd(array.get(at))));
        places.add(() -> array.add(array.get(at).deepCopy()));
        collect(array.get(i), places, names);
      }
    }
  }

  /** Makes another value in the place of one. */
  private JsonNode odd(JsonNode value) {
    var factory = Fixtures.JSON.getNodeFactory();
    if (value != null && value.isTextual() && random.nextInt(3) > 0) {
      return factory.textNode(oddText(value.textValue()));
    }
    return switch (random.nextInt(12)) {
      case 0 -> factory.nullNode();
      case 1 -> factory.booleanNode(random.nextBoolean());
      case 2 -> factory.numberNode(random.nextLong());
      case 3 -> factory.numberNode(BigInteger.TEN.pow(1 + random.nextInt(120)));
      case 4 -> factory.numberNode(new BigDecimal("1e" + random.nextInt(400)));
      case 5 -> factory.textNode("");
      case 6 -> factory.textNode("\u0000\u202e<script>" + "x".repeat(random.nextInt(300)));
      case 7 -> nested(factory.textNode("deep"), 1 + random.nextInt(90));
      case 8 -> factory.objectNode();
      case 9 -> value == null ? factory.arrayNode() : factory.arrayNode().add(value);
      case 10 -> value == null ? factory.numberNode(-1) : factory.textNode(value.asText());
      default -> value != null && value.isNumber() ? factory.numberNode(-value.longValue() / 1000) : factory.numberNode(0);
    };
  }

  private String oddText(String text) {
    char[] chars = text.toCharArray();
    switch (random.nextInt(6)) {
      case 0 -> {
        return text.toUpperCase(Locale.ROOT);
      }
      case 1 -> {
        return text.substring(0, random.nextInt(text.length() + 1));
      }
      case 2 -> {
        return text + text;
      }
      case 3 -> {
        return "0x" + text;
      }
      default -> {
        // Two characters change places, as digits of hex do.
        if (chars.length > 1) {
          int a = random.nextInt(chars.length);
          int b = random.nextInt(chars.length);
          char c = chars[a];
          chars[a] = chars[b];
          chars[b] = c;
        }
        return new String(chars);
      }
    }
  }

  private static JsonNode nested(JsonNode inner, int depth) {
    JsonNode node = inner;
    for (int i = 0; i < depth; i++) {
      node = Fixtures.JSON.createArrayNode().add(node);
    }
    return node;
  }

  private static Amount amount(String value) {
    return Amount.of(Asset.USDT_TRC20, new BigDecimal(value));
  }

  private static PaymentRequest usdt(String id, String value) {
    return PaymentRequest.builder(id, Fixtures.MERCHANT, amount(value)).tolerance(BigDecimal.ZERO).build();
  }

  private static PaymentRequest trx(String id, String value) {
    return PaymentRequest.builder(id, Fixtures.MERCHANT, Amount.of(Asset.TRX, new BigDecimal(value)))
        .tolerance(BigDecimal.ZERO)
        .build();
  }

  /** Gives the answers by path, and of the look-ups by path and hash; <code>{}</code> for all others. */
  private record Answers(Map<String, byte[]> answers) implements HttpTransport {

    @Override
    public ApiResponse get(URI uri, Map<String, String> headers, Duration timeout) {
      String key = uri.getPath().startsWith("/wallet/gettransaction") ? uri.getPath() + "?" + uri.getRawQuery() : uri.getPath();
      byte[] body = answers.get(key);
      return new ApiResponse(200, Map.of(), body != null ? body : "{}".getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
      // There is nothing to release.
    }
  }
}
