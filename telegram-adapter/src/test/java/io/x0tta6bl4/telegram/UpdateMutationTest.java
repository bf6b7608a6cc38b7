package io.x0tta6bl4.telegram;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Ten thousand broken updates: each is answered as fits, none gets an exception out, and none costs a good one its work. */
class UpdateMutationTest {

  private static final int MUTATIONS = 10_000;
  private static final String SECRET = "webhook-secret-0123456789";

  /** Deeper nesting than 64 is refused, whatever it means. */
  private static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(64).build())
                  .build())
          .build();

  private final ShopRig shop = new ShopRig();
  private final long seed = Long.getLong("mutation.seed", System.nanoTime());
  private final Random random = new Random(seed);

  @Test
  void brokenUpdatesAreAnsweredAndGoodOnesAreWorkedOn() throws Exception {
    System.out.println("UpdateMutationTest seed " + seed);
    shop.open("ORD-1", "25");
    List<ObjectNode> seeds =
        List.of(
            shop.telegram.write(7, "en", "/start " + shop.payload("ORD-1")),
            shop.telegram.write(7, "ru", "/status"),
            shop.telegram.press(7, "en", "cORD-1!AAAAAAAAAAA"),
            shop.telegram.membership(7, "kicked"));
    WebhookHandler handler = shop.bot.webhook(ShopRig.SECRETS);
    TreeMap<Integer, Integer> statuses = new TreeMap<>();
    for (int i = 0; i < MUTATIONS; i++) {
      byte[] body = mutated(seeds.get(i % seeds.size()), i);
      int status =
          handler.handle("POST", "application/json", SECRET, new ByteArrayInputStream(body)).status();
      assertThat(status).as("seed %s, mutation %s: %s", seed, i, new String(body, UTF_8)).isIn(200, 400);
      assertThat(status).as("seed %s, mutation %s", seed, i).isEqualTo(isUpdate(body) ? 200 : 400);
      statuses.merge(status, 1, Integer::sum);
      if (i % 10 == 0) {
        shop.bot.step();
        shop.time.pass(Duration.ofMillis(50));
      }
    }
    System.out.println("answers: " + statuses);
    shop.run(Duration.ofMinutes(5));

    assertThat(statuses).containsOnlyKeys(200, 400);
    assertThat(shop.chat(ShopRig.ADMIN)).as("updates set aside").isEmpty();
    byte[] good = shop.telegram.write(8, "en", "/status").toString().getBytes(UTF_8);
    assertThat(handler.handle("POST", "application/json", SECRET, new ByteArrayInputStream(good)).status()).isEqualTo(200);
    shop.run(Duration.ofSeconds(10));
    assertThat(shop.last(8).text).startsWith("There are no orders here.");
  }

  /** What JSON and the words of the Javadoc say, read apart from the adapter. */
  private static boolean isUpdate(byte[] body) {
    try {
      JsonNode root =
          JSON.reader()
              .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
              .with(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
              .readTree(body);
      return root != null && root.isObject() && root.path("update_id").isIntegralNumber() && root.path("update_id").canConvertToLong();
    } catch (IOException e) {
      return false;
    }
  }

  private byte[] mutated(ObjectNode seedUpdate, int number) {
    ObjectNode update = seedUpdate.deepCopy();
    update.put("update_id", 1_000_000 + number);
    for (int n = 1 + random.nextInt(3); n > 0; n--) {
      mutate(update);
    }
    byte[] bytes = update.toString().getBytes(UTF_8);
    if (random.nextInt(4) == 0 && bytes.length > 0) {
      for (int n = 1 + random.nextInt(3); n > 0; n--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
    }
    return random.nextInt(10) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length + 1)) : bytes;
  }

  private void mutate(ObjectNode root) {
    List<ObjectNode> objects = new ArrayList<>();
    collect(root, objects);
    ObjectNode object = objects.get(random.nextInt(objects.size()));
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    if (names.isEmpty()) {
      return;
    }
    String name = names.get(random.nextInt(names.size()));
    switch (random.nextInt(10)) {
      case 0 -> object.remove(name);
      case 1 -> object.putNull(name);
      case 2 -> object.put(name, text());
      case 3 -> object.put(name, random.nextLong());
      case 4 -> object.put(name, random.nextBoolean());
      case 5 -> object.putArray(name).add(text()).add(random.nextInt());
      case 6 -> object.putObject(name).put(text(), random.nextInt());
      case 7 -> object.put(name, new BigInteger(random.nextInt(200) + 1, random));
      case 8 -> nested(object.putArray(name), random.nextInt(90));
      default -> object.put(text(), text());
    }
  }

  private static void nested(ArrayNode array, int depth) {
    ArrayNode inner = array;
    for (int i = 0; i < depth; i++) {
      inner = inner.addArray();
    }
  }

  private static void collect(JsonNode node, List<ObjectNode> into) {
    if (node instanceof ObjectNode object) {
      into.add(object);
    }
    node.forEach(child -> collect(child, into));
  }

  private String text() {
    StringBuilder text = new StringBuilder();
    for (int n = random.nextInt(random.nextInt(20) == 0 ? 9_000 : 30); n > 0; n--) {
      text.append((char) (random.nextBoolean() ? random.nextInt(0x80) : random.nextInt(0xd800)));
    }
    return random.nextInt(3) == 0 ? "/start " + text : text.toString();
  }
}
