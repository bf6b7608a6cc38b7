package io.x0tta6bl4.payment.ton;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.x0tta6bl4.simulator.ton.ScriptedTransaction.Outcome;
import io.x0tta6bl4.simulator.ton.ScriptedTransaction.Role;
import io.x0tta6bl4.simulator.ton.ScriptedTonTransaction;
import io.x0tta6bl4.simulator.ton.ScriptedTransaction;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The server of the tests says what tonapi does, in its shapes. */
class ScriptedTonApiTest extends ScriptedTest {

  private static Set<String> keys(JsonNode node) {
    Set<String> keys = new TreeSet<>();
    node.fieldNames().forEachRemaining(keys::add);
    return keys;
  }

  @Test
  void aPaymentOfTonHasTheShapeOfTheRecordedTransactions() {
    ObjectNode json = ScriptedTonTransaction.of(List.of(pays(ton("5")), pays(ton("5")).nonce(1))).get(3).json();
    ObjectNode fixture = Fixtures.synthetic("333a0d76");
    assertThat(keys(json)).isEqualTo(keys(fixture));
    assertThat(keys(json.get("in_msg"))).isEqualTo(keys(fixture.get("in_msg")));
    ObjectNode bounced = ScriptedTonTransaction.of(List.of(pays(ton("5")).outcome(Outcome.BOUNCED))).get(1).json();
    Set<String> expected = keys(Fixtures.synthetic("d132f197"));
    expected.removeAll(Set.of("prev_trans_hash", "prev_trans_lt"));
    assertThat(keys(bounced)).isEqualTo(expected);
  }

  @Test
  void aNotificationIsThatOfTheFixturesByteForByte() {
    List<ScriptedTonTransaction> rendered = ScriptedTonTransaction.of(List.of(pays(usdt("25")).memo("ORD-1002")));
    JsonNode message = rendered.get(3).json().get("in_msg");
    JsonNode fixture = Fixtures.synthetic("90a90c2e").get("in_msg");
    for (String field : List.of("raw_body", "op_code", "decoded_op_name", "decoded_body", "source", "destination")) {
      JsonNode expected = fixture.get(field).deepCopy();
      if (field.equals("source")) {
        ((ObjectNode) expected).put("is_wallet", true);
      }
      assertThat(message.get(field).toString()).as(field).isEqualTo(expected.toString());
    }
    JsonNode row = rendered.get(2).operation();
    JsonNode fixtureRow = Fixtures.tree("synthetic-jetton-history.json").get("operations").get(0);
    assertThat(keys(row)).isEqualTo(keys(fixtureRow));
    assertThat(row.get("payload")).isEqualTo(fixtureRow.get("payload"));
  }

  @Test
  void everyTransactionOfAnAccountNamesTheOneBeforeIt() {
    List<ScriptedTransaction> payments = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      payments.add(pays(i % 2 == 0 ? ton("1") : usdt("1")).nonce(i).at(RECENTLY.plusSeconds(i / 2)));
    }
    List<ScriptedTonTransaction> own =
        ScriptedTonTransaction.of(payments).stream().filter(t -> t.account().equals(MERCHANT)).toList();
    assertThat(own).hasSize(5);
    assertThat(own.get(0).json().has("prev_trans_lt")).isFalse();
    for (int i = 1; i < own.size(); i++) {
      assertThat(own.get(i).json().get("prev_trans_hash").textValue()).isEqualTo(own.get(i - 1).hash());
      assertThat(own.get(i).json().get("prev_trans_lt").longValue()).isEqualTo(own.get(i - 1).lt());
      assertThat(own.get(i).lt()).isGreaterThan(own.get(i - 1).lt());
    }
  }

  @Test
  void theMessagesLeadFromThePayerToTheRecipient() {
    List<ScriptedTonTransaction> rendered = ScriptedTonTransaction.of(List.of(pays(usdt("1"))));
    for (int i = 0; i < 3; i++) {
      assertThat(rendered.get(i).json().get("out_msgs").get(0).get("hash").textValue())
          .isEqualTo(rendered.get(i + 1).messageHash());
    }
    assertThat(rendered).extracting(ScriptedTonTransaction::role)
        .containsExactly(Role.SENDER, Role.SENDERS_WALLET, Role.RECIPIENTS_WALLET, Role.RECIPIENT);
    assertThat(rendered.get(2).account()).isEqualTo(Fixtures.MERCHANT_WALLET);
  }
}
