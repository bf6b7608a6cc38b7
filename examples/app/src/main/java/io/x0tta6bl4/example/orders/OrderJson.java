package io.x0tta6bl4.example.orders;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.x0tta6bl4.payment.Asset;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Orders as JSON, the same in the API, the events and the callbacks: amounts are decimal strings of whole coins, instants are
 * ISO-8601 in UTC, what is not there is null.
 */
public final class OrderJson {

  private OrderJson() {}

  /**
   * An order.
   *
   * @param view how it looks
   * @return as JSON
   */
  public static ObjectNode of(OrderView view) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    Asset asset = view.asset();
    json.put("id", view.id());
    json.put("version", view.version());
    json.put("status", word(view.status()));
    json.put("network", asset.chain());
    json.put("asset", asset.symbol());
    json.put("contract", asset.contract());
    json.put("decimals", asset.decimals());
    json.put("amount", view.amount().toPlainString());
    json.put("received", view.received().toPlainString());
    json.put("missing", view.missing().toPlainString());
    json.put("wallet", view.wallet());
    json.put("match", word(view.match()));
    json.put("memo", view.memo());
    json.put("created_at", view.createdAt().toString());
    json.put("expires_at", view.expiresAt().toString());
    json.put("checkout_url", view.checkoutUrl().toString());
    json.put("wallet_url", text(view.walletLink()));
    json.put("bot_url", text(view.botLink()));
    ArrayNode payments = json.putArray("payments");
    for (OrderView.Payment payment : view.payments()) {
      ObjectNode node = payments.addObject();
      node.put("transaction", payment.transaction());
      node.put("role", word(payment.role()));
      node.put("amount", payment.amount().toPlainString());
      node.put("from", payment.from());
      node.put("at", text(payment.at()));
      node.put("explorer_url", text(payment.explorerUrl()));
    }
    OrderView.Event last = view.lastEvent();
    if (last == null) {
      json.putNull("last_event");
    } else {
      json.putObject("last_event").put("type", word(last.type())).put("reason", last.reason()).put("at", last.at().toString());
    }
    return json;
  }

  /**
   * A constant's name as JSON has it.
   *
   * @param constant of an enumeration
   * @return in lower case
   */
  public static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private static @Nullable String text(@Nullable Object value) {
    return value == null ? null : value.toString();
  }
}
