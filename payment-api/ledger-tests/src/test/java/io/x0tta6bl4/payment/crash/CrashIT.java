package io.x0tta6bl4.payment.crash;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.x0tta6bl4.payment.ledger.Claim;
import io.x0tta6bl4.payment.ledger.ClaimRole;
import io.x0tta6bl4.payment.ledger.JdbcPaymentLedger;
import io.x0tta6bl4.payment.ledger.OrderAccount;
import io.x0tta6bl4.payment.ledger.OrderState;
import io.x0tta6bl4.payment.ledger.PaymentLedger;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A shop is killed by SIGKILL at random instants, again and again, while its orders are opened and paid. In the end every paid
 * order is credited once, every event was told, and nothing else was credited.
 */
class CrashIT {

  private static final int KILLS = Integer.getInteger("crash.kills", 10);
  private static final int ORDERS = Integer.getInteger("crash.orders", 400);
  private static final int WALLETS = 4;
  private static final long PRICE = 1_000;
  private static final Duration LEASE = Duration.ofSeconds(1);
  private static final Duration PACE = Duration.ofMillis(100);
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  @TempDir private Path folder;

  private final Map<String, Deed> deeds = new LinkedHashMap<>();

  /** What the buyer of an order does, and what must become of the order. */
  private enum Deed {
    PAYS(OrderState.PAID),
    PAYS_IN_TWO_PARTS(OrderState.PAID),
    PAYS_TWICE(OrderState.PAID),
    PAYS_LATE(OrderState.EXPIRED),
    PAYS_WITH_ANOTHER_MEMO(OrderState.OPEN),
    PAYS_TOO_LITTLE(OrderState.OPEN),
    FORGETS(OrderState.EXPIRED);

    private final OrderState end;

    Deed(OrderState end) {
      this.end = end;
    }

    private boolean isShort() {
      return end == OrderState.EXPIRED;
    }
  }

  @Test
  void creditsEveryPaymentOnceOnPostgres() throws Exception {
    try (TestDatabase database = TestDatabase.postgres()) {
      killAndCompare(database);
    }
  }

  @Test
  void creditsEveryPaymentOnceOnH2() throws Exception {
    try (TestDatabase database = TestDatabase.h2(folder)) {
      killAndCompare(database);
    }
  }

  private void killAndCompare(TestDatabase database) throws Exception {
    long seed = System.nanoTime();
    System.out.println("crash test seed " + seed + ", " + KILLS + " kills, " + ORDERS + " orders");
    Random random = new Random(seed);
    WorkerProcess worker = start(database, 0);
    try (Buyers buyers = new Buyers(seed)) {
      for (int kill = 1; kill <= KILLS; kill++) {
        Instant end = Instant.now().plusMillis(50 + random.nextInt(1_200));
        int share = ORDERS * kill / KILLS;
        while (Instant.now().isBefore(end)) {
          buyers.act(share);
          Thread.sleep(5);
        }
        assertThat(worker.isAlive()).as("the worker died by itself").isTrue();
        worker.kill();
        worker = start(database, kill);
      }
      Instant patience = Instant.now().plus(PATIENCE);
      while (!buyers.areDone(ORDERS) && Instant.now().isBefore(patience)) {
        buyers.act(ORDERS);
        Thread.sleep(5);
      }
      assertThat(buyers.areDone(ORDERS)).as("all orders were opened and paid").isTrue();
      awaitEnd(patience);
    } finally {
      worker.kill();
    }
    compare(database);
  }

  private WorkerProcess start(TestDatabase database, int number) throws IOException {
    return WorkerProcess.start(database.url(), folder, "worker-" + number, LEASE, PACE);
  }

  /** The last process is let alone until what was told does not grow any more and all is told that must be. */
  private void awaitEnd(Instant patience) throws InterruptedException {
    while (Instant.now().isBefore(patience)) {
      Map<String, Set<String>> told = told();
      if (deeds.entrySet().stream().allMatch(d -> told.getOrDefault(d.getKey(), Set.of()).containsAll(expected(d.getValue())))) {
        return;
      }
      Thread.sleep(100);
    }
  }

  private static Set<String> expected(Deed deed) {
    return switch (deed) {
      case PAYS -> Set.of("VERIFIED");
      case PAYS_IN_TWO_PARTS -> Set.of("VERIFIED");
      case PAYS_TWICE -> Set.of("VERIFIED", "SURPLUS");
      case PAYS_LATE -> Set.of("EXPIRED", "LATE");
      case PAYS_WITH_ANOTHER_MEMO -> Set.of();
      case PAYS_TOO_LITTLE -> Set.of("REJECTED");
      case FORGETS -> Set.of("EXPIRED");
    };
  }

  private void compare(TestDatabase database) {
    Map<String, Set<Long>> numbers = new HashMap<>();
    Map<String, Integer> verified = new HashMap<>();
    int repeats = 0;
    Map<String, Long> last = new HashMap<>();
    for (String line : FileChain.WholeLines.of(folder.resolve(Worker.EVENTS))) {
      String[] parts = line.split(" ");
      if (parts.length < 4) {
        continue;
      }
      long number = Long.parseLong(parts[1]);
      if (numbers.computeIfAbsent(parts[0], id -> new HashSet<>()).add(number)) {
        assertThat(number).as("events of order %s come in their order", parts[0]).isEqualTo(last.getOrDefault(parts[0], 0L) + 1);
        last.put(parts[0], number);
        verified.merge(parts[0], parts[2].equals("VERIFIED") ? 1 : 0, Integer::sum);
      } else {
        repeats++;
      }
    }
    int credited = 0;
    try (HikariDataSource pool = Worker.pool(database.url());
        PaymentLedger ledger = JdbcPaymentLedger.open(pool, Clock.systemUTC())) {
      for (Map.Entry<String, Deed> deed : deeds.entrySet()) {
        String id = deed.getKey();
        OrderAccount account = ledger.find(id).orElseThrow();
        assertThat(account.order().state()).as("order %s, whose buyer %s", id, deed.getValue()).isEqualTo(deed.getValue().end);
        assertThat(numbers.getOrDefault(id, Set.of())).as("every event of order %s was told", id).hasSize((int) account.order().version());
        assertThat(verified.getOrDefault(id, 0)).as("order %s is credited", id).isEqualTo(account.order().state() == OrderState.PAID ? 1 : 0);
        assertThat(paid(account)).as("order %s, payment", id).isEqualTo(account.order().state() == OrderState.PAID ? PRICE : 0);
        assertThat(roles(account)).as("order %s, whose buyer %s", id, deed.getValue()).isEqualTo(roles(deed.getValue()));
        credited += account.order().state() == OrderState.PAID ? 1 : 0;
      }
    }
    System.out.println(deeds.size() + " orders, " + credited + " credited, " + KILLS + " kills, " + repeats + " events told again");
  }

  private static long paid(OrderAccount account) {
    return account.claims().stream()
        .filter(claim -> claim.role() == ClaimRole.PAYMENT)
        .map(claim -> claim.transfer().amount().units())
        .reduce(BigInteger.ZERO, BigInteger::add)
        .longValueExact();
  }

  private static List<ClaimRole> roles(OrderAccount account) {
    return account.claims().stream().map(Claim::role).sorted().toList();
  }

  private static List<ClaimRole> roles(Deed deed) {
    return switch (deed) {
      case PAYS -> List.of(ClaimRole.PAYMENT);
      case PAYS_IN_TWO_PARTS -> List.of(ClaimRole.PAYMENT, ClaimRole.PAYMENT);
      case PAYS_TWICE -> List.of(ClaimRole.PAYMENT, ClaimRole.SURPLUS);
      case PAYS_LATE -> List.of(ClaimRole.LATE);
      case PAYS_TOO_LITTLE -> List.of(ClaimRole.PART);
      case PAYS_WITH_ANOTHER_MEMO, FORGETS -> List.of();
    };
  }

  private Map<String, Set<String>> told() {
    Map<String, Set<String>> told = new HashMap<>();
    for (String line : FileChain.WholeLines.of(folder.resolve(Worker.EVENTS))) {
      String[] parts = line.split(" ");
      if (parts.length == 4) {
        told.computeIfAbsent(parts[0], id -> new HashSet<>()).add(parts[2]);
      }
    }
    return told;
  }

  /** Orders things, and pays once the shop has said that it opened the order. */
  private final class Buyers implements AutoCloseable {
    private final Random random;
    private final Journal orders = new Journal(folder.resolve(Worker.ORDERS));
    private final Journal chain = new Journal(folder.resolve(Worker.CHAIN));
    private final Queue<Due> due = new PriorityQueue<>(Comparator.comparing(Due::at));
    private int openedRead;
    private int transactions;
    private final Set<String> opened = new HashSet<>();

    private Buyers(long seed) {
      random = new Random(~seed);
    }

    private void act(int share) {
      if (deeds.size() < share) {
        order();
      }
      List<String> lines = FileChain.WholeLines.of(folder.resolve(Worker.OPENED));
      for (String id : lines.subList(openedRead, lines.size())) {
        // Said again after a crash.
        if (opened.add(id)) {
          pay(id, deeds.get(id));
        }
      }
      openedRead = lines.size();
      Instant now = Instant.now();
      for (Due next = due.peek(); next != null && !next.at.isAfter(now); next = due.peek()) {
        due.remove();
        next.act.run();
      }
    }

    private boolean areDone(int share) {
      return deeds.size() == share && opened.size() == share && due.isEmpty();
    }

    private void order() {
      String id = "order-" + deeds.size();
      Deed deed = Deed.values()[random.nextInt(10) < 5 ? 0 : random.nextInt(Deed.values().length)];
      deeds.put(id, deed);
      orders.write(Worker.order(id, wallet(id), PRICE, deed.isShort() ? Duration.ofMillis(700) : Duration.ofHours(2)));
    }

    private void pay(String id, Deed deed) {
      switch (deed) {
        case PAYS -> transfer(id, id, PRICE, 0);
        case PAYS_IN_TWO_PARTS -> {
          transfer(id, id, 300, 0);
          transfer(id, id, PRICE - 300, random.nextInt(1_500));
        }
        case PAYS_TWICE -> {
          transfer(id, id, PRICE, 0);
          transfer(id, id, PRICE, 1 + random.nextInt(1_500));
        }
        case PAYS_LATE -> transfer(id, id, PRICE, 800 + random.nextInt(1_500));
        case PAYS_WITH_ANOTHER_MEMO -> transfer(id, id + "0x", PRICE, 0);
        case PAYS_TOO_LITTLE -> transfer(id, id, PRICE / 2, 0);
        case FORGETS -> {}
      }
    }

    private void transfer(String id, String memo, long units, int afterMillis) {
      String hash = String.format("%064x", ++transactions);
      int settlesAfter = random.nextBoolean() ? 0 : random.nextInt(700);
      at(
          afterMillis,
          () -> {
            Instant time = Instant.now();
            chain.write(FileChain.line(hash, wallet(id), units, memo, time, settlesAfter == 0));
            if (settlesAfter > 0) {
              at(settlesAfter, () -> chain.write(FileChain.line(hash, wallet(id), units, memo, time, true)));
            }
          });
    }

    private void at(int afterMillis, Runnable act) {
      due.add(new Due(Instant.now().plusMillis(afterMillis), act));
    }

    private String wallet(String id) {
      return "wallet-" + Math.floorMod(id.hashCode(), WALLETS);
    }

    @Override
    public void close() {
      orders.close();
      chain.close();
    }

    private record Due(Instant at, Runnable act) {}
  }
}
