package io.x0tta6bl4.example.status;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.x0tta6bl4.example.orders.OrderJson;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The status for programs. */
final class StatusJson {

  private StatusJson() {}

  static ObjectNode of(Status status) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("at", status.at().toString());
    json.put("started_at", status.startedAt().toString());
    ObjectNode open = json.putObject("open_orders");
    new TreeMap<>(status.openOrders()).forEach(open::put);
    json.put("undelivered", status.undelivered());
    json.put("undelivered_since", text(status.undeliveredSince()));
    json.put("bot", status.bot());
    ArrayNode orders = json.putArray("orders");
    status.orders().forEach(order -> orders.add(OrderJson.of(order)));
    ArrayNode payments = json.putArray("payments");
    for (Status.Paid paid : status.payments()) {
      payments
          .addObject()
          .put("order", paid.order())
          .put("role", paid.role())
          .put("amount", paid.amount().toPlainString())
          .put("asset", paid.asset())
          .put("network", paid.network())
          .put("transaction", paid.transaction())
          .put("explorer_url", text(paid.explorerUrl()))
          .put("at", text(paid.at()));
    }
    ArrayNode providers = json.putArray("providers");
    for (Status.Provider provider : status.providers()) {
      providers
          .addObject()
          .put("name", provider.name())
          .put("well", provider.isWell())
          .put("requests", provider.requests())
          .put("failures", provider.failures())
          .put("last_success", text(provider.lastSuccess()))
          .put("last_failure", text(provider.lastFailure()))
          .put("last_outcome", provider.lastOutcome());
    }
    ArrayNode scans = json.putArray("scans");
    for (Status.Scan scan : status.scans()) {
      ObjectNode node =
          scans
              .addObject()
              .put("network", scan.network())
              .put("contract", scan.contract())
              .put("wallet", scan.address())
              .put("outcome", scan.outcome())
              .put("at", scan.at().toString());
      node.put("lag_seconds", scan.lag() == null ? null : scan.lag().toSeconds());
    }
    ObjectNode traffic = json.putObject("traffic");
    traffic.put("why_not", status.traffic().whyNot());
    traffic.put("interval_seconds", status.traffic().interval().toSeconds());
    ObjectNode packets = traffic.putObject("packets_per_second");
    status.traffic().packets().forEach((name, rates) -> rates.forEach(packets.putArray(name)::add));
    return json;
  }

  private static @Nullable String text(@Nullable Object value) {
    return value == null ? null : value.toString();
  }
}
