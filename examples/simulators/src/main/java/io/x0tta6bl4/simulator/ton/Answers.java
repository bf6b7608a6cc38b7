package io.x0tta6bl4.simulator.ton;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The shapes of tonapi's answers, and the addresses of which a wallet on the real chain is known. */
final class Answers {

  static final String USDT = "0:b113a994b5024a16719f69139328eb759596c38a25f59028b146fecdc3621dfe";
  static final String MERCHANT = "0:d32f22cae56a370c865495bb6c3516d800415504a190e86919806742d7a8636c";
  static final String MERCHANT_WALLET = "0:004893f19dc8bb82e1caf93fa187303010c5f24276f55f20db4f86ebf624f419";
  static final ObjectMapper JSON = new ObjectMapper();

  private Answers() {}

  static String text(String name) {
    try (InputStream in = Answers.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalArgumentException("no answer " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static ObjectNode tree(String name) {
    try {
      return (ObjectNode) JSON.readTree(text(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
