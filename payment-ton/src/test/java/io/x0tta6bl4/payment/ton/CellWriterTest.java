package io.x0tta6bl4.payment.ton;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.x0tta6bl4.simulator.ton.CellWriter;
import java.math.BigInteger;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The encoder of the tests writes what the chain does, byte for byte. */
class CellWriterTest {

  @Test
  void textCommentsOfAllSyntheticAndRecordedTransactionsAreReproduced() {
    int comments = 0;
    for (String file : List.of("synthetic-account-transactions.json", "account-transactions-subbotin.json")) {
      for (ObjectNode transaction : Fixtures.transactions(file)) {
        JsonNode message = transaction.path("in_msg");
        String text = message.path("decoded_body").path("text").textValue();
        if (text != null && message.has("raw_body")) {
          assertThat(CellWriter.comment(text).hex()).isEqualTo(message.get("raw_body").textValue());
          comments++;
        }
      }
    }
    assertThat(comments).isEqualTo(10);
    JsonNode out = Fixtures.tree("transaction-outgoing-comment.gem.json").get("out_msgs").get(0);
    assertThat(CellWriter.comment("hello-123").hex()).isEqualTo(out.get("raw_body").textValue());
  }

  @Test
  void aCommentThatIsNotDecodedIsReproduced() {
    assertThat(CellWriter.comment("ORD-1007").hex()).isEqualTo(rawBody("688c1b68"));
  }

  @Test
  void notificationsAreReproduced() {
    BigInteger amount = BigInteger.valueOf(25_000_000);
    CellWriter payload = CellWriter.comment("ORD-1002");
    assertThat(CellWriter.notification(BigInteger.ONE, amount, Fixtures.PAYER, payload).hex()).isEqualTo(rawBody("90a90c2e"));
    assertThat(CellWriter.notification(BigInteger.ONE, amount, Fixtures.PAYER, null).hex()).isEqualTo(rawBody("e49a66b6"));
    CellWriter binary = new CellWriter().number(0x5b1234b8L, 32).number(0x3f0, 64);
    assertThat(CellWriter.notification(BigInteger.ONE, amount, Fixtures.PAYER, binary).hex()).isEqualTo(rawBody("3019bc1a"));
  }

  @Test
  void encryptedAndBouncedBodiesAreReproduced() {
    JsonNode encrypted = Fixtures.synthetic("df14614d").get("in_msg");
    byte[] cipher = HexFormat.of().parseHex(encrypted.get("decoded_body").get("cipher_text").textValue());
    assertThat(CellWriter.encrypted(cipher).hex()).isEqualTo(rawBody("df14614d"));
    assertThat(CellWriter.bounced().hex()).isEqualTo(rawBody("65c5f689"));
  }

  private static String rawBody(String hash) {
    return Fixtures.synthetic(hash).get("in_msg").get("raw_body").textValue();
  }
}
