package io.x0tta6bl4.payment.testkit.watching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.x0tta6bl4.payment.Amount;
import io.x0tta6bl4.payment.Asset;
import io.x0tta6bl4.payment.MatchMode;
import io.x0tta6bl4.payment.Memo;
import io.x0tta6bl4.payment.PaymentRequest;
import io.x0tta6bl4.payment.ledger.NewOrder;
import io.x0tta6bl4.payment.ledger.OrderState;
import io.x0tta6bl4.payment.ledger.PaymentLedger;
import io.x0tta6bl4.payment.ledger.WalletEvent;
import io.x0tta6bl4.payment.spi.Scan;
import io.x0tta6bl4.payment.spi.ScanQuery;
import io.x0tta6bl4.payment.testkit.ProviderState;
import io.x0tta6bl4.payment.watch.PaymentWatcher;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class PaymentWatcherTest {

  private static final Duration SECOND = Duration.ofSeconds(1);

  private final Shop shop = new Shop();

  @Test
  void scansAWalletOnceATickHoweverManyOrdersItHas() {
    for (int i = 0; i < 2_500; i++) {
      shop.open("ORD-" + i, "100.00");
    }
    shop.open(NewOrder.of(PaymentRequest.builder("ORD-other", "other-wallet", Shop.coins("1.00")).build()));
    shop.tick();
    assertThat(shop.source.queries)
        .extracting(ScanQuery::recipient)
        .containsExactlyInAnyOrder(Shop.WALLET, "other-wallet");
    for (int i = 0; i < 2_500; i++) {
      shop.pay("100.00").memo("ORD-" + i).submit();
    }
    shop.source.queries.clear();
    shop.tick();
    assertThat(shop.source.queries).hasSize(2);
    assertThat(shop.ledger.newest(Set.of(OrderState.OPEN), 10)).extracting(order -> order.id()).containsExactly("ORD-other");
    assertThat(shop.told).hasSize(2_500);
  }

  @Test
  void asksNothingWhereNobodyHasToPay() {
    shop.tick();
    assertThat(shop.source.queries).isEmpty();
  }

  @Test
  void aFilterLetsTheSourcePassOverWhatCannotMatter() {
    shop.open("ORD-1", "100.00");
    shop.tick();
    ScanQuery query = shop.source.queries.get(0);
    assertThat(query.filter().mayMatter(Shop.coins("5.00"), Memo.ofText("ORD-1"))).isTrue();
    assertThat(query.filter().mayMatter(Shop.coins("100.00"), Memo.ofText("other"))).isFalse();
    assertThat(query.filter().mayMatter(Shop.coins("5.00"), null)).isTrue();
  }

  @Test
  void aWatcherWhoseLeaseIsLostWritesNoProgressAndStops() {
    shop.open("ORD-1", "100.00");
    shop.tick();
    PaymentWatcher other = shop.watcher("other").build();
    shop.source.trick(
        Shop.WALLET,
        (query, honest) -> {
          // While this scan hangs, its lease ends and another watcher takes the wallet.
          shop.source.honest(Shop.WALLET);
          shop.pass(Duration.ofMinutes(2));
          other.tick();
          return new Scan(List.of(), new Scan.Coverage.Stale("hung"), List.of());
        });
    shop.tick();
    shop.source.queries.clear();
    shop.tick();
    assertThat(shop.source.queries).as("scans of the watcher that lost the wallet").isEmpty();
    shop.pay("100.00").memo("ORD-1").submit();
    other.tick();
    shop.tell();
    assertThat(shop.story("ORD-1")).containsExactly("VERIFIED");
    other.close();
  }

  @Test
  void newsOfAWatcherThatLostItsLeaseAreNotTold() {
    shop.open("ORD-1", "100.00");
    shop.open("ORD-2", "100.00");
    shop.tick();
    PaymentWatcher other = shop.watcher("other").build();
    shop.pay("100.00").submit();
    shop.source.trick(
        Shop.WALLET,
        (query, honest) -> {
          shop.source.honest(Shop.WALLET);
          shop.pass(Duration.ofMinutes(2));
          other.tick();
          return honest;
        });
    shop.tick();
    other.tick();
    shop.tell();
    assertThat(shop.walletStory()).containsExactly(WalletEvent.Type.UNASSIGNED);
    other.close();
  }

  @Test
  void twoWatchersCreditOnceEvenIfBothScan() {
    shop.open("ORD-1", "100.00");
    shop.tick();
    PaymentWatcher other = shop.watcher("other").build();
    shop.pay("100.00").memo("ORD-1").submit();
    shop.source.trick(
        Shop.WALLET,
        (query, honest) -> {
          shop.source.honest(Shop.WALLET);
          shop.pass(Duration.ofMinutes(2));
          other.tick();
          return honest;
        });
    shop.tick();
    shop.tell();
    assertThat(shop.story("ORD-1")).containsExactly("VERIFIED");
    other.close();
  }

  @Test
  void aClosedWatchersWalletsAreFreeAtOnceAndADeadOnesWithinTheLease() {
    shop.open("ORD-1", "100.00");
    shop.tick();
    shop.restart();
    shop.source.queries.clear();
    shop.tickAfter(Duration.ZERO);
    assertThat(shop.source.queries).hasSize(1);
    shop.crash();
    shop.tickAfter(Duration.ofSeconds(19));
    assertThat(shop.source.queries).hasSize(1);
    shop.tickAfter(SECOND);
    assertThat(shop.source.queries).hasSize(2);
  }

  @Test
  void aWalletOfAChainWithoutASourceIsLeftAlone() {
    shop.ledger.open(
        NewOrder.of(
            PaymentRequest.builder("ORD-2", "w", Amount.ofUnits(Asset.TON, 1)).build()));
    shop.open("ORD-1", "100.00");
    shop.pay("100.00").memo("ORD-1").submit();
    shop.tick();
    assertThat(shop.story("ORD-1")).containsExactly("VERIFIED");
  }

  @Test
  void anAddressThatIsNoneStopsNoOtherWallet() {
    shop.ledger.open(NewOrder.of(PaymentRequest.builder("ORD-2", "no address", Shop.coins("1.00")).build()));
    shop.open("ORD-1", "100.00");
    shop.pay("100.00").memo("ORD-1").submit();
    shop.tick();
    assertThat(shop.story("ORD-1")).containsExactly("VERIFIED");
  }

  @Test
  void worksByItselfOnTheUsersExecutorAndLeavesItOpen() throws Exception {
    Set<String> threads = ConcurrentHashMap.newKeySet();
    CountDownLatch scanned = new CountDownLatch(1);
    shop.open("ORD-1", "100.00");
    shop.source.trick(
        Shop.WALLET,
        (query, honest) -> {
          threads.add(Thread.currentThread().getName());
          scanned.countDown();
          return honest;
        });
    shop.pay("100.00").memo("ORD-1").submit();
    ExecutorService users = Executors.newSingleThreadExecutor(task -> new Thread(task, "the user's"));
    try {
      PaymentWatcher watcher = shop.watcher("running").executor(users).build();
      watcher.start();
      watcher.start();
      assertThat(scanned.await(20, TimeUnit.SECONDS)).isTrue();
      watcher.close();
      watcher.close();
      assertThat(threads).containsExactly("the user's");
      assertThat(users.isShutdown()).isFalse();
      assertThat(shop.state("ORD-1")).isEqualTo(OrderState.PAID);
      assertThatThrownBy(watcher::start)
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("x0tta6bl4-watcher is closed");
    } finally {
      users.shutdown();
    }
  }

  @Test
  void saysThatItLivesThoughItsScansHang() throws Exception {
    Semaphore renewals = new Semaphore(0);
    CountDownLatch scanning = new CountDownLatch(1);
    PaymentLedger seen =
        (PaymentLedger)
            Proxy.newProxyInstance(
                PaymentLedger.class.getClassLoader(),
                new Class<?>[] {PaymentLedger.class},
                (proxy, method, arguments) -> {
                  if (method.getName().equals("lease")) {
                    renewals.release();
                  }
                  return method.invoke(shop.ledger, arguments);
                });
    CountDownLatch goOn = new CountDownLatch(1);
    ExecutorService users = Executors.newSingleThreadExecutor();
    try (PaymentWatcher watcher =
        PaymentWatcher.builder(seen).source(shop.source).lease(Duration.ofMillis(1_200)).executor(users).build()) {
      shop.source.trick(
          Shop.WALLET,
          (query, honest) -> {
            scanning.countDown();
            try {
              goOn.await();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
            return honest;
          });
      shop.ledger.open(NewOrder.of(Shop.request("ORD-1", "100.00").build()));
      watcher.start();
      assertThat(scanning.await(20, TimeUnit.SECONDS)).isTrue();
      renewals.drainPermits();
      boolean renewed = renewals.tryAcquire(3, 10, TimeUnit.SECONDS);
      goOn.countDown();
      assertThat(renewed).isTrue();
    } finally {
      goOn.countDown();
      users.shutdown();
    }
  }

  @Test
  void closeWaitsForTheScanUnderWay() throws Exception {
    CountDownLatch scanning = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    shop.open("ORD-1", "100.00");
    shop.pay("100.00").memo("ORD-1").submit();
    shop.source.trick(
        Shop.WALLET,
        (query, honest) -> {
          scanning.countDown();
          try {
            goOn.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          return honest;
        });
    PaymentWatcher watcher = shop.watcher("running").build();
    watcher.start();
    scanning.await();
    Thread closing = new Thread(watcher::close);
    closing.start();
    assertThat(shop.state("ORD-1")).isEqualTo(OrderState.OPEN);
    goOn.countDown();
    closing.join();
    assertThat(shop.state("ORD-1")).isEqualTo(OrderState.PAID);
  }

  @Test
  void closesThoughTheStoreFails() {
    FailingLedger failing = new FailingLedger();
    Shop failingShop = new Shop(failing::around);
    failingShop.open("ORD-1", "100.00");
    failingShop.tick();
    failing.failCall(1, false);
    failingShop.restart();
    assertThat(failing.failures()).isEqualTo(1);
    failingShop.pay("100.00").memo("ORD-1").submit();
    failingShop.tickAfter(Duration.ofSeconds(30));
    assertThat(failingShop.story("ORD-1")).containsExactly("VERIFIED");
  }

  @Test
  void aHintHasAWalletScannedThoughItIsNotDue() throws Exception {
    shop.open("ORD-1", "100.00");
    CountDownLatch first = new CountDownLatch(1);
    CountDownLatch second = new CountDownLatch(2);
    shop.source.trick(
        Shop.WALLET,
        (query, honest) -> {
          first.countDown();
          second.countDown();
          return honest;
        });
    PaymentWatcher watcher = shop.watcher("running").build();
    watcher.start();
    assertThat(first.await(20, TimeUnit.SECONDS)).isTrue();
    watcher.hint("somebody-else");
    watcher.asActivityListener().somethingHappened(Shop.WALLET);
    assertThat(second.await(20, TimeUnit.SECONDS)).isTrue();
    watcher.close();
  }

  @Test
  void anOutageOfOneWalletsProviderIsToldOfThatWallet() {
    shop.open("ORD-1", "100.00");
    shop.chain.provider(ProviderState.DOWN);
    for (int i = 0; i < 3; i++) {
      shop.tick();
    }
    assertThat(shop.told).singleElement().satisfies(event -> {
      assertThat(event.stream()).isEqualTo("wallet/memory/-/" + Shop.WALLET);
      assertThat(((WalletEvent) event).detail()).isEqualTo("memory: down");
    });
  }

  @Test
  void anOrderByAmountIsFoundWhateverItsMemo() {
    shop.open(NewOrder.of(Shop.request("ORD-1", "100.01").matchMode(MatchMode.AMOUNT).build()));
    shop.pay("100.01").memo("hello").submit();
    shop.tick();
    assertThat(shop.story("ORD-1")).containsExactly("VERIFIED");
  }

  @Test
  void saysWhichPartIsWrong() {
    Duration less = SECOND.negated();
    refused("no source: expected one for each chain that is watched", PaymentWatcher.builder(shop.ledger));
    refused("fast pace PT0S: expected more than PT0S", watcher().pace(Duration.ZERO, SECOND));
    refused("slow pace PT0.5S: expected at least the fast one, PT1S", watcher().pace(SECOND, Duration.ofMillis(500)));
    refused("fresh PT-1S: expected PT0S or more", watcher().fresh(less));
    refused("overlap PT-1S: expected PT0S or more", watcher().overlap(less));
    refused("window PT10M: expected more than the overlap, PT10M", watcher().window(Duration.ofMinutes(10)));
    refused("lease PT0S: expected more than PT0S", watcher().lease(Duration.ZERO));
    refused("expiry grace PT-1S: expected PT0S or more", watcher().expiryGrace(less));
    refused("scan timeout PT0S: expected more than PT0S", watcher().scanTimeout(Duration.ZERO));
    refused("two sources of the chain memory: expected one", watcher().source(shop.source));
  }

  private PaymentWatcher.Builder watcher() {
    return shop.watcher("checked");
  }

  private static void refused(String message, PaymentWatcher.Builder builder) {
    assertThatThrownBy(builder::build).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
  }
}
