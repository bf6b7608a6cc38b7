package io.x0tta6bl4.payment.benchmarks;

import io.x0tta6bl4.payment.Amount;
import io.x0tta6bl4.payment.Asset;
import io.x0tta6bl4.payment.Execution;
import io.x0tta6bl4.payment.Finality;
import io.x0tta6bl4.payment.Memo;
import io.x0tta6bl4.payment.PaymentRequest;
import io.x0tta6bl4.payment.Transfer;
import io.x0tta6bl4.payment.TransferId;
import io.x0tta6bl4.payment.ledger.Claim;
import io.x0tta6bl4.payment.ledger.ClaimRole;
import io.x0tta6bl4.payment.ledger.JdbcPaymentLedger;
import io.x0tta6bl4.payment.ledger.NewOrder;
import io.x0tta6bl4.payment.ledger.Order;
import io.x0tta6bl4.payment.ledger.OrderEvent;
import io.x0tta6bl4.payment.ledger.OrderState;
import io.x0tta6bl4.payment.ledger.OrderUpdate;
import io.x0tta6bl4.payment.ledger.Recording;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;

/**
 * Measures how many orders are paid in a second, one by one and in batches of 100, beside a bare prepared INSERT of the
 * claim's row that is committed each time, over the same connection. The three take turns, and their medians count.
 */
public final class LedgerBenchmark {

  private static final int ROUNDS = 9;
  private static final int WARM_UP_ROUNDS = 4;
  private static final int SINGLES = 400;
  private static final int BATCHES = 20;
  private static final int BATCH = 100;
  private static final Instant NOW = Instant.parse("2026-01-01T01:00:00Z");

  private final String name;
  private final DataSource source;
  private final JdbcPaymentLedger ledger;
  private long number;

  private LedgerBenchmark(String name, DataSource source) {
    this.name = name;
    this.source = source;
    this.ledger = JdbcPaymentLedger.open(source, Clock.systemUTC());
    ledger.subscribe("shop");
  }

  /**
   * Runs all.
   *
   * @param args none
   * @throws Exception if a database fails
   */
  public static void main(String[] args) throws Exception {
    try (EmbeddedPostgres server =
        EmbeddedPostgres.builder().setServerConfig("fsync", "on").setServerConfig("synchronous_commit", "on").start()) {
      new LedgerBenchmark("PostgreSQL", OneConnection.over(server.getPostgresDatabase())).run();
    }
    Path folder = Files.createTempDirectory("ledger");
    try {
      JdbcDataSource h2 = new JdbcDataSource();
      h2.setURL("jdbc:h2:async:" + folder.resolve("ledger"));
      DataSource one = OneConnection.over(h2);
      new LedgerBenchmark("H2 file", one).run();
      try (Connection connection = one.getConnection(); Statement statement = connection.createStatement()) {
        statement.execute("SHUTDOWN");
      }
    } finally {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  private void run() throws SQLException {
    try (Connection connection = source.getConnection(); Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE bare (chain varchar(32), transaction_hash varchar(64), transfer_index integer,"
              + " order_id varchar(64), role varchar(20), transfer varchar(4000), claimed_at bigint,"
              + " PRIMARY KEY (transaction_hash, transfer_index, chain))");
    }
    long[] bare = new long[ROUNDS];
    long[] single = new long[ROUNDS];
    long[] batch = new long[ROUNDS];
    for (int round = -WARM_UP_ROUNDS; round < ROUNDS; round++) {
      List<OrderUpdate> singles = updates(SINGLES);
      List<OrderUpdate> batches = updates(BATCHES * BATCH);
      long bareRate = rate(SINGLES, this::insert);
      long singleRate = rate(SINGLES, () -> singles.forEach(update -> record(List.of(update))));
      long batchRate =
          rate(
              BATCHES * BATCH,
              () -> {
                for (int from = 0; from < batches.size(); from += BATCH) {
                  record(batches.subList(from, from + BATCH));
                }
              });
      if (round >= 0) {
        bare[round] = bareRate;
        single[round] = singleRate;
        batch[round] = batchRate;
      }
    }
    System.out.printf("%n%s, median of %d rounds, claims a second%n", name, ROUNDS);
    System.out.printf("  bare INSERT with commit  %,9d%n", median(bare));
    System.out.printf("  record, one by one       %,9d%n", median(single));
    System.out.printf("  record, batches of %d   %,9d%n", BATCH, median(batch));
    System.out.printf("  one by one / bare INSERT %9s   aim: 0.70 or more%n", ratio(median(single), median(bare)));
    System.out.printf("  batches / one by one     %9s   aim: 5.00 or more%n", ratio(median(batch), median(single)));
  }

  private interface Work {
    void run() throws SQLException;
  }

  private static long rate(int count, Work work) throws SQLException {
    long start = System.nanoTime();
    work.run();
    return count * 1_000_000_000L / (System.nanoTime() - start);
  }

  private void insert() throws SQLException {
    try (Connection connection = source.getConnection();
        PreparedStatement insert = connection.prepareStatement("INSERT INTO bare VALUES (?, ?, ?, ?, ?, ?, ?)")) {
      for (int i = 0; i < SINGLES; i++) {
        Transfer transfer = transfer();
        insert.setString(1, transfer.id().chain());
        insert.setString(2, transfer.id().transactionHash());
        insert.setInt(3, transfer.id().index());
        insert.setString(4, "order-" + number);
        insert.setString(5, "PAYMENT");
        insert.setString(6, transfer.toString());
        insert.setLong(7, NOW.toEpochMilli());
        insert.executeUpdate();
      }
    }
  }

  private void record(List<OrderUpdate> updates) {
    for (Recording recording : ledger.record(updates)) {
      if (!(recording instanceof Recording.Recorded)) {
        throw new IllegalStateException(recording.toString());
      }
    }
  }

  private List<OrderUpdate> updates(int count) {
    List<OrderUpdate> updates = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Transfer transfer = transfer();
      Order order =
          ledger.open(
              NewOrder.of(PaymentRequest.builder("order-" + number, transfer.to(), transfer.amount()).build()));
      OrderEvent event =
          new OrderEvent(order.request(), 1, OrderEvent.Type.VERIFIED, null, List.of(transfer), order.openedAt());
      Claim claim = new Claim(order.id(), ClaimRole.PAYMENT, transfer);
      updates.add(new OrderUpdate(order, OrderState.PAID, List.of(claim), event));
    }
    return updates;
  }

  private Transfer transfer() {
    number++;
    // As scattered as hashes are: rising ones would make the index cheaper than it is.
    String hash = String.format("%016x%048x", number * 0x9E3779B97F4A7C15L, number);
    return new Transfer(
        new TransferId("tron", hash, 0), "TXpayer", "TXshop", Amount.ofUnits(Asset.USDT_TRC20, 25_000_000),
        new Memo.Text("order-" + number), NOW, Finality.FINAL, Execution.SUCCEEDED);
  }

  private static long median(long[] values) {
    long[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  private static String ratio(long a, long b) {
    return String.format("%d.%02d", a / b, a * 100 / b % 100);
  }
}
