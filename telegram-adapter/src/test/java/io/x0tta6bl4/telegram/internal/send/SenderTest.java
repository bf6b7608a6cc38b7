package io.x0tta6bl4.telegram.internal.send;

import static org.assertj.core.api.Assertions.assertThat;

import io.x0tta6bl4.simulator.telegram.FakeTelegram;
import io.x0tta6bl4.telegram.BotApi;
import io.x0tta6bl4.telegram.BotToken;
import io.x0tta6bl4.telegram.MessageText;
import io.x0tta6bl4.telegram.SendLimits;
import io.x0tta6bl4.telegram.StoreException;
import io.x0tta6bl4.telegram.TelegramObserver;
import io.x0tta6bl4.telegram.VirtualTime;
import io.x0tta6bl4.telegram.internal.store.Memory;
import io.x0tta6bl4.telegram.internal.store.Post;
import io.x0tta6bl4.telegram.internal.store.Posts;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SenderTest {

  private final VirtualTime time = new VirtualTime();
  private final FakeTelegram telegram = new FakeTelegram(time);
  private final Memory memory = Memory.volatileOne();
  private final Deque<Runnable> tasks = new ArrayDeque<>();
  private final AtomicInteger failures = new AtomicInteger();

  /** The store, which fails to note what was sent as often as a test says. */
  private final Posts failing =
      (Posts)
          Proxy.newProxyInstance(
              Posts.class.getClassLoader(),
              new Class<?>[] {Posts.class},
              (proxy, method, arguments) -> {
                if (method.getName().equals("shown") && failures.getAndDecrement() > 0) {
                  throw new StoreException("could not note", new SQLException("away"));
                }
                try {
                  return method.invoke(memory.posts(), arguments);
                } catch (InvocationTargetException e) {
                  throw e.getCause();
                }
              });

  private Sender sender(Executor executor) {
    BotApi api = BotApi.builder(BotToken.of(FakeTelegram.TOKEN)).transport(telegram).ticker(time).build();
    return new Sender(
        new Sender.Parts(
            failing, memory.duties(), new Messenger(api, text -> new byte[0], "mark"), (post, why) -> {}, SendLimits.TELEGRAM,
            executor, time, time, TelegramObserver.NONE, "owner", Duration.ofSeconds(10), () -> {}));
  }

  private void want(String key, long chat) {
    memory.posts().put(new Post.Draft(key, chat, Post.Kind.BELL, MessageText.of(key), 0, Post.NO_CAUSE), time.instant());
  }

  private void run(Sender sender, int seconds) {
    for (int i = 0; i < seconds * 10; i++) {
      Duration unused = sender.step();
      time.pass(Duration.ofMillis(100));
    }
  }

  @Test
  void aStoreThatFailsAfterTheMessageIsAskedAgainAndTheMessageIsNot() {
    failures.set(3);
    want("bell/A/1", 7);
    want("bell/B/1", 7);
    want("bell/C/1", 8);
    run(sender(Runnable::run), 5);
    assertThat(telegram.chat(7)).extracting(m -> m.text).containsExactly("bell/A/1", "bell/B/1");
    assertThat(telegram.chat(8)).hasSize(1);
    assertThat(memory.posts().sending()).isEmpty();
  }

  @Test
  void neverTwoCallsForOneChatAtOnce() {
    want("bell/A/1", 7);
    want("bell/B/1", 7);
    want("bell/C/1", 8);
    Sender sender = sender(tasks::add);
    run(sender, 5);
    assertThat(tasks).as("one for each chat").hasSize(2);
    tasks.remove().run();
    run(sender, 2);
    assertThat(tasks).hasSize(2);
  }

  @Test
  void noMoreThanSixteenCallsHangAtOnce() {
    for (int chat = 1; chat <= 100; chat++) {
      want("bell/O" + chat + "/1", chat);
    }
    Sender sender = sender(tasks::add);
    run(sender, 10);
    assertThat(tasks).hasSize(16);
    tasks.remove().run();
    run(sender, 1);
    assertThat(tasks).hasSize(16);
  }

  @Test
  void whatAnExecutorDoesNotTakeIsSentLater() {
    AtomicInteger refusals = new AtomicInteger(2);
    want("bell/A/1", 7);
    run(
        sender(
            task -> {
              if (refusals.getAndDecrement() > 0) {
                throw new RejectedExecutionException();
              }
              task.run();
            }),
        5);
    assertThat(telegram.chat(7)).hasSize(1);
  }

  @Test
  void aChatIsServedAgainAfterAnErrorInItsCall() {
    telegram.fail("sendMessage", FakeTelegram.Fault.CRASH_AFTER);
    want("bell/A/1", 7);
    Sender sender =
        sender(
            task -> {
              try {
                task.run();
              } catch (FakeTelegram.Crash e) {
                // As a pool does: the thread ends, and the process goes on.
              }
            });
    run(sender, 20);
    assertThat(telegram.chat(7)).extracting(m -> m.text).containsExactly("bell/A/1", "bell/A/1\n\nmark");
  }

  @Test
  void tellsHowLongNothingIsToDo() {
    Sender sender = sender(Runnable::run);
    sender.step();
    assertThat(sender.step()).isBetween(Duration.ofMillis(1), Duration.ofMillis(250));
    want("bell/A/1", 7);
    want("bell/B/1", 7);
    sender.wanted();
    time.pass(Duration.ofMillis(20));
    sender.step();
    time.pass(Duration.ofMillis(950));
    assertThat(sender.step()).as("the chat is free then").isLessThanOrEqualTo(Duration.ofMillis(50));
  }
}
