package io.x0tta6bl4.example.demo;

import java.math.BigDecimal;
import java.util.List;

/**
 * One order of the scenario, what its buyer does, and what has to come of it.
 *
 * @param orderId the order's
 * @param chatId the buyer's chat
 * @param title what is special about it, in a few words
 * @param coin what is paid with
 * @param amount what is asked, in whole coins
 * @param payments what the buyer sends, one after the other
 * @param status the order's in the end, in the API's words
 * @param credited what counts for the order in the end, in whole coins
 * @param told the events that the merchant is called for, each once
 */
record Case(
    String orderId,
    long chatId,
    String title,
    Coin coin,
    BigDecimal amount,
    List<Payment> payments,
    String status,
    BigDecimal credited,
    List<String> told) {

  /** What the buyers pay with. */
  enum Coin {
    /** USDT on Tron. */
    USDT_TRON("tron", "USDT"),
    /** The coin of TON. */
    TON("ton", "TON"),
    /** USDT on TON. */
    USDT_TON("ton", "USDT");

    private final String network;
    private final String asset;

    Coin(String network, String asset) {
      this.network = network;
      this.asset = asset;
    }

    String network() {
      return network;
    }

    String asset() {
      return asset;
    }
  }

  /**
   * What the buyer sends.
   *
   * @param amount in whole coins
   * @param memo what the payment carries
   * @param genuine false for a token that only has the asset's name
   */
  record Payment(BigDecimal amount, String memo, boolean genuine) {}

  /**
   * Whether the shop has to call the order off, since nothing that was sent may count.
   *
   * @return whether it is so
   */
  boolean isCalledOff() {
    return status.equals("cancelled");
  }
}
