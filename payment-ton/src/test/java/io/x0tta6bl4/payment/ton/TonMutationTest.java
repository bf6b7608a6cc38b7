package io.x0tta6bl4.payment.ton;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.x0tta6bl4.payment.Amount;
import io.x0tta6bl4.payment.Asset;
import io.x0tta6bl4.payment.PaymentRequest;
import io.x0tta6bl4.payment.PaymentVerifier;
import io.x0tta6bl4.payment.Verification;
import io.x0tta6bl4.payment.testkit.ManualTicker;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
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
 * <p>Left out are orders that only one unsigned field of tonapi's speaks against, so that a provider that lies about it is
 * believed: the time of a block (too old, too new), {@code success} where the money is there all the same, the sender of a
 * transfer to oneself.
 */
class TonMutationTest {

  private static final long SEED = Long.getLong("ton.mutation.seed", 20_260_101L);
  private static final int MUTATIONS = 10_000;

  private final ManualTicker ticker = new ManualTicker();
  private final Random random = new Random(SEED);

  /** Questions and their answers by path; by scan where there is no hash. */
  private record Case(String name, Map<String, byte[]> answers, List<PaymentRequest> orders, String hash) {}

  @Test
  void tenThousandMutationsThrowNothingAndVerifyNothingThatIsNotPaid() throws InterruptedException {
    List<Case> cases = cases();
    for (Case c : cases) {
      for (Verification verdict : ask(c, c.answers())) {
        assertThat(verdict.isVerified()).as(c.name() + " " + verdict).isFalse();
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
  void theSameAnswersVerifyWhatIsPaid() throws InterruptedException {
    // Otherwise the other test would prove nothing.
    Case scan = new Case("paid", Answers.synthetic().bodies(), List.of(ton("ORD-1001", "5"), usdt("ORD-1002", "25")), "");
    assertThat(ask(scan, scan.answers())).allMatch(Verification::isVerified);
    Case byHash = cases().stream().filter(c -> c.hash().equals(Fixtures.NOTICE)).findFirst().orElseThrow();
    Case paid = new Case("paid", byHash.answers(), List.of(usdt("ORD-1002", "25")), byHash.hash());
    assertThat(ask(paid, paid.answers())).allMatch(Verification::isVerified);
  }

  private List<Verification> ask(Case c, Map<String, byte[]> answers) throws InterruptedException {
    try (PaymentVerifier verifier = Answers.of(answers).verifier(Fixtures.NOW, ticker)) {
      List<Verification> verdicts =
          c.hash().isEmpty()
              ? verifier.verifyAll(c.orders())
              : c.orders().stream().map(order -> verifier.verify(order, c.hash())).toList();
      verdicts.forEach(verdict -> assertThat(verdict.toString()).isNotNull());
      // A mutated error may suspend the key; the next question comes when that is over.
      ticker.sleep(Duration.ofDays(2));
      return verdicts;
    }
  }

  private static List<Case> cases() {
    List<PaymentRequest> inTon =
        List.of(
            ton("ORD-1001", "5.5"), ton("ORD-1005", "5"), ton("ORD-1011", "5"), ton("ORD-1012", "5"), ton("ORD-1016", "5.5"),
            ton("ORD-9999", "5"), ton("ORD-1002", "0.05"));
    List<PaymentRequest> inUsdt =
        List.of(
            usdt("ORD-1002", "26.5"), usdt("ORD-1003", "25"), usdt("ORD-1004", "25"), usdt("ORD-1021", "25"),
            usdt("ORD-1022", "25"), usdt("ORD-1023", "25"), usdt("ORD-9999", "25"));
    List<Case> cases = new ArrayList<>();
    cases.add(new Case("scan of TON", Answers.synthetic().bodies(), inTon, ""));
    cases.add(new Case("scan of USDT", Answers.synthetic().bodies(), inUsdt, ""));
    for (String prefix :
        List.of("333a0d76", "d132f197", "65c5f689", "df14614d", "688c1b68", "6824954a", "89ed7ba4", "4f0c8c3c", "39320a88",
            "fb4e3b17", "3019bc1a", "e49a66b6", "90a90c2e")) {
      ObjectNode transaction = Fixtures.synthetic(prefix);
      String hash = transaction.get("hash").textValue();
      Map<String, byte[]> answers = new LinkedHashMap<>(Answers.synthetic().bodies());
      answers.keySet().removeIf(path -> path.endsWith("/transactions") || path.endsWith("/history"));
      answers.put(Answers.byHash(hash), transaction.toString().getBytes(StandardCharsets.UTF_8));
      List<PaymentRequest> orders = new ArrayList<>(inTon.subList(0, 3));
      orders.addAll(inUsdt.subList(0, 3));
      cases.add(new Case("by hash " + prefix, answers, orders, hash));
    }
    return cases;
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

  private static PaymentRequest ton(String id, String value) {
    return request(id, Amount.of(Asset.TON, new BigDecimal(value)));
  }

  private static PaymentRequest usdt(String id, String value) {
    return request(id, Amount.of(Asset.USDT_JETTON, new BigDecimal(value)));
  }

  private static PaymentRequest request(String id, Amount amount) {
    return PaymentRequest.builder(id, Fixtures.MERCHANT, amount).tolerance(BigDecimal.ZERO).build();
  }
}
