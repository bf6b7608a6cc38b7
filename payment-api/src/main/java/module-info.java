/**
 * Verification of crypto payments: the words, the rules that every chain shares, the SPI and the HTTP client.
 *
 * <p>Start with {@link io.x0tta6bl4.payment.PaymentVerifiers}: it finds the provider of a chain and makes a
 * {@link io.x0tta6bl4.payment.PaymentVerifier}. Someone who adds a chain starts with
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
