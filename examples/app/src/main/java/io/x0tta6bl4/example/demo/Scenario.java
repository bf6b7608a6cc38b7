package io.x0tta6bl4.example.demo;

import io.x0tta6bl4.example.demo.Case.Coin;
import io.x0tta6bl4.example.demo.Case.Payment;
import java.math.BigDecimal;
import java.util.List;

/** What is played. */
final class Scenario {

  private static final BigDecimal NOTHING = BigDecimal.ZERO;
  private static final BigDecimal PRICE = new BigDecimal("25.00");

  private Scenario() {}

  static List<Case> cases() {
    return List.of(
        of("DEMO-TRON", 1, "paid in full on Tron", Coin.USDT_TRON, "paid", PRICE, List.of("order.verified"), pays("25", "DEMO-TRON")),
        of("DEMO-TON", 2, "paid in full on TON", Coin.TON, "paid", PRICE, List.of("order.verified"), pays("25", "DEMO-TON")),
        of(
            "DEMO-JETTON", 3, "paid in full in USDT on TON", Coin.USDT_TON, "paid", PRICE, List.of("order.verified"),
            pays("25", "DEMO-JETTON")),
        of(
            "DEMO-MEMO", 4, "the memo is of no order", Coin.USDT_TRON, "cancelled", NOTHING, List.of("order.cancelled"),
            pays("25", "DEMO-MEMQ")),
        of(
            "DEMO-PARTS", 5, "underpaid, then topped up", Coin.USDT_TRON, "paid", PRICE,
            List.of("order.rejected", "order.verified"), pays("10", "DEMO-PARTS"), pays("15", "DEMO-PARTS")),
        of(
            "DEMO-TWICE", 6, "paid twice", Coin.TON, "paid", PRICE, List.of("order.verified", "order.surplus"),
            pays("25", "DEMO-TWICE"), pays("25", "DEMO-TWICE")),
        of(
            "DEMO-FAKE", 7, "a token that calls itself USDT", Coin.USDT_TRON, "cancelled", NOTHING,
            List.of("order.cancelled"), new Payment(PRICE, "DEMO-FAKE", false)));
  }

  private static Payment pays(String amount, String memo) {
    return new Payment(new BigDecimal(amount), memo, true);
  }

  private static Case of(
      String orderId,
      long chatId,
      String title,
      Coin coin,
      String status,
      BigDecimal credited,
      List<String> told,
      Payment... payments) {
    return new Case(orderId, chatId, title, coin, PRICE, List.of(payments), status, credited, told);
  }
}
