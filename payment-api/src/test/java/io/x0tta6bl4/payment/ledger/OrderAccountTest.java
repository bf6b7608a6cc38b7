package io.x0tta6bl4.payment.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.x0tta6bl4.payment.Amount;
import io.x0tta6bl4.payment.Asset;
import io.x0tta6bl4.payment.Execution;
import io.x0tta6bl4.payment.Finality;
import io.x0tta6bl4.payment.Memo;
import io.x0tta6bl4.payment.PaymentRequest;
import io.x0tta6bl4.payment.Transfer;
import io.x0tta6bl4.payment.TransferId;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OrderAccountTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  @Test
  void nothingIsReceivedAtFirstAndAllIsMissing() {
    OrderAccount account = account(OrderState.OPEN);
    assertThat(account.received()).isEqualTo(usdt("0"));
    assertThat(account.missing()).isEqualTo(usdt("25"));
    assertThat(account.rest().orElseThrow().amount()).isEqualTo(usdt("25"));
  }

  @Test
  void aPartLeavesARestThatIsAskedForInTheSameWay() {
    OrderAccount account = account(OrderState.OPEN, claim(ClaimRole.PART, "10"));
    assertThat(account.received()).isEqualTo(usdt("10"));
    PaymentRequest rest = account.rest().orElseThrow();
    assertThat(rest.amount()).isEqualTo(usdt("15"));
    assertThat(rest.orderId()).isEqualTo("ORD-1");
    assertThat(rest.recipient()).isEqualTo("wallet");
  }

  @Test
  void ofTooMuchNothingIsMissing() {
    OrderAccount account = account(OrderState.OPEN, claim(ClaimRole.PART, "30"));
    assertThat(account.received()).isEqualTo(usdt("30"));
    assertThat(account.missing()).isEqualTo(usdt("0"));
    assertThat(account.rest()).isEmpty();
  }

  @Test
  void whatTheToleranceMadeUpForIsNotMissing() {
    OrderAccount account = account(OrderState.PAID, claim(ClaimRole.PAYMENT, "24.9"));
    assertThat(account.missing()).isEqualTo(usdt("0"));
    assertThat(account.rest()).isEmpty();
  }

  @Test
  void surplusDoesNotCount() {
    OrderAccount account = account(OrderState.PAID, claim(ClaimRole.PAYMENT, "25"), claim(ClaimRole.SURPLUS, "25"));
    assertThat(account.received()).isEqualTo(usdt("25"));
  }

  @Test
  void nobodyIsAskedToPayAnOrderThatHasEnded() {
    assertThat(account(OrderState.EXPIRED).missing()).isEqualTo(usdt("25"));
    assertThat(account(OrderState.EXPIRED).rest()).isEmpty();
    assertThat(account(OrderState.CANCELLED, claim(ClaimRole.PART, "10")).rest()).isEmpty();
  }

  @Test
  void aSumThatCannotBeIsTheLargestThatCan() {
    BigInteger largest = BigInteger.ONE.shiftLeft(256).subtract(BigInteger.ONE);
    Transfer huge = transfer(1, Amount.ofUnits(Asset.USDT_TRC20, 1));
    Transfer more = new Transfer(huge.id(), "payer", "wallet", new Amount(Asset.USDT_TRC20, largest), Memo.ofText("ORD-1"), NOW, Finality.FINAL, Execution.SUCCEEDED);
    OrderEvent event = new OrderEvent(request(), 1, OrderEvent.Type.SURPLUS, null, List.of(huge, more), NOW);
    assertThat(event.total().units()).isEqualTo(largest);
  }

  private static OrderAccount account(OrderState state, Claim... claims) {
    Order order = new Order(request(), state, 1, NOW, NOW.plusSeconds(3_600), NOW.plusSeconds(7_200));
    return new OrderAccount(order, new ArrayList<>(List.of(claims)), null);
  }

  private static PaymentRequest request() {
    return PaymentRequest.builder("ORD-1", "wallet", usdt("25")).notBefore(NOW).build();
  }

  private static Claim claim(ClaimRole role, String amount) {
    return new Claim("ORD-1", role, transfer(role.ordinal(), usdt(amount)));
  }

  private static Transfer transfer(int number, Amount amount) {
    TransferId id = new TransferId("tron", String.format("%064x", number), 0);
    return new Transfer(id, "payer", "wallet", amount, Memo.ofText("ORD-1"), NOW, Finality.FINAL, Execution.SUCCEEDED);
  }

  private static Amount usdt(String value) {
    return Amount.of(Asset.USDT_TRC20, new BigDecimal(value));
  }
}
