/**
 * The buyer's side of a shop in a Telegram chat.
 *
 * <p>Start with {@link io.x0tta6bl4.telegram.BuyerBot}.
 */
module io.x0tta6bl4.telegram {
  requires transitive io.x0tta6bl4.payment;
  requires static transitive org.jspecify;
  // Not transitive: a module without Prometheus on its path could not be compiled against this one.
  requires static io.prometheus.metrics.core;
  requires static io.prometheus.metrics.model;
  requires jdk.httpserver;
  requires org.slf4j;

  exports io.x0tta6bl4.telegram;
}
