package io.x0tta6bl4.payment.internal.watch;

import io.x0tta6bl4.payment.Amount;
import io.x0tta6bl4.payment.Asset;
import io.x0tta6bl4.payment.Execution;
import io.x0tta6bl4.payment.Finality;
import io.x0tta6bl4.payment.MatchMode;
import io.x0tta6bl4.payment.Memo;
import io.x0tta6bl4.payment.PaymentRequest;
import io.x0tta6bl4.payment.Transfer;
import io.x0tta6bl4.payment.TransferId;
import io.x0tta6bl4.payment.ledger.Order;
import io.x0tta6bl4.payment.ledger.OrderAccount;
import io.x0tta6bl4.payment.ledger.OrderState;
import io.x0tta6bl4.payment.ledger.OrderUpdate;
import io.x0tta6bl4.payment.ledger.WatchedOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What one incoming transfer costs, by the number of open orders of its wallet. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 4, jvmArgsAppend = "-Xmx3g")
public class ScaleBenchmark {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final String WALLET = "TXYZopYRdj2D9XRtbG411XZZ3kM5VkAeBf";
  private static final Amount PRICE = Amount.ofUnits(Asset.USDT_TRC20, 25_000_000);

  @Param({"1000", "1000000"})
  private int orders;

  private OrderIndexer index;
  private OrderAccount account;
  private SplittableRandom random;

  /** Opens the orders. */
  @Setup
  public void open() {
    index = index(orders, MatchMode.MEMO);
    random = new SplittableRandom(1);
    PaymentRequest request = PaymentRequest.builder(id(0), WALLET, PRICE).notBefore(NOW).build();
    account =
        new OrderAccount(
            new Order(request, OrderState.OPEN, 0, NOW, NOW.plus(Duration.ofHours(1)), NOW.plus(Duration.ofHours(25))),
            List.of(),
            null);
  }

  /** From the bytes of a memo to whose payment it is. */
  @Benchmark
  public Optional<String> find() {
    Transfer transfer = transfer(random.nextInt(orders));
    return index.mayMatter(transfer.amount(), transfer.memo()) ? index.orderOf(transfer) : Optional.empty();
  }

  /** From the bytes of a memo to the change that credits the order. */
  @Benchmark
  public Optional<OrderUpdate> match() {
    Transfer transfer = transfer(random.nextInt(orders));
    if (!index.mayMatter(transfer.amount(), transfer.memo()) || index.orderOf(transfer).isEmpty()) {
      throw new IllegalStateException("the order is not found");
    }
    Transfer known =
        new Transfer(
            transfer.id(), transfer.from(), transfer.to(), transfer.amount(), Memo.ofText(id(0)), transfer.blockTime(),
            transfer.finality(), transfer.execution());
    return Planner.plan(account, List.of(known), NOW.plusSeconds(60));
  }

  static OrderIndexer index(int orders, MatchMode mode) {
    OrderIndexer index = new OrderIndexer();
    for (int i = 0; i < orders; i++) {
      // Each has an amount of its own, without which it could not be told by it.
      Amount price = mode == MatchMode.AMOUNT ? Amount.ofUnits(PRICE.asset(), 25_000_000 + i) : PRICE;
      PaymentRequest request = PaymentRequest.builder(id(i), WALLET, price).matchMode(mode).build();
      index.add(
          new WatchedOrder(
              request.orderId(),
              i + 1L,
              request.matchMode(),
              request.leastUnits(),
              request.mostUnits(),
              NOW,
              NOW,
              NOW.plus(Duration.ofHours(25)).plusMillis(i)));
    }
    return index;
  }

  private static Transfer transfer(int order) {
    Memo memo = Memo.ofUtf8(id(order).getBytes(StandardCharsets.US_ASCII));
    return new Transfer(
        new TransferId("tron", "0".repeat(64), 0),
        "payer",
        WALLET,
        PRICE,
        memo,
        NOW.plusSeconds(30),
        Finality.FINAL,
        Execution.SUCCEEDED);
  }

  private static String id(int number) {
    return "ORDER-" + (10_000_000 + number);
  }
}
