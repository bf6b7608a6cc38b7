package io.x0tta6bl4.payment.tron;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The recorded and synthetic answers of TronGrid under {@code src/test/resources/trongrid}, and who acts in them. */
public final class Fixtures {

  /** The instant of all synthetic answers. */
  public static final Instant NOW = Instant.parse("2026-01-01T01:00:00Z");

  /** The recipient of the synthetic answers. */
  public static final String MERCHANT = "TBTiACnt7FMW8YGFpPAPyjBmGrWiKVkSJD";

  /** {@link #MERCHANT} in hex. */
  public static final String MERCHANT_HEX = "41105c1cc0a7969e8eeec4349488e095a297c5f9af";

  /** The payer of the synthetic answers. */
  public static final String PAYER = "TDGWACVpQBZi6T6fKXecuGWZd1VNtRZMFC";

  /** A contract that calls itself USDT. */
  public static final String FAKE_USDT = "TVfpTwe327sNY9BMcT88RHsu7XZFCqWymr";

  /** The real one. */
  public static final String USDT = "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t";

  /** Somebody else. */
  public static final String STRANGER = "TL24LCps5FKwp3PoU1MvrYrwhi5LU1tHre";

  /** The transaction that pays 25 USDT for ORD-1001. */
  public static final String PAID = "2d4955434318f23ff7de643577975b97c12d51b51409182a1429868e39f3f4c9";

  /** The transaction that pays 10 and 15 USDT for ORD-1009. */
  public static final String PAID_TWICE = "bb6085e80226d8ad4684d9ebde01bf39da0630a499cbd194857d175446f7aac6";

  /** Reads and writes JSON as a provider does. */
  public static final ObjectMapper JSON = new ObjectMapper();

  private Fixtures() {}

  /** Reads a file. */
  public static byte[] bytes(String name) {
    try (InputStream in = Fixtures.class.getResourceAsStream("/trongrid/" + name)) {
      if (in == null) {
        throw new IllegalArgumentException("no fixture " + name);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads a file. */
  public static String text(String name) {
    return new String(bytes(name), StandardCharsets.UTF_8);
  }

  /** Parses a file. */
  public static ObjectNode tree(String name) {
    return parse(text(name));
  }

  /** Parses an object. */
  public static ObjectNode parse(String json) {
    try {
      return (ObjectNode) JSON.readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Collects all transactions that stand anywhere in a file, that is all objects with {@code raw_data_hex}. */
  public static List<JsonNode> transactions(String name) {
    List<JsonNode> found = new ArrayList<>();
    collect(tree(name), found);
    return found;
  }

  private static void collect(JsonNode node, List<JsonNode> found) {
    if (node.has("raw_data_hex")) {
      found.add(node);
    }
    node.forEach(child -> collect(child, found));
  }
}
