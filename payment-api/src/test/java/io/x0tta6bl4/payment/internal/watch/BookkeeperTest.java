package io.x0tta6bl4.payment.internal.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.x0tta6bl4.payment.Paid;
import io.x0tta6bl4.payment.PaymentRequest;
import io.x0tta6bl4.payment.Reason;
import io.x0tta6bl4.payment.Transfer;
import io.x0tta6bl4.payment.ledger.InMemoryPaymentLedger;
import io.x0tta6bl4.payment.ledger.NewOrder;
import io.x0tta6bl4.payment.ledger.OrderState;
import io.x0tta6bl4.payment.ledger.PaymentLedger;
import io.x0tta6bl4.payment.metrics.PaymentObserver;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BookkeeperTest {

  private final PaymentLedger ledger = new InMemoryPaymentLedger(Clock.fixed(Paid.NOW, ZoneOffset.UTC));
  private final List<String> observed = new ArrayList<>();
  private final Bookkeeper bookkeeper =
      new Bookkeeper(
          ledger,
          new PaymentObserver() {
            @Override
            public void claimed(String chain, String role) {
              observed.add(chain + " " + role);
            }

            @Override
            public void toleranceUsed(String chain) {
              observed.add(chain + " tolerance");
            }
          });

  @Test
  void writesAsManyOrdersAsThereAre() {
    Map<String, List<Transfer>> found = new LinkedHashMap<>();
    for (int i = 0; i < 1_700; i++) {
      String id = "ORD-" + i;
      open(id);
      found.put(id, List.of(Paid.usdt(i, "100").memo(id).done()));
    }
    found.put("unknown", List.of(Paid.usdt(9_999, "100").memo("unknown").done()));
    assertThat(bookkeeper.record(found, Paid.NOW)).isTrue();
    assertThat(ledger.newest(Set.of(OrderState.OPEN), 10)).isEmpty();
    assertThat(observed).hasSize(1_700).containsOnly("tron payment");
  }

  @Test
  void aTransferOfTwoOrdersIsOneOrdersAndTheOtherIsToldAndPaidByItsOwn() {
    open("ORD-1001");
    open("ORD-1002");
    bookkeeper.record(Map.of("ORD-1001", List.of(Paid.usdt(1, "100").memo("ORD-1001").done())), Paid.NOW);
    Transfer used = Paid.usdt(1, "100").memo("ORD-1002").done();
    bookkeeper.record(Map.of("ORD-1002", List.of(used)), Paid.NOW);
    assertThat(ledger.find("ORD-1002").orElseThrow().latest().orElseThrow().why())
        .isEqualTo(Reason.ALREADY_USED);
    Transfer own = Paid.usdt(2, "100").memo("ORD-1002").done();
    bookkeeper.record(Map.of("ORD-1002", List.of(used, own)), Paid.NOW);
    assertThat(ledger.find("ORD-1002").orElseThrow().order().state()).isEqualTo(OrderState.PAID);
    assertThat(ledger.find("ORD-1002").orElseThrow().claims()).singleElement()
        .satisfies(claim -> assertThat(claim.transfer()).isEqualTo(own));
  }

  @Test
  void tellsTheObserverOfEachClaimAndOfAToleranceThatWasUsed() {
    open("ORD-1001");
    bookkeeper.record(
        Map.of(
            "ORD-1001",
            List.of(
                Paid.usdt(1, "99.5").memo("ORD-1001").done(), Paid.usdt(2, "1").memo("ORD-1001").done())),
        Paid.NOW);
    assertThat(observed).containsExactly("tron payment", "tron tolerance", "tron surplus");
  }

  @Test
  void writesTheSameOnce() {
    open("ORD-1001");
    Map<String, List<Transfer>> found = Map.of("ORD-1001", List.of(Paid.usdt(1, "60").memo("ORD-1001").done()));
    bookkeeper.record(found, Paid.NOW);
    bookkeeper.record(found, Paid.NOW);
    assertThat(ledger.find("ORD-1001").orElseThrow().order().version()).isEqualTo(1);
    bookkeeper.end(List.of("ORD-1001", "unknown"), OrderState.EXPIRED, Paid.NOW);
    bookkeeper.end(List.of("ORD-1001"), OrderState.CANCELLED, Paid.NOW);
    assertThat(ledger.find("ORD-1001").orElseThrow().order().state()).isEqualTo(OrderState.EXPIRED);
    assertThat(ledger.find("ORD-1001").orElseThrow().order().version()).isEqualTo(2);
  }

  private void open(String id) {
    ledger.open(NewOrder.of(PaymentRequest.builder(id, Paid.SHOP, Paid.amount("100")).build()));
  }
}
