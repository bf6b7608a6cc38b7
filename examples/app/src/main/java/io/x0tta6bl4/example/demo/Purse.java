package io.x0tta6bl4.example.demo;

import java.net.URI;

/** A simulated chain with its provider, and a buyer who pays on it. Thread-safe. */
interface Purse extends AutoCloseable {

  /**
   * Where the provider answers.
   *
   * @return on loopback
   */
  URI baseUrl();

  /**
   * The shop's wallet.
   *
   * @return its address
   */
  String wallet();

  /**
   * Pays the shop.
   *
   * @param coin what with
   * @param payment how much, with which memo, genuine or not
   * @return the transaction's hash
   */
  String pay(Case.Coin coin, Case.Payment payment);

  /**
   * How often the provider was asked.
   *
   * @return since the beginning
   */
  int requests();

  @Override
  void close();
}
