package io.x0tta6bl4.payment.ton;

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

/** The recorded and synthetic answers of tonapi under {@code src/test/resources/tonapi}, and who acts in them. */
public final class Fixtures {

  /** The instant of all synthetic answers. */
  public static final Instant NOW = Instant.parse("2026-01-01T01:00:00Z");

  /** The recipient of the synthetic answers. */
  public static final String MERCHANT = "0:d32f22cae56a370c865495bb6c3516d800415504a190e86919806742d7a8636c";

  /** {@link #MERCHANT} in the bounceable form. */
  public static final String MERCHANT_EQ = "EQDTLyLK5Wo3DIZUlbtsNRbYAEFVBKGQ6GkZgGdC16hjbNNW";

  /** {@link #MERCHANT} in the form that does not bounce. */
  public static final String MERCHANT_UQ = "UQDTLyLK5Wo3DIZUlbtsNRbYAEFVBKGQ6GkZgGdC16hjbI6T";

  /** The payer of the synthetic answers. */
  public static final String PAYER = "0:3efb06834d2e61a0d9ea0bd14b60451ec763fdff70e06ddb81ecc4007132bee1";

  /** Somebody else. */
  public static final String STRANGER = "0:3d7c0b00000000000000000000000000000000000000000000000000000000aa";

  /** The master of USDT. */
  public static final String USDT = "0:b113a994b5024a16719f69139328eb759596c38a25f59028b146fecdc3621dfe";

  /** A master that calls itself USDT. */
  public static final String FAKE_USDT = "0:818c8217179c28f2c64a1c43b76279e8268e189f58132e4c57407b7fd3900da0";

  /** The merchant's wallet of USDT. */
  public static final String MERCHANT_WALLET = "0:004893f19dc8bb82e1caf93fa187303010c5f24276f55f20db4f86ebf624f419";

  /** The notification that pays 25 USDT for ORD-1002. */
  public static final String NOTICE = "90a90c2ec31ab2c08bbd38cd4e63d3e46f306ad47966bb8db02ae4f7b56d3bb8";

  /** Reads and writes JSON as a provider does. */
  public static final ObjectMapper JSON = new ObjectMapper();

  private Fixtures() {}

  /** Reads a file. */
  public static byte[] bytes(String name) {
    try (InputStream in = Fixtures.class.getResourceAsStream("/tonapi/" + name)) {
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

  /** Gives the transactions of a listing. */
  public static List<ObjectNode> transactions(String name) {
    List<ObjectNode> found = new ArrayList<>();
    for (JsonNode node : tree(name).get("transactions")) {
      found.add((ObjectNode) node);
    }
    return found;
  }

  /** Finds the synthetic transaction whose first characters of the hash these are. */
  public static ObjectNode synthetic(String hash) {
    return transactions("synthetic-account-transactions.json").stream()
        .filter(t -> t.get("hash").textValue().startsWith(hash))
        .findFirst()
        .orElseThrow();
  }
}
