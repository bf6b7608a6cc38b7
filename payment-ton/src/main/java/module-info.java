/**
 * Verification of payments on TON: the coin, USDT and any other jetton, through tonapi.
 *
 * @provides io.x0tta6bl4.payment.spi.PaymentVerifierProvider with the id {@code ton}
 */
module io.x0tta6bl4.payment.ton {
  requires transitive io.x0tta6bl4.payment;
  requires static transitive org.jspecify;

  exports io.x0tta6bl4.payment.ton;

  provides io.x0tta6bl4.payment.spi.PaymentVerifierProvider with
      io.x0tta6bl4.payment.ton.TonVerifierProvider;
}
