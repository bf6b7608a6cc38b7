package io.x0tta6bl4.example.demo;

import java.math.BigDecimal;

/** A buyer's wallet on a simulated chain. Thread-safe. */
interface Purse {

  /**
   * Pays what the order asks for.
   *
   * @param recipient the address
   * @param amount in whole coins
   * @param memo what the payment carries
   * @return the transaction's hash
   */
  String pay(String recipient, BigDecimal amount, String memo);

  /**
   * Pays with a token that has the name of the asset and is not it.
   *
   * @param recipient the address
   * @param amount in whole coins
   * @param memo what the payment carries
   * @return the transaction's hash
   */
  String payFake(String recipient, BigDecimal amount, String memo);
}
