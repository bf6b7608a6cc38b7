package io.x0tta6bl4.payment.ledger;

import io.x0tta6bl4.payment.Amount;
import io.x0tta6bl4.payment.Asset;
import io.x0tta6bl4.payment.Execution;
import io.x0tta6bl4.payment.Finality;
import io.x0tta6bl4.payment.Memo;
import io.x0tta6bl4.payment.PaymentRequest;
import io.x0tta6bl4.payment.Transfer;
import io.x0tta6bl4.payment.TransferId;
import java.time.Instant;
import java.util.List;

/** Orders and payments for tests. */
final class Shop {

  static final Instant NOW = Instant.parse("2026-01-01T01:00:00Z");

  private static final String ADDRESS = "TXshop";

  private Shop() {}

  static NewOrder order(String id) {
    return NewOrder.of(PaymentRequest.builder(id, ADDRESS, Amount.ofUnits(Asset.USDT_TRC20, 25_000_000)).build());
  }

  static Transfer transfer(long number) {
    return new Transfer(
        new TransferId("tron", String.format("%064x", number), 0), "TXpayer", ADDRESS,
        Amount.ofUnits(Asset.USDT_TRC20, 25_000_000), new Memo.Text("order"), NOW, Finality.FINAL, Execution.SUCCEEDED);
  }

  static OrderUpdate paid(Order order, Transfer transfer) {
    return new OrderUpdate(
        order,
        OrderState.PAID,
        List.of(new Claim(order.id(), ClaimRole.PAYMENT, transfer)),
        new OrderEvent(
            order.request(), order.version() + 1, OrderEvent.Type.VERIFIED, null, List.of(transfer), NOW));
  }
}
