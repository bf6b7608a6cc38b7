package io.x0tta6bl4.payment.testkit.watching;

import static org.assertj.core.api.Assertions.assertThat;

import io.x0tta6bl4.payment.ledger.Claim;
import io.x0tta6bl4.payment.ledger.ClaimRole;
import io.x0tta6bl4.payment.ledger.LedgerException;
import io.x0tta6bl4.payment.ledger.Order;
import io.x0tta6bl4.payment.ledger.OrderEvent;
import io.x0tta6bl4.payment.ledger.OrderState;
import io.x0tta6bl4.payment.ledger.PaymentEvent;
import io.x0tta6bl4.payment.testkit.ChainTransaction;
import io.x0tta6bl4.payment.testkit.InMemoryChain;
import io.x0tta6bl4.payment.testkit.ProviderState;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Thousands of random steps, after which the chain alone says what must have been credited. */
class SimulationTest {

  private static final int STEPS = 2_000;

  /** A chain settles within minutes or never; the simulated one settles before the watcher gives up. */
  private static final Duration LONGEST_PENDING = Duration.ofMinutes(40);

  private final FailingLedger failing = new FailingLedger();
  private final Shop shop = new Shop(failing::around);
  private final Map<String, Order> orders = new HashMap<>();
  private final List<String> recent = new ArrayList<>();
  private final Set<String> cancelled = new HashSet<>();
  private final Map<ChainTransaction, Instant> pending = new HashMap<>();
  private Random random = new Random(0);

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 2026, 424_242})
  void eachPaidOrderIsCreditedOnceAndEachEventToldOnceInOrder(long seed) {
    random = new Random(seed);
    for (int i = 0; i < STEPS; i++) {
      step(i);
    }
    heal();
    int paid = 0;
    Set<Object> claimedOnce = new HashSet<>();
    for (Order order : orders.values()) {
      String where = "seed " + seed + ", " + order.id() + ", told " + shop.story(order.id());
      judge(order, where);
      for (Claim claim : shop.desk.find(order.id()).orElseThrow().claims()) {
        assertThat(claimedOnce.add(claim.transfer().id())).as(where).isTrue();
      }
      paid += shop.state(order.id()) == OrderState.PAID ? 1 : 0;
    }
    eachEventOnceInOrder();
    assertThat(paid).as("paid orders of %d", orders.size()).isBetween(orders.size() / 4, orders.size());
    assertThat(failing.failures()).isPositive();
  }

  private void step(int number) {
    switch (random.nextInt(14)) {
      case 0, 1 -> open("ORD-" + number);
      case 2, 3, 4 -> pay();
      case 5 -> settleOrDrop();
      case 6 -> {
        if (random.nextInt(4) == 0) {
          ProviderState[] states = ProviderState.values();
          shop.chain.provider(states[random.nextInt(states.length)]);
        } else {
          shop.chain.provider(ProviderState.HEALTHY);
        }
      }
      case 7 -> {
        if (random.nextInt(5) == 0) {
          cancel();
        } else if (random.nextInt(5) == 0) {
          shop.restart();
        } else if (random.nextInt(5) == 0) {
          shop.crash();
        }
      }
      case 8 -> {
        if (random.nextInt(3) == 0) {
          failing.failCall(1 + random.nextInt(12), random.nextBoolean());
        }
      }
      default -> tick(Duration.ofSeconds(5 + random.nextInt(200)));
    }
    settleWhatIsOld();
  }

  private void open(String id) {
    orders.put(id, shop.open(id, 10 + random.nextInt(90) + ".00"));
    recent.add(id);
    if (recent.size() > 8) {
      recent.remove(0);
    }
  }

  private void pay() {
    if (recent.isEmpty()) {
      return;
    }
    Order order = orders.get(recent.get(random.nextInt(recent.size())));
    BigDecimal price = order.request().amount().toDecimal();
    BigDecimal value =
        switch (random.nextInt(6)) {
          case 0 -> price.divide(BigDecimal.valueOf(2));
          case 1 -> price.multiply(BigDecimal.valueOf(2));
          case 2 -> new BigDecimal("0.01");
          default -> price;
        };
    InMemoryChain.Payment payment = shop.pay(value.toPlainString());
    switch (random.nextInt(8)) {
      case 0 -> {}
      case 1 -> payment.memo(order.id() + "x");
      default -> payment.memo(order.id());
    }
    if (random.nextInt(3) == 0) {
      pending.put(payment.pending().submit(), shop.clock.instant());
    } else {
      payment.submit();
    }
  }

  private void settleOrDrop() {
    for (ChainTransaction transaction : List.copyOf(pending.keySet())) {
      pending.remove(transaction);
      if (random.nextInt(3) == 0) {
        shop.chain.drop(transaction);
      } else {
        shop.chain.settle(transaction);
      }
    }
  }

  private void settleWhatIsOld() {
    Instant old = shop.clock.instant().minus(LONGEST_PENDING);
    pending.entrySet().removeIf(entry -> {
      boolean isOld = entry.getValue().isBefore(old);
      if (isOld) {
        shop.chain.settle(entry.getKey());
      }
      return isOld;
    });
  }

  private void cancel() {
    if (!recent.isEmpty()) {
      String id = recent.get(random.nextInt(recent.size()));
      shop.desk.cancel(id);
      cancelled.add(id);
    }
  }

  private void tick(Duration time) {
    try {
      shop.tickAfter(time);
    } catch (LedgerException e) {
      shop.tell();
    }
  }

  /** All works again, for longer than any order waits. */
  private void heal() {
    failing.failCall(0, false);
    shop.chain.provider(ProviderState.HEALTHY);
    pending.keySet().forEach(shop.chain::settle);
    for (int i = 0; i < 100; i++) {
      shop.tickAfter(Duration.ofMinutes(1));
    }
  }

  private void judge(Order order, String where) {
    List<ChainTransaction> payments =
        shop.chain.transactions().stream()
            .filter(t -> new String(t.memoBytes(), StandardCharsets.UTF_8).equals(order.id()))
            .toList();
    BigInteger all = payments.stream().map(SimulationTest::units).reduce(BigInteger.ZERO, BigInteger::add);
    List<ChainTransaction> inTime = payments.stream().filter(t -> !t.blockTime().isAfter(order.expiresAt())).toList();
    BigInteger allInTime = inTime.stream().map(SimulationTest::units).reduce(BigInteger.ZERO, BigInteger::add);
    BigInteger least = order.request().leastUnits();
    BigInteger most = order.request().mostUnits();
    OrderState state = shop.state(order.id());

    assertThat(claimed(order, ClaimRole.values())).as("all that came is claimed: " + where).isEqualTo(all);
    assertThat(state).as(where).isNotEqualTo(OrderState.OPEN);
    BigInteger credited = claimed(order, ClaimRole.PAYMENT);
    long verified = shop.story(order.id()).stream().filter(OrderEvent.Type.VERIFIED.name()::equals).count();
    if (state == OrderState.PAID) {
      assertThat(credited).as(where).isBetween(least, most);
      assertThat(verified).as(where).isEqualTo(1);
    } else {
      assertThat(credited).as(where).isZero();
      assertThat(verified).as(where).isZero();
    }
    if (allInTime.compareTo(least) < 0) {
      assertThat(state).as("too little came in time: " + where).isNotEqualTo(OrderState.PAID);
    }
    boolean exact = inTime.stream().map(SimulationTest::units).anyMatch(order.request().amount().units()::equals);
    if (exact && !cancelled.contains(order.id())) {
      assertThat(state).as("the price came in time: " + where).isEqualTo(OrderState.PAID);
    }
  }

  private BigInteger claimed(Order order, ClaimRole... roles) {
    return shop.desk.find(order.id()).orElseThrow().claims().stream()
        .filter(claim -> List.of(roles).contains(claim.role()))
        .map(claim -> claim.transfer().amount().units())
        .reduce(BigInteger.ZERO, BigInteger::add);
  }

  private void eachEventOnceInOrder() {
    assertThat(shop.told).extracting(PaymentEvent::id).doesNotHaveDuplicates();
    Map<String, Long> last = new HashMap<>();
    for (PaymentEvent event : shop.told) {
      if (event instanceof OrderEvent order) {
        assertThat(order.number()).as(order.id()).isEqualTo(last.getOrDefault(order.stream(), 0L) + 1);
        last.put(order.stream(), order.number());
      }
    }
    assertThat(last).isNotEmpty();
    orders.keySet().forEach(
        id -> assertThat(last.get("order/" + id)).as(id).isEqualTo(shop.desk.find(id).orElseThrow().order().version()));
  }

  private static BigInteger units(ChainTransaction transaction) {
    return transaction.movements().get(0).amount().units();
  }
}
