package io.x0tta6bl4.payment.internal.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.x0tta6bl4.payment.Amount;
import io.x0tta6bl4.payment.Asset;
import io.x0tta6bl4.payment.Paid;
import io.x0tta6bl4.payment.PaymentRequest;
import io.x0tta6bl4.payment.ProviderUnavailableException;
import io.x0tta6bl4.payment.RateLimitedException;
import io.x0tta6bl4.payment.http.ManualTicker;
import io.x0tta6bl4.payment.ledger.InMemoryPaymentLedger;
import io.x0tta6bl4.payment.ledger.LedgerException;
import io.x0tta6bl4.payment.ledger.NewOrder;
import io.x0tta6bl4.payment.ledger.OrderState;
import io.x0tta6bl4.payment.ledger.PaymentLedger;
import io.x0tta6bl4.payment.ledger.Wallet;
import io.x0tta6bl4.payment.metrics.PaymentObserver;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Whose turn it is, beat by beat, on time that the test lets pass. */
class RoundsTest {

  private static final Duration SECOND = Duration.ofSeconds(1);

  private final Time time = new Time();
  private final ManualTicker ticker = new ManualTicker();
  private final ScriptedSource source = new ScriptedSource("tron");
  private final PaymentLedger ledger = new InMemoryPaymentLedger(time);
  private final List<String> scans = new ArrayList<>();
  private final PaymentObserver observer =
      new PaymentObserver() {
        @Override
        public void scanned(Wallet wallet, String outcome, Duration took, @Nullable Instant readUntil) {
          scans.add(outcome);
        }
      };
  private final Rounds rounds = rounds(new Workers("rounds", Runnable::run));
  private Rounds hinted = rounds;

  @Test
  void aWalletIsScannedFastWhileItsOrderIsFreshAndSlowlyThen() {
    open("ORD-1001");
    assertThat(scanTimes(Duration.ofSeconds(21))).containsExactly(1L, 6L, 11L, 16L, 21L);
    scanTimes(Duration.ofMinutes(15));
    List<Long> slow = scanTimes(Duration.ofMinutes(4));
    assertThat(slow).hasSize(4);
    assertThat(slow.get(3) - slow.get(2)).isEqualTo(60);
  }

  @Test
  void aNewOrderOfAnIdleWalletIsFoundAtTheFastPace() {
    open("ORD-1001");
    scanTimes(Duration.ofMinutes(20));
    open("ORD-1002");
    assertThat(scanTimes(Duration.ofSeconds(6))).isNotEmpty();
  }

  @Test
  void backsOffWhileTheProviderFailsAndIsFastAgainAfterwards() {
    open("ORD-1001");
    scanTimes(SECOND);
    source.failure = new ProviderUnavailableException("tron", "down", true, null);
    List<Long> times = scanTimes(Duration.ofMinutes(5));
    List<Long> waits = new ArrayList<>();
    for (int i = 1; i < times.size(); i++) {
      waits.add(times.get(i) - times.get(i - 1));
    }
    assertThat(waits).startsWith(5L, 10L, 20L, 40L, 60L, 60L);
    source.failure = null;
    scanTimes(Duration.ofMinutes(1));
    assertThat(scanTimes(Duration.ofSeconds(15))).hasSize(3);
  }

  @Test
  void aHintComesBeforeTheBackOff() {
    open("ORD-1001");
    source.failure = new RateLimitedException("tron", "too many requests", Duration.ofHours(1), 429);
    assertThat(scanTimes(Duration.ofMinutes(2))).hasSize(1);
    rounds.hint("somebody else");
    assertThat(scanTimes(Duration.ofSeconds(2))).isEmpty();
    rounds.hint(Paid.SHOP);
    assertThat(scanTimes(Duration.ofSeconds(2))).hasSize(1);
  }

  @Test
  void aHintOfAnUnknownWalletLooksForItsFirstOrder() {
    scanTimes(Duration.ofSeconds(2));
    open("ORD-1001");
    assertThat(scanTimes(Duration.ofSeconds(2))).isEmpty();
    rounds.hint(Paid.SHOP);
    assertThat(scanTimes(Duration.ofSeconds(2))).hasSize(1);
  }

  @Test
  void aHintDuringARenewalIsNotForgotten() {
    boolean[] first = {true};
    PaymentLedger slow =
        (PaymentLedger)
            Proxy.newProxyInstance(
                PaymentLedger.class.getClassLoader(),
                new Class<?>[] {PaymentLedger.class},
                (proxy, method, arguments) -> {
                  Object result = method.invoke(ledger, arguments);
                  if (method.getName().equals("lease") && first[0]) {
                    first[0] = false;
                    open("ORD-1001");
                    hinted.hint(Paid.SHOP);
                  }
                  return result;
                });
    hinted = rounds(new Workers("hinted", Runnable::run), "hinted", slow);
    hinted.beat();
    assertThat(source.queries).isEmpty();
    hinted.beat();
    assertThat(source.queries).hasSize(1);
  }

  @Test
  void aHintDuringAScanHasTheWalletScannedOnceMore() {
    open("ORD-1001");
    source.meanwhile = () -> {
      source.meanwhile = () -> {};
      rounds.hint(Paid.SHOP);
    };
    assertThat(scanTimes(Duration.ofSeconds(3))).containsExactly(1L, 2L);
  }

  @Test
  void aWalletThatIsScannedIsNotScannedBesides() {
    Queue<Runnable> tasks = new ArrayDeque<>();
    Rounds queued = rounds(new Workers("queued", tasks::add));
    open("ORD-1001");
    queued.beat();
    tasks.remove().run();
    queued.beat();
    assertThat(tasks).hasSize(1);
    pass(Duration.ofSeconds(4));
    queued.beat();
    queued.hint(Paid.SHOP);
    queued.beat();
    assertThat(tasks).hasSize(1);
    tasks.remove().run();
    assertThat(source.queries).hasSize(1);
  }

  @Test
  void aWorkerThatIsRefusedIsAskedForAgain() {
    boolean[] full = {false};
    Workers workers = new Workers("refusing", task -> {
      if (full[0]) {
        throw new IllegalStateException("full");
      }
      task.run();
    });
    Rounds refusing = rounds(workers);
    open("ORD-1001");
    full[0] = true;
    refusing.beat();
    assertThat(source.queries).isEmpty();
    full[0] = false;
    refusing.beat();
    assertThat(source.queries).hasSize(1);
    pass(Duration.ofSeconds(5));
    full[0] = true;
    refusing.beat();
    assertThat(source.queries).hasSize(1);
    full[0] = false;
    refusing.beat();
    assertThat(source.queries).hasSize(2);
  }

  @Test
  void withALeaseThatIsOverNothingIsScanned() {
    open("ORD-1001");
    rounds.beat();
    rounds.beat();
    assertThat(source.queries).hasSize(1);
    // The clock leaps, as it does when a machine wakes up, and the ticker stands still: no renewal is due.
    time.now = time.now.plus(Duration.ofMinutes(5));
    rounds.hint(Paid.SHOP);
    rounds.beat();
    assertThat(source.queries).hasSize(1);
    assertThat(scanTimes(Duration.ofSeconds(20))).isNotEmpty();
  }

  @Test
  void anOrderIsPaidByBeatsAlone() {
    open(Paid.ORDER);
    scanTimes(Duration.ofSeconds(3));
    source.transfers.add(Paid.usdt(1, "100").at(time.now).done());
    scanTimes(Duration.ofSeconds(6));
    assertThat(ledger.find(Paid.ORDER).orElseThrow().order().state()).isEqualTo(OrderState.PAID);
  }

  @Test
  void aStoreThatFailsIsTriedAgainAtTheFastPace() {
    open("ORD-1001");
    int[] failures = {3};
    PaymentLedger failing =
        (PaymentLedger)
            Proxy.newProxyInstance(
                PaymentLedger.class.getClassLoader(),
                new Class<?>[] {PaymentLedger.class},
                (proxy, method, arguments) -> {
                  if (method.getName().equals("save") && failures[0]-- > 0) {
                    throw new LedgerException("the store failed", new IOException("connection reset"));
                  }
                  return method.invoke(ledger, arguments);
                });
    Rounds ofFailing = rounds(new Workers("failing", Runnable::run), "failing", failing);
    for (int i = 0; i < 16; i++) {
      pass(SECOND);
      ofFailing.beat();
    }
    assertThat(source.queries).hasSize(4);
    assertThat(failures[0]).isNegative();
    assertThat(scans).containsExactly("unsaved", "unsaved", "unsaved", "whole");
  }

  @Test
  void aBugOnTheWayIsTriedAgainAtTheSlowPace() {
    open("ORD-1001");
    PaymentLedger buggy =
        (PaymentLedger)
            Proxy.newProxyInstance(
                PaymentLedger.class.getClassLoader(),
                new Class<?>[] {PaymentLedger.class},
                (proxy, method, arguments) -> {
                  if (method.getName().equals("save")) {
                    throw new IllegalStateException("a bug");
                  }
                  return method.invoke(ledger, arguments);
                });
    Rounds ofBuggy = rounds(new Workers("buggy", Runnable::run), "buggy", buggy);
    for (int i = 0; i < 121; i++) {
      pass(SECOND);
      ofBuggy.beat();
    }
    assertThat(source.queries).hasSize(3);
  }

  @Test
  void anErrorOnTheWayIsTriedAgainAtTheSlowPaceToo() {
    open("ORD-1001");
    source.meanwhile = () -> {
      throw new NoClassDefFoundError("a part of the source is missing");
    };
    assertThat(scanTimes(Duration.ofSeconds(121))).hasSize(3);
  }

  @Test
  void aWalletOfAChainWithoutASourceHereIsLeftToOthers() {
    ledger.open(NewOrder.of(PaymentRequest.builder("ORD-ton", "shop", Amount.ofUnits(Asset.TON, 5)).build()));
    open("ORD-1001");
    rounds.tick();
    ScriptedSource ton = new ScriptedSource("ton");
    Rounds ofTon = rounds(new Workers("ton", Runnable::run), "ton", ledger, ton);
    ofTon.tick();
    rounds.tick();
    assertThat(ton.queries).hasSize(1);
    assertThat(source.queries).hasSize(2);
  }

  @Test
  void afterTheReleaseNothingIsOurs() {
    open("ORD-1001");
    rounds.tick();
    rounds.release();
    Rounds other = rounds(new Workers("other", Runnable::run), "other");
    other.tick();
    assertThat(source.queries).hasSize(2);
  }

  private void open(String id) {
    ledger.open(
        NewOrder.builder(PaymentRequest.builder(id, Paid.SHOP, Paid.amount("100")).build()).build());
  }

  /** Beats once a second, and gives after how many seconds the wallet was scanned. */
  private List<Long> scanTimes(Duration duration) {
    List<Long> times = new ArrayList<>();
    for (long second = 1; second <= duration.toSeconds(); second++) {
      pass(SECOND);
      int before = source.queries.size();
      rounds.beat();
      for (int i = before; i < source.queries.size(); i++) {
        times.add(second);
      }
    }
    return times;
  }

  private void pass(Duration duration) {
    time.now = time.now.plus(duration);
    try {
      ticker.sleep(duration);
    } catch (InterruptedException e) {
      throw new AssertionError("nobody interrupts this thread", e);
    }
  }

  private Rounds rounds(Workers workers) {
    return rounds(workers, "rounds");
  }

  private Rounds rounds(Workers workers, String name) {
    return rounds(workers, name, ledger);
  }

  private Rounds rounds(Workers workers, String name, PaymentLedger store) {
    return rounds(workers, name, store, source);
  }

  private Rounds rounds(Workers workers, String name, PaymentLedger store, ScriptedSource source) {
    WatchSettings settings =
        new WatchSettings(
            Duration.ofSeconds(5),
            Duration.ofMinutes(1),
            Duration.ofMinutes(15),
            Duration.ofMinutes(10),
            Duration.ofDays(1),
            Duration.ofMinutes(2),
            Duration.ofMinutes(1));
    return new Rounds(
        name,
        store,
        new Sources(List.of(source)),
        observer,
        settings,
        Duration.ofSeconds(30),
        time,
        ticker,
        workers,
        workers);
  }

  private static final class Time extends Clock {
    private Instant now = Paid.NOW;

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
