package io.x0tta6bl4.telegram;

import static org.assertj.core.api.Assertions.assertThat;

import io.x0tta6bl4.payment.http.ApiRequest;
import io.x0tta6bl4.payment.http.ApiResponse;
import io.x0tta6bl4.payment.http.HttpTransport;
import io.x0tta6bl4.payment.http.Secret;
import io.x0tta6bl4.simulator.telegram.FakeTelegram;
import io.x0tta6bl4.simulator.telegram.FakeTelegram.Fault;
import io.x0tta6bl4.telegram.internal.Loop;
import io.x0tta6bl4.telegram.internal.intake.Intake;
import io.x0tta6bl4.telegram.internal.intake.Poller;
import io.x0tta6bl4.telegram.internal.intake.Processor;
import io.x0tta6bl4.telegram.internal.intake.Update;
import io.x0tta6bl4.telegram.internal.store.Memory;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The way in by long polling. */
@Timeout(60)
class LongPollingTest {

  private final VirtualTime time = new VirtualTime();
  private final FakeTelegram telegram = new FakeTelegram(time);
  private final BotApi api =
      BotApi.builder(BotToken.of(FakeTelegram.TOKEN)).transport(telegram).ticker(time).build();
  private final Memory memory = Memory.volatileOne();
  private final List<String> troubles = new ArrayList<>();
  private final Poller poller = poller("one");

  private Poller poller(String owner) {
    return new Poller(
        api,
        new Intake(memory.updates(), time, TelegramObserver.NONE, () -> {}),
        memory.duties(),
        time,
        owner,
        Duration.ofSeconds(10),
        new Poller.Trouble() {
          @Override
          public void pollingFails(String why, String message) {
            troubles.add(why);
          }

          @Override
          public void pollingWorks() {
            troubles.add("works");
          }
        });
  }

  private List<Long> stored() {
    Instant now = time.instant();
    return memory.updates().take(now, now.plusSeconds(60), 100).stream().map(taken -> taken.id()).toList();
  }

  @Test
  void storesUpdatesAndConfirmsThemByTheNextCall() {
    telegram.write(7, "en", "a");
    telegram.write(8, "en", "b");
    assertThat(poller.step()).isZero();
    assertThat(telegram.pending()).as("not confirmed yet").isEqualTo(2);
    assertThat(stored()).containsExactly(101L, 102L);
    assertThat(poller.step()).isZero();
    assertThat(telegram.pending()).isZero();
  }

  @Test
  void whatWasStoredBeforeACrashIsNotStoredAgain() {
    telegram.write(7, "en", "a");
    poller.step();
    poller("one").step();
    assertThat(stored()).containsExactly(101L);
    memory.updates().done(101);
    poller("one").step();
    assertThat(stored()).isEmpty();
  }

  @Test
  void asksForTheKindsThatTheBotReads() {
    poller.step();
    assertThat(telegram.calls("getUpdates").get(0).body().path("allowed_updates").toString())
        .isEqualTo("[\"message\",\"callback_query\",\"my_chat_member\"]");
    assertThat(Update.KINDS).hasSize(3);
  }

  @Test
  void backsOffOnAConflictAndSaysSoOnce() {
    telegram.fail("getUpdates", Fault.CONFLICT, Fault.CONFLICT, Fault.CONFLICT, Fault.CONFLICT, Fault.CONFLICT);
    List<Long> pauses = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      pauses.add(poller.step().toSeconds());
    }
    assertThat(pauses).containsExactly(5L, 10L, 20L, 40L, 60L);
    assertThat(poller.step()).isZero();
    assertThat(troubles).containsExactly("conflict", "works");
  }

  @Test
  void aProcessThatBeginsWellEndsTheTroubleOfTheOneBefore() {
    telegram.fail("getUpdates", Fault.UNAUTHORIZED);
    assertThat(poller.step()).isEqualTo(Loop.END);
    poller.close();
    Poller restarted = poller("two");
    assertThat(restarted.step()).isZero();
    assertThat(restarted.step()).isZero();
    telegram.fail("getUpdates", Fault.CONFLICT);
    restarted.step();
    assertThat(troubles).containsExactly("unauthorized", "works", "conflict");
  }

  @Test
  void neverDeletesAWebhookToGetItsUpdates() {
    api.setWebhook(
        URI.create("https://a.example/"), Secret.of("s"), 40, List.of("message"));
    assertThat(poller.step()).isEqualTo(Duration.ofSeconds(5));
    assertThat(telegram.webhook().isSet()).isTrue();
  }

  @Test
  void endsWhereTelegramDoesNotKnowTheToken() {
    telegram.fail("getUpdates", Fault.UNAUTHORIZED);
    assertThat(poller.step()).isEqualTo(Loop.END);
    assertThat(troubles).containsExactly("unauthorized");
  }

  @Test
  void waitsAsLongAsTelegramSays() {
    telegram.retryAfter(300);
    telegram.fail("getUpdates", Fault.TOO_MANY);
    assertThat(poller.step()).isEqualTo(Duration.ofSeconds(300));
  }

  @Test
  void goesOnWithGrowingPausesWhereTelegramIsAway() {
    telegram.fail("getUpdates", Fault.NO_CONNECTION, Fault.LOST_BEFORE, Fault.BAD_GATEWAY_BEFORE);
    assertThat(poller.step()).isEqualTo(Duration.ofSeconds(1));
    assertThat(poller.step()).isEqualTo(Duration.ofSeconds(2));
    assertThat(poller.step()).isEqualTo(Duration.ofSeconds(4));
    assertThat(poller.step()).isZero();
    assertThat(troubles).containsExactly("not_sent", "unknown_outcome", "works");
  }

  @Test
  void ofTwoProcessesOnePolls() {
    Poller other = poller("two");
    poller.step();
    assertThat(other.step()).isEqualTo(Duration.ofSeconds(5));
    assertThat(telegram.calls("getUpdates")).hasSize(1);
    time.pass(Duration.ofSeconds(61));
    assertThat(other.step()).as("the first one has died").isZero();
    other.close();
    assertThat(poller.step()).isZero();
  }

  @Test
  void anUpdateThatFailsAgainAndAgainIsSetAsideAndTold() {
    List<String> handled = new ArrayList<>();
    Processor processor =
        new Processor(
            memory.updates(),
            new Processor.Handler() {
              @Override
              public void handle(Update update) {
                if (update.id() == 101) {
                  throw new IllegalStateException("poison");
                }
                handled.add("did " + update.id());
              }

              @Override
              public void setAside(long updateId, Throwable failure) {
                handled.add("set aside " + updateId + " " + failure.getMessage());
              }
            },
            Runnable::run,
            time,
            TelegramObserver.NONE,
            () -> {});
    telegram.write(7, "en", "a");
    telegram.write(7, "en", "b");
    telegram.write(8, "en", "c");
    poller.step();
    for (int second = 0; second < 14; second++) {
      processor.step();
      time.pass(Duration.ofSeconds(1));
    }
    assertThat(handled).as("after 1, 2 and 4 seconds").containsExactly("did 103");
    for (int second = 0; second < 3; second++) {
      processor.step();
      processor.step();
      time.pass(Duration.ofSeconds(1));
    }
    assertThat(handled).containsExactly("did 103", "set aside 101 poison", "did 102");
  }

  @Test
  void aCallThatWaitsForUpdatesIsEndedAtOnce() throws Exception {
    CountDownLatch waiting = new CountDownLatch(1);
    CountDownLatch never = new CountDownLatch(1);
    HttpTransport hanging =
        new HttpTransport() {
          @Override
          public ApiResponse get(URI uri, Map<String, String> headers, Duration timeout) {
            throw new AssertionError("only posts are sent");
          }

          @Override
          public ApiResponse post(URI uri, Map<String, String> headers, ApiRequest.Body body, Duration timeout)
              throws InterruptedException {
            waiting.countDown();
            never.await();
            throw new AssertionError("nobody ends the wait but an interrupt");
          }

          @Override
          public void close() {}
        };
    BotApi slow = BotApi.builder(BotToken.of(FakeTelegram.TOKEN)).transport(hanging).build();
    ShopRig shop = new ShopRig();
    BuyerBot bot = BuyerBot.builder(slow, UpdateStore.inMemory(), shop.desk, shop.links).build();
    LongPolling polling = bot.polling();
    assertThat(polling.isRunning()).isFalse();
    polling.start();
    assertThat(waiting.await(30, TimeUnit.SECONDS)).isTrue();
    assertThat(polling.isRunning()).isTrue();
    polling.close();
    polling.close();
    assertThat(polling.isRunning()).isFalse();
  }

  @Test
  void aLoopGoesOnAfterAFailureAndWhenItIsWoken() throws Exception {
    CountDownLatch steps = new CountDownLatch(3);
    Loop loop =
        new Loop(
            "failing",
            () -> {
              steps.countDown();
              if (steps.getCount() == 2) {
                throw new IllegalStateException("once");
              }
              return Duration.ofHours(1);
            });
    loop.start();
    while (!steps.await(10, TimeUnit.MILLISECONDS)) {
      loop.wake();
    }
    loop.close();
  }
}
