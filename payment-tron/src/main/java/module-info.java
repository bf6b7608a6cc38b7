/**
 * Verification of payments on Tron: TRX, USDT and any other TRC20 token, through TronGrid.
 *
 * @provides io.x0tta6bl4.payment.spi.PaymentVerifierProvider with the id {@code tron}
 */
module io.x0tta6bl4.payment.tron {
  requires transitive io.x0tta6bl4.payment;
  requires static transitive org.jspecify;
  requires org.slf4j;

  exports io.x0tta6bl4.payment.tron;

  provides io.x0tta6bl4.payment.spi.PaymentVerifierProvider with
      io.x0tta6bl4.payment.tron.TronVerifierProvider;
}
