package io.x0tta6bl4.payment.internal.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.x0tta6bl4.payment.MatchMode;
import io.x0tta6bl4.payment.Memo;
import io.x0tta6bl4.payment.Paid;
import io.x0tta6bl4.payment.ledger.WatchedOrder;
import java.math.BigInteger;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class OrderIndexerTest {

  private static final Instant SOON = Paid.NOW.plusSeconds(60);

  private final OrderIndexer orders = new OrderIndexer();

  @Test
  void findsAnOrderByItsMemoWhateverTheAmount() {
    add("ORD-1001", MatchMode.MEMO, 100, SOON);
    assertThat(orders.orderOf(Paid.usdt(1, "5").memo(" ORD-1001\n").done())).contains("ORD-1001");
    assertThat(orders.orderOf(Paid.usdt(1, "5").memo("ORD-10011").done())).isEmpty();
    assertThat(orders.orderOf(Paid.usdt(1, "5").memo("ord-1001").done())).isEmpty();
    assertThat(orders.orderOf(Paid.usdt(1, "5").memo(new Memo.Absent()).done())).isEmpty();
    assertThat(orders.orderOf(Paid.usdt(1, "5").memo(new Memo.Unreadable()).done())).isEmpty();
  }

  @Test
  void amountComesBeforeAddressAndMemoBeforeBoth() {
    add("ORD-memo", MatchMode.MEMO, 1, SOON);
    add("ORD-amount", MatchMode.AMOUNT, 7_000_000, SOON);
    add("ORD-address", MatchMode.ADDRESS, 1, SOON);
    assertThat(orders.size()).isEqualTo(3);
    assertThat(orders.orderOf(Paid.usdt(1, "7").memo("ORD-memo").done())).contains("ORD-memo");
    assertThat(orders.orderOf(Paid.usdt(1, "7").memo("else").done())).contains("ORD-amount");
    assertThat(orders.orderOf(Paid.usdt(1, "8").memo("else").done())).contains("ORD-address");
  }

  @Test
  void forgetsWhatIsWatchedNoMore() {
    add("ORD-memo", MatchMode.MEMO, 1, SOON);
    add("ORD-amount", MatchMode.AMOUNT, 7_000_000, SOON);
    add("ORD-address", MatchMode.ADDRESS, 1, SOON);
    orders.forgetBefore(SOON);
    assertThat(orders.size()).isEqualTo(3);
    orders.forgetBefore(SOON.plusMillis(1));
    assertThat(orders.size()).isZero();
    assertThat(orders.orderOf(Paid.usdt(1, "7").memo("ORD-memo").done())).isEmpty();
  }

  @Test
  void aNewOrderOfAnAmountOrAddressTakesOverWhenTheWatchOfTheFormerEnds() {
    Instant end = Paid.NOW.minusSeconds(600);
    for (MatchMode mode : new MatchMode[] {MatchMode.AMOUNT, MatchMode.ADDRESS}) {
      OrderIndexer orders = new OrderIndexer();
      add(orders, "ORD-oldest", mode, 7_000_000, end.minusSeconds(600));
      add(orders, "ORD-old", mode, 7_000_000, end);
      add(orders, "ORD-new", mode, 7_000_000, SOON);
      assertThat(orders.size()).isEqualTo(1);
      assertThat(orders.orderOf(Paid.usdt(1, "7").inNoBlock().done())).contains("ORD-new");
      assertThat(orders.orderOf(Paid.usdt(1, "7").at(end.plusMillis(1)).done())).contains("ORD-new");
      assertThat(orders.orderOf(Paid.usdt(1, "7").at(end).done())).contains("ORD-old");
      assertThat(orders.orderOf(Paid.usdt(1, "7").at(end.minusSeconds(600)).done())).contains("ORD-oldest");
      orders.forgetBefore(end);
      assertThat(orders.orderOf(Paid.usdt(1, "7").at(end.minusSeconds(600)).done())).contains("ORD-old");
      orders.forgetBefore(end.plusMillis(1));
      assertThat(orders.orderOf(Paid.usdt(1, "7").at(end).done())).contains("ORD-new");
      orders.forgetBefore(SOON.plusMillis(1));
      assertThat(orders.size()).isZero();
    }
  }

  @Test
  void isNearAnOrderOnlyBetweenTheLeastAndTheMostOfAll() {
    assertThat(orders.isNearSomeOrder(BigInteger.ZERO)).isFalse();
    add("ORD-1", MatchMode.MEMO, 100, SOON);
    add("ORD-2", MatchMode.MEMO, 300, SOON);
    add("ORD-3", MatchMode.AMOUNT, 500, SOON);
    assertThat(orders.isNearSomeOrder(BigInteger.valueOf(98))).isFalse();
    assertThat(orders.isNearSomeOrder(BigInteger.valueOf(99))).isTrue();
    assertThat(orders.isNearSomeOrder(BigInteger.valueOf(303))).isTrue();
    assertThat(orders.isNearSomeOrder(BigInteger.valueOf(304))).isFalse();
    orders.forgetBefore(SOON.plusSeconds(1));
    assertThat(orders.isNearSomeOrder(BigInteger.valueOf(100))).isFalse();
  }

  @Test
  void letsPassOnlyWhatCannotMatter() {
    assertThat(orders.mayMatter(Paid.amount("7"), null)).isFalse();
    add("ORD-memo", MatchMode.MEMO, 7_000_000, SOON);
    assertThat(orders.mayMatter(Paid.amount("1"), null)).isTrue();
    assertThat(orders.mayMatter(Paid.amount("1"), Memo.ofText("ORD-memo"))).isTrue();
    assertThat(orders.mayMatter(Paid.amount("7"), Memo.ofText("else"))).isFalse();
    assertThat(orders.mayMatter(Paid.amount("7"), new Memo.Absent())).isTrue();
    assertThat(orders.mayMatter(Paid.amount("1"), new Memo.Unreadable())).isFalse();
    add("ORD-amount", MatchMode.AMOUNT, 3_000_000, SOON);
    assertThat(orders.mayMatter(Paid.amount("3"), Memo.ofText("else"))).isTrue();
    assertThat(orders.mayMatter(Paid.amount("4"), Memo.ofText("else"))).isFalse();
    add("ORD-address", MatchMode.ADDRESS, 1, SOON);
    assertThat(orders.mayMatter(Paid.amount("4"), Memo.ofText("else"))).isTrue();
  }

  private void add(String id, MatchMode mode, long units, Instant until) {
    add(orders, id, mode, units, until);
  }

  private static void add(OrderIndexer orders, String id, MatchMode mode, long units, Instant until) {
    long slack = mode == MatchMode.AMOUNT ? 0 : units / 100;
    orders.add(
        new WatchedOrder(
            id, 1, mode, BigInteger.valueOf(units - slack), BigInteger.valueOf(units + slack), Paid.NOW, Paid.NOW, until));
  }
}
