package io.x0tta6bl4.payment.ton.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.x0tta6bl4.payment.MalformedReplyException;
import io.x0tta6bl4.payment.ton.Fixtures;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TransactionReaderTest {

  private static final String GOOD = Fixtures.text("synthetic-transaction-by-hash.json");

  private static TransactionReader.Page page(String json) throws IOException {
    return TransactionReader.page(json.getBytes(StandardCharsets.UTF_8));
  }

  private static TonTransaction single(String json) throws IOException {
    return TransactionReader.single(json.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void everyFieldThatMattersIsRead() throws IOException {
    TonTransaction read = single(GOOD);
    assertThat(read.hash()).isEqualTo(Fixtures.NOTICE);
    assertThat(read.lt()).isEqualTo(65_001_044_000_001L);
    assertThat(read.account()).isEqualTo(Fixtures.MERCHANT);
    assertThat(read.success()).isTrue();
    assertThat(read.utime()).isEqualTo(1_767_229_080L);
    assertThat(read.credit()).isEqualTo(50_000_000L);
    assertThat(read.bouncePhase()).isNull();
    assertThat(read.previousLt()).isEqualTo(65_001_026_000_001L);
    assertThat(read.previousHash()).startsWith("39320a88");
    Message message = read.in();
    assertThat(message).isNotNull();
    assertThat(message.isInternal()).isTrue();
    assertThat(message.source()).isEqualTo(Fixtures.MERCHANT_WALLET);
    assertThat(message.opCode()).isEqualTo("0x7362d09c");
    assertThat(message.decodedName()).isEqualTo("jetton_notify");
  }

  @ParameterizedTest
  @CsvSource({
    "synthetic-account-transactions.json, 19", "account-transactions-subbotin.json, 2", "block-txs-2.opentonapi.json, 12",
    "block-txs-3.opentonapi.json, 4"
  })
  void allRecordedTransactionsAreReadable(String file, int rows) throws IOException {
    TransactionReader.Page page = TransactionReader.page(Fixtures.bytes(file));
    assertThat(page.rows()).hasSize(rows).doesNotContainNull();
    assertThat(page.unreadable()).isEmpty();
  }

  @Test
  void theMessagesThatWereSentAreRead() throws IOException {
    TonTransaction sent = TransactionReader.single(Fixtures.bytes("transaction-outgoing-comment.gem.json"));
    assertThat(sent.out()).singleElement().satisfies(out -> {
      assertThat(out.value()).isEqualTo(1_000_000_000L);
      assertThat(out.destination()).startsWith("0:01c1");
      assertThat(out.hash()).startsWith("5bdf54bf");
    });
    assertThat(sent.credit()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"hash", "lt", "account", "success", "utime", "credit_phase", "prev_trans_lt", "prev_trans_hash", "in_msg", "out_msgs"})
  void row61_aFieldThatStandsTwiceMakesItUnreadable(String name) throws IOException {
    ObjectNode tree = Fixtures.parse(GOOD);
    String twice = "{\"" + name + "\":" + tree.get(name) + "," + GOOD.strip().substring(1);
    assertThatThrownBy(() -> single(twice)).isInstanceOf(MalformedReplyException.class).hasMessageContaining("twice");
    TransactionReader.Page page = page("{\"transactions\":[" + twice + "," + GOOD + "]}");
    assertThat(page.rows().get(0)).isNull();
    assertThat(page.rows().get(1)).isNotNull();
    assertThat(page.unreadable()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"msg_type", "bounced", "source", "op_code", "raw_body", "decoded_op_name", "decoded_body"})
  void row61_aFieldOfTheMessageThatStandsTwiceMakesItUnreadable(String name) {
    ObjectNode tree = Fixtures.parse(GOOD);
    String message = tree.get("in_msg").toString();
    String twice = "{\"" + name + "\":" + tree.get("in_msg").get(name) + "," + message.substring(1);
    tree.remove("in_msg");
    String json = tree.toString();
    assertThatThrownBy(() -> single("{\"in_msg\":" + twice + "," + json.substring(1))).isInstanceOf(MalformedReplyException.class);
  }

  @ParameterizedTest
  @CsvSource(delimiter = ';', value = {
    "hash; null", "hash; 5", "hash; \"abc\"", "lt; -1", "lt; 0", "lt; 9223372036854775808", "lt; 1e3", "lt; \"7\"", "lt; null",
    "account; null", "account; {}", "account; \"x\"", "account; []", "success; null", "success; 1", "success; \"true\"",
    "utime; 1767229080000", "utime; 0", "utime; -5", "utime; null", "utime; 1.5", "credit_phase; 7", "credit_phase; {\"credit\":-1}",
    "credit_phase; {\"credit\":\"5\"}", "credit_phase; {\"credit\":99999999999999999999}", "in_msg; []", "in_msg; 7",
    "in_msg; {}", "in_msg; {\"msg_type\":\"int_msg\"}", "in_msg; {\"msg_type\":7,\"bounced\":false}",
    "in_msg; {\"msg_type\":\"int_msg\",\"bounced\":\"false\"}", "in_msg; {\"msg_type\":\"int_msg\",\"bounced\":false,\"raw_body\":\"zz\"}",
    "in_msg; {\"msg_type\":\"int_msg\",\"bounced\":false,\"raw_body\":\"b5e\"}",
    "in_msg; {\"msg_type\":\"int_msg\",\"bounced\":false,\"source\":{\"address\":5}}", "out_msgs; {}", "out_msgs; [7]",
    "bounce_phase; 5", "prev_trans_lt; \"x\"", "prev_trans_hash; 7"
  })
  void row41_row59_row61_aFieldOfTheWrongKindMakesItUnreadable(String name, String value) {
    ObjectNode tree = Fixtures.parse(GOOD);
    tree.set(name, Fixtures.parse("{\"v\":" + value + "}").get("v"));
    assertThatThrownBy(() -> single(tree.toString())).isInstanceOf(MalformedReplyException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"bounce_phase", "credit_phase", "in_msg", "prev_trans_lt", "prev_trans_hash", "out_msgs", "aborted", "raw"})
  void fieldsThatNeedNotBeThereMayBeMissing(String name) throws IOException {
    ObjectNode tree = Fixtures.parse(GOOD);
    tree.remove(name);
    assertThat(single(tree.toString()).hash()).isEqualTo(Fixtures.NOTICE);
  }

  @ParameterizedTest
  @ValueSource(strings = {
    "[]", "7", "null", "\"x\"", "{}", "{\"transactions\":{}}", "{\"transactions\":null}", "{\"transactions\":[],\"transactions\":[]}",
    "{\"transactions\":[]} {}", "{\"error\":\"x\"}"
  })
  void row62_whatIsNoListingIsMalformed(String json) {
    assertThatThrownBy(() -> page(json)).isInstanceOf(MalformedReplyException.class);
  }

  @Test
  void row61_nestingThatIsTooDeepIsAnErrorOfReading() {
    String deep = "{\"transactions\":[{\"x\":" + "[".repeat(1000) + "]".repeat(1000) + "}]}";
    assertThatThrownBy(() -> page(deep)).isInstanceOf(IOException.class);
    for (int length = 1; length < GOOD.length(); length += 97) {
      String cut = GOOD.substring(0, length);
      assertThatThrownBy(() -> single(cut)).isInstanceOfAny(IOException.class, MalformedReplyException.class);
    }
  }

  @Test
  void rowsThatAreNoObjectsAreUnreadable() throws IOException {
    TransactionReader.Page page = page("{\"more\":[1],\"transactions\":[null,7,\"x\",[],{}," + GOOD + "]}");
    assertThat(page.rows()).hasSize(6);
    assertThat(page.rows().subList(0, 5)).containsOnlyNulls();
    assertThat(page.unreadable()).hasSize(5);
    assertThat(List.of(String.valueOf(page.unreadable().get(0)))).allMatch(text -> text.startsWith("row 0"));
  }
}
