/**
 * Verification of crypto payments: the words, the rules that every chain shares, the services of a
 * shop, the SPI and the HTTP client.
 *
 * <p>Start with {@link io.x0tta6bl4.payment.PaymentVerifiers}: it finds the provider of a chain and makes a
 * {@link io.x0tta6bl4.payment.PaymentVerifier}, which answers once. A shop that watches orders opens them at a
 * {@link io.x0tta6bl4.payment.watch.PaymentDesk}, has their wallets read by a
 * {@link io.x0tta6bl4.payment.watch.PaymentWatcher} and is told by an {@link io.x0tta6bl4.payment.watch.EventDelivery}; a
 * {@link io.x0tta6bl4.payment.ledger.PaymentLedger} remembers. Someone who adds a chain starts with
 * {@link io.x0tta6bl4.payment.spi.TransferSource}.
 *
 * @uses io.x0tta6bl4.payment.spi.PaymentVerifierProvider one for each chain that can be verified
 */
module io.x0tta6bl4.payment {
  requires transitive com.fasterxml.jackson.core;
  requires transitive com.fasterxml.jackson.databind;
  requires transitive java.net.http;
  requires transitive java.sql;
  requires static transitive org.jspecify;
  // Not transitive: a module without Prometheus on its path could not be compiled against this one.
  requires static io.prometheus.metrics.core;
  requires static io.prometheus.metrics.model;
  requires dev.failsafe.core;
  requires org.slf4j;

  exports io.x0tta6bl4.payment;
  exports io.x0tta6bl4.payment.http;
  exports io.x0tta6bl4.payment.ledger;
  exports io.x0tta6bl4.payment.metrics;
  exports io.x0tta6bl4.payment.spi;
  exports io.x0tta6bl4.payment.watch;

  uses io.x0tta6bl4.payment.spi.PaymentVerifierProvider;
}
