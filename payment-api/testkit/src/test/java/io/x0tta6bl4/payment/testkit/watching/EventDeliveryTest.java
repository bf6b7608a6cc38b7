package io.x0tta6bl4.payment.testkit.watching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.x0tta6bl4.payment.ledger.InMemoryPaymentLedger;
import io.x0tta6bl4.payment.ledger.PaymentEvent;
import io.x0tta6bl4.payment.ledger.PaymentLedger;
import io.x0tta6bl4.payment.ledger.PaymentListener;
import io.x0tta6bl4.payment.watch.EventDelivery;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class EventDeliveryTest {

  private final Shop shop = new Shop();
  private final List<String> heard = new ArrayList<>();

  /** Tasks that wait until the test runs them. */
  private final Queue<Runnable> tasks = new ArrayDeque<>();

  @Test
  void tellsAnOrdersEventsInTheirOrder() {
    EventDelivery delivery = delivery("shop", event -> heard.add(event.id()));
    delivery.deliverDue();
    storyOfTwoOrders();
    assertThat(delivery.deliverDue()).isEqualTo(4);
    assertThat(heard).containsExactlyInAnyOrder("ORD-1#1", "ORD-1#2", "ORD-2#1", "ORD-2#2");
    assertThat(heard.indexOf("ORD-1#1")).isLessThan(heard.indexOf("ORD-1#2"));
    assertThat(heard.indexOf("ORD-2#1")).isLessThan(heard.indexOf("ORD-2#2"));
    assertThat(delivery.deliverDue()).isZero();
  }

  @Test
  void anOrderThatCannotBeToldHoldsUpOnlyItself() {
    EventDelivery delivery =
        delivery(
            "shop",
            event -> {
              heard.add(event.id());
              if (event.id().startsWith("ORD-1")) {
                throw new IOException("the chat is down");
              }
            });
    delivery.deliverDue();
    storyOfTwoOrders();
    delivery.deliverDue();
    assertThat(heard).containsExactlyInAnyOrder("ORD-1#1", "ORD-2#1", "ORD-2#2");
  }

  @Test
  void triesAgainAfterAPauseThatGrowsToFiveMinutes() {
    EventDelivery delivery =
        delivery(
            "shop",
            event -> {
              heard.add(event.id());
              throw new IOException("the chat is down");
            });
    delivery.deliverDue();
    shop.open("ORD-1", "1.00");
    shop.desk.cancel("ORD-1");
    delivery.deliverDue();
    assertThat(heard).hasSize(1);
    for (int seconds : new int[] {1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300, 300}) {
      int before = heard.size();
      shop.pass(Duration.ofSeconds(seconds).minusMillis(1));
      delivery.deliverDue();
      assertThat(heard).as("just before %d s", seconds).hasSize(before);
      shop.pass(Duration.ofMillis(1));
      delivery.deliverDue();
      assertThat(heard).as("after %d s", seconds).hasSize(before + 1);
    }
    assertThat(heard).containsOnly("ORD-1#1");
  }

  @Test
  void anotherEventBeginsWithTheShortestPauseAgain() {
    List<String> down = new ArrayList<>(List.of("ORD-1#1", "ORD-1#1", "ORD-1#1", "ORD-1#2"));
    EventDelivery delivery =
        delivery(
            "shop",
            event -> {
              heard.add(event.id());
              if (down.remove(event.id())) {
                throw new IOException("the chat is down");
              }
            });
    delivery.deliverDue();
    storyOfTwoOrders();
    for (int i = 0; i < 4; i++) {
      delivery.deliverDue();
      shop.pass(Duration.ofSeconds(1 << i));
    }
    heard.clear();
    shop.pass(Duration.ofSeconds(1));
    delivery.deliverDue();
    assertThat(heard).containsExactly("ORD-1#2");
  }

  @Test
  void anErrorOfAListenerIsAFailureLikeAnyOther() {
    Error[] first = {new NoClassDefFoundError("org/example/Missing")};
    EventDelivery delivery =
        delivery(
            "shop",
            event -> {
              heard.add(event.id());
              Error error = first[0];
              first[0] = null;
              if (error != null) {
                throw error;
              }
            });
    delivery.deliverDue();
    shop.open("ORD-1", "1.00");
    shop.desk.cancel("ORD-1");
    delivery.deliverDue();
    shop.pass(Duration.ofSeconds(1));
    delivery.deliverDue();
    assertThat(heard).containsExactly("ORD-1#1", "ORD-1#1");
  }

  @Test
  void aFailingListenerHoldsUpNoOther() {
    EventDelivery delivery =
        EventDelivery.builder(shop.ledger)
            .clock(shop.clock)
            .listener(listener("failing", event -> {
              throw new IllegalStateException("on purpose");
            }))
            .listener(listener("good", event -> heard.add(event.id())))
            .build();
    delivery.deliverDue();
    storyOfTwoOrders();
    delivery.deliverDue();
    assertThat(heard).hasSize(4);
  }

  @Test
  void anEventThatWasTakenAndNotToldComesAgainWithTheSameId() {
    delivery("shop", event -> {}).deliverDue();
    shop.open("ORD-1", "1.00");
    shop.desk.cancel("ORD-1");
    shop.ledger.take("shop", shop.clock.instant(), Duration.ofMinutes(1), 10);
    EventDelivery other = delivery("shop", event -> heard.add(event.id()));
    assertThat(other.deliverDue()).isZero();
    shop.pass(Duration.ofMinutes(1));
    assertThat(other.deliverDue()).isEqualTo(1);
    assertThat(heard).containsExactly("ORD-1#1");
  }

  @Test
  void whatCouldNotBeNotedAsToldIsNotedLaterAndNotToldAgain() {
    FailingLedger failing = new FailingLedger();
    PaymentLedger ledger = failing.around(shop.ledger);
    EventDelivery delivery =
        EventDelivery.builder(ledger)
            .clock(shop.clock)
            .listener(listener("shop", event -> heard.add(event.id())))
            .build();
    delivery.deliverDue();
    storyOfTwoOrders();
    failing.failCall(2, false);
    assertThatThrownBy(delivery::deliverDue).hasMessage("the store failed");
    delivery.deliverDue();
    delivery.deliverDue();
    assertThat(heard).containsExactlyInAnyOrder("ORD-1#1", "ORD-2#1", "ORD-1#2", "ORD-2#2");
  }

  @Test
  void aSlowListenerHoldsUpNoOther() throws Exception {
    CountDownLatch goOn = new CountDownLatch(1);
    CountDownLatch quick = new CountDownLatch(4);
    EventDelivery delivery =
        EventDelivery.builder(shop.ledger)
            .clock(shop.clock)
            .concurrency(1)
            .listener(listener("slow", event -> goOn.await()))
            .listener(listener("quick", event -> quick.countDown()))
            .build();
    delivery.start();
    storyOfTwoOrders();
    delivery.wake();
    assertThat(quick.await(20, TimeUnit.SECONDS)).isTrue();
    goOn.countDown();
    delivery.close();
  }

  @Test
  void aListenerThatHangsWithEveryEventHoldsUpNoOther() throws Exception {
    CountDownLatch hanging = new CountDownLatch(40);
    CountDownLatch goOn = new CountDownLatch(1);
    CountDownLatch quick = new CountDownLatch(40);
    EventDelivery delivery =
        EventDelivery.builder(shop.ledger)
            .clock(shop.clock)
            .concurrency(40)
            .listener(
                listener(
                    "slow",
                    event -> {
                      hanging.countDown();
                      goOn.await();
                    }))
            .listener(listener("quick", event -> quick.countDown()))
            .build();
    delivery.start();
    for (int i = 1; i <= 40; i++) {
      shop.open("ORD-" + i, "1.00");
      shop.desk.cancel("ORD-" + i);
    }
    delivery.wake();
    boolean told = hanging.await(20, TimeUnit.SECONDS) && quick.await(20, TimeUnit.SECONDS);
    goOn.countDown();
    delivery.close();
    assertThat(told).isTrue();
  }

  @Test
  void tellsAtMostAsManyAtOnceAsItWasTold() {
    EventDelivery delivery = queued(2, event -> heard.add(event.id()));
    for (int i = 1; i <= 5; i++) {
      shop.open("ORD-" + i, "1.00");
      shop.desk.cancel("ORD-" + i);
    }
    delivery.wake();
    tasks.remove().run();
    assertThat(tasks).hasSize(2);
    delivery.wake();
    tasks.remove().run();
    tasks.remove().run();
    runAll();
    assertThat(heard).hasSize(5).doesNotHaveDuplicates();
    closeQueued(delivery);
  }

  @Test
  void anEventInTheHandOfASlowListenerIsNotGivenToItTwice() {
    EventDelivery delivery = queued(8, event -> heard.add(event.id()));
    shop.open("ORD-1", "1.00");
    shop.desk.cancel("ORD-1");
    delivery.wake();
    tasks.remove().run();
    Runnable telling = tasks.remove();
    shop.pass(Duration.ofMinutes(5));
    delivery.wake();
    runAll();
    assertThat(heard).isEmpty();
    telling.run();
    runAll();
    assertThat(heard).containsExactly("ORD-1#1");
    assertThat(shop.ledger.take("queued", shop.clock.instant().plusSeconds(3600), Duration.ofMinutes(1), 10)).isEmpty();
    closeQueued(delivery);
  }

  @Test
  void closeWaitsForWhatIsBeingToldAndTakesNothingMore() throws Exception {
    CountDownLatch telling = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    EventDelivery delivery =
        delivery(
            "shop",
            event -> {
              telling.countDown();
              goOn.await();
              synchronized (heard) {
                heard.add(event.id());
              }
            });
    delivery.start();
    shop.open("ORD-1", "1.00");
    shop.desk.cancel("ORD-1");
    delivery.wake();
    telling.await();
    Thread closing = new Thread(delivery::close);
    closing.start();
    goOn.countDown();
    closing.join();
    synchronized (heard) {
      assertThat(heard).containsExactly("ORD-1#1");
    }
    delivery.close();
    delivery.wake();
    assertThatThrownBy(delivery::start)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("x0tta6bl4-delivery is closed");
    shop.pass(Duration.ofHours(1));
    assertThat(shop.ledger.take("shop", shop.clock.instant(), Duration.ofMinutes(1), 10)).isEmpty();
  }

  @Test
  void closesThoughTheStoreFails() {
    FailingLedger failing = new FailingLedger();
    EventDelivery delivery =
        EventDelivery.builder(failing.around(shop.ledger))
            .clock(shop.clock)
            .listener(listener("shop", event -> heard.add(event.id())))
            .build();
    delivery.deliverDue();
    shop.open("ORD-1", "1.00");
    shop.desk.cancel("ORD-1");
    failing.failCall(2, false);
    assertThatThrownBy(delivery::deliverDue).hasMessage("the store failed");
    failing.failCall(1, false);
    delivery.close();
    assertThat(failing.failures()).isEqualTo(2);
    EventDelivery next = delivery("shop", event -> heard.add(event.id()));
    shop.pass(EventDelivery.DEFAULT_LEASE);
    next.deliverDue();
    assertThat(heard).containsExactly("ORD-1#1", "ORD-1#1");
  }

  @Test
  void aListenerThatIsInterruptedIsToldAgainAndTheFlagStays() {
    boolean[] first = {true};
    EventDelivery delivery =
        delivery(
            "shop",
            event -> {
              heard.add(event.id());
              if (first[0]) {
                first[0] = false;
                throw new InterruptedException("asked to end");
              }
            });
    delivery.deliverDue();
    shop.open("ORD-1", "1.00");
    shop.desk.cancel("ORD-1");
    delivery.deliverDue();
    assertThat(Thread.interrupted()).isTrue();
    shop.pass(Duration.ofSeconds(1));
    delivery.deliverDue();
    assertThat(heard).containsExactly("ORD-1#1", "ORD-1#1");
  }

  @Test
  void anExecutorThatTakesNoMoreDelaysAnEventAndLosesNone() {
    boolean[] full = {false};
    EventDelivery delivery =
        EventDelivery.builder(shop.ledger)
            .clock(shop.clock)
            .executor(task -> {
              if (full[0]) {
                throw new IllegalStateException("full");
              }
              tasks.add(task);
            })
            .listener(listener("queued", event -> heard.add(event.id())))
            .build();
    delivery.deliverDue();
    shop.open("ORD-1", "1.00");
    shop.desk.cancel("ORD-1");
    delivery.wake();
    full[0] = true;
    tasks.remove().run();
    delivery.wake();
    full[0] = false;
    shop.pass(EventDelivery.DEFAULT_LEASE);
    delivery.wake();
    runAll();
    assertThat(heard).containsExactly("ORD-1#1");
    closeQueued(delivery);
  }

  @Test
  void saysWhichPartIsWrong() {
    EventDelivery.Builder builder = EventDelivery.builder(new InMemoryPaymentLedger(shop.clock));
    assertThatThrownBy(() -> builder.lease(Duration.ZERO).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("lease PT0S: expected more than PT0S");
    builder.lease(Duration.ofSeconds(1));
    assertThatThrownBy(() -> builder.concurrency(0).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("concurrency 0: expected 1 to 1000");
    assertThatThrownBy(() -> builder.concurrency(1_001).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("concurrency 1001: expected 1 to 1000");
    builder.concurrency(1_000).listener(listener("a", event -> {})).listener(listener("a", event -> {}));
    assertThatThrownBy(builder::build)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("two listeners are called 'a': expected one");
  }

  /** Two events for each of two orders. */
  private void storyOfTwoOrders() {
    shop.open("ORD-1", "100.00");
    shop.open("ORD-2", "100.00");
    shop.pay("60.00").memo("ORD-1").submit();
    shop.pay("100.00").memo("ORD-2").submit();
    shop.watcher.tick();
    shop.pay("40.00").memo("ORD-1").submit();
    shop.pay("1.00").memo("ORD-2").submit();
    shop.watcher.tick();
  }

  /** A delivery whose tasks wait for the test; its beats come from no thread. */
  private EventDelivery queued(int concurrency, Hearing hearing) {
    EventDelivery delivery =
        EventDelivery.builder(shop.ledger)
            .clock(shop.clock)
            .executor(tasks::add)
            .concurrency(concurrency)
            .listener(listener("queued", hearing))
            .build();
    delivery.deliverDue();
    return delivery;
  }

  private void closeQueued(EventDelivery delivery) {
    runAll();
    delivery.close();
  }

  private void runAll() {
    for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
      task.run();
    }
  }

  private EventDelivery delivery(String name, Hearing hearing) {
    return EventDelivery.builder(shop.ledger).clock(shop.clock).listener(listener(name, hearing)).build();
  }

  private static PaymentListener listener(String name, Hearing hearing) {
    return new PaymentListener() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public void onEvent(PaymentEvent event) throws Exception {
        hearing.hear(event);
      }
    };
  }

  private interface Hearing {
    void hear(PaymentEvent event) throws Exception;
  }
}
