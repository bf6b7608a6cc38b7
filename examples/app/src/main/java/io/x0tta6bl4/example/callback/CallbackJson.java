package io.x0tta6bl4.example.callback;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.x0tta6bl4.example.orders.OrderJson;
import io.x0tta6bl4.example.orders.OrderView;
import io.x0tta6bl4.payment.Memo;
import io.x0tta6bl4.payment.Transfer;
import io.x0tta6bl4.payment.ledger.OrderEvent;
import io.x0tta6bl4.payment.ledger.WalletEvent;

/** What is posted. */
final class CallbackJson {

  private CallbackJson() {}

  /**
   * A change of an order.
   *
   * @param event what happened
   * @param order as it is now, which may be later than the event
   * @return as JSON
   */
  static ObjectNode of(OrderEvent event, OrderView order) {
    ObjectNode json = base(event.id(), "order." + OrderJson.word(event.type()), event.at().toString());
    json.put("reason", event.reason().map(OrderJson::word).orElse(null));
    json.set("order", OrderJson.of(order));
    ArrayNode transfers = json.putArray("transfers");
    event.transfers().forEach(transfer -> transfers.add(of(transfer)));
    return json;
  }

  /**
   * Something that concerns a wallet.
   *
   * @param event what happened
   * @return as JSON
   */
  static ObjectNode of(WalletEvent event) {
    ObjectNode json = base(event.id(), "wallet." + OrderJson.word(event.type()), event.at().toString());
    json.put("network", event.wallet().chain());
    json.put("contract", event.wallet().contract());
    json.put("wallet", event.wallet().address());
    json.put("detail", event.detail());
    json.set("transfer", event.transfer().<JsonNode>map(CallbackJson::of).orElse(null));
    return json;
  }

  private static ObjectNode base(String id, String type, String at) {
    return JsonNodeFactory.instance.objectNode().put("id", id).put("type", type).put("at", at);
  }

  private static ObjectNode of(Transfer transfer) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("transaction", transfer.id().transactionHash());
    json.put("amount", transfer.amount().toDecimal().toPlainString());
    json.put("from", transfer.from());
    json.put("memo", transfer.memo() instanceof Memo.Text text ? text.display() : null);
    json.put("at", transfer.blockTime() == null ? null : transfer.blockTime().toString());
    return json;
  }
}
