package io.x0tta6bl4.payment.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** 16 threads on 3 ledgers over one database offer the same transfers to different orders. */
class LedgerRaceTest {

  private static final int THREADS = 16;
  private static final int LEDGERS = 3;
  private static final int TRANSFERS = 60;
  private static final Clock CLOCK = Clock.fixed(Shop.NOW, ZoneOffset.UTC);

  @Test
  void exactlyOneOrderWinsEachTransferOnPostgres() throws Exception {
    race(PostgresServer.emptyDatabase());
  }

  @Test
  void exactlyOneOrderWinsEachTransferOnH2(@TempDir Path folder) throws Exception {
    JdbcDataSource source = new JdbcDataSource();
    source.setURL("jdbc:h2:async:" + folder.resolve("race"));
    race(source);
  }

  private static void race(DataSource source) throws Exception {
    try (Pool pool = new Pool(source)) {
      List<PaymentLedger> ledgers = new ArrayList<>();
      for (int i = 0; i < LEDGERS; i++) {
        ledgers.add(JdbcPaymentLedger.open(pool, CLOCK));
      }
      ledgers.get(0).subscribe("shop");
      List<Callable<List<Recording>>> offers = offers(ledgers);
      ExecutorService threads = Executors.newFixedThreadPool(THREADS);
      List<Recording> all = new ArrayList<>();
      try {
        for (Future<List<Recording>> offered : threads.invokeAll(offers)) {
          all.addAll(offered.get());
        }
      } finally {
        threads.shutdownNow();
      }
      assertWonOnce(ledgers.get(1), all);
    }
  }

  /** Each thread has an order of its own for each transfer, and offers them in an order of its own, one by one or together. */
  private static List<Callable<List<Recording>>> offers(List<PaymentLedger> ledgers) {
    CyclicBarrier start = new CyclicBarrier(THREADS);
    List<Callable<List<Recording>>> offers = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      PaymentLedger ledger = ledgers.get(i % LEDGERS);
      List<OrderUpdate> updates = new ArrayList<>();
      for (int j = 0; j < TRANSFERS; j++) {
        updates.add(Shop.paid(ledger.open(Shop.order("order-" + i + "-" + j)), Shop.transfer(j)));
      }
      Collections.shuffle(updates, new Random(i));
      int size = 1 + i * 4;
      offers.add(
          () -> {
            start.await();
            List<Recording> recordings = new ArrayList<>();
            for (int from = 0; from < TRANSFERS; from += size) {
              recordings.addAll(ledger.record(updates.subList(from, Math.min(TRANSFERS, from + size))));
            }
            return recordings;
          });
    }
    return offers;
  }

  private static void assertWonOnce(PaymentLedger ledger, List<Recording> all) {
    List<String> winners =
        all.stream().filter(Recording.Recorded.class::isInstance).map(r -> ((Recording.Recorded) r).order().id()).toList();
    assertThat(all).hasSize(THREADS * TRANSFERS).doesNotContain(new Recording.Outdated());
    assertThat(winners).hasSize(TRANSFERS);
    List<Claim> claims = ledger.newestClaims(1_000);
    assertThat(claims).extracting(Claim::orderId).containsExactlyInAnyOrderElementsOf(winners);
    assertThat(claims)
        .extracting(Claim::transfer)
        .containsExactlyInAnyOrderElementsOf(IntStream.range(0, TRANSFERS).mapToObj(Shop::transfer).toList());
    assertThat(ledger.newest(java.util.Set.of(OrderState.PAID), 1_000))
        .extracting(Order::id)
        .containsExactlyInAnyOrderElementsOf(winners);
    assertThat(ledger.take("shop", Shop.NOW, java.time.Duration.ofMinutes(1), 1_000))
        .extracting(delivery -> delivery.event().id())
        .containsExactlyInAnyOrderElementsOf(winners.stream().map(id -> id + "#1").toList());
  }
}
