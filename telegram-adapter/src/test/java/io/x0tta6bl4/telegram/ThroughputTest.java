package io.x0tta6bl4.telegram;

import static org.assertj.core.api.Assertions.assertThat;

import io.x0tta6bl4.simulator.telegram.FakeTelegram;
import io.x0tta6bl4.simulator.telegram.FakeTelegram.Call;
import io.x0tta6bl4.telegram.internal.send.Keys;
import io.x0tta6bl4.telegram.internal.store.Memory;
import io.x0tta6bl4.telegram.internal.store.Post;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Ten thousand verdicts at once, on a virtual clock, before a server that enforces the limits by 429. */
class ThroughputTest {

  private static final int VERDICTS = 10_000;

  private final ShopRig shop = new ShopRig();
  private final Memory memory = shop.store.of(shop.api.botId());

  /** Has chats show what is to be edited, by calls that are not counted. */
  private void shown(int chats) {
    for (int chat = 1; chat <= chats; chat++) {
      String key = Keys.status("ORD-" + chat);
      want(key, chat, Post.Kind.STATUS, "waits", 0);
      Post post = memory.posts().find(key).orElseThrow();
      assertThat(memory.posts().claim(post)).isTrue();
      memory.posts().shown(post, shop.api.sendMessage(chat, post.text()));
    }
    shop.time.pass(Duration.ofSeconds(2));
    shop.telegram.calls.clear();
    shop.telegram.enforcesLimits = true;
  }

  private void want(String key, long chat, Post.Kind kind, String text, long version) {
    memory.posts().put(new Post.Draft(key, chat, kind, MessageText.of(text), version, Post.NO_CAUSE), shop.time.instant());
  }

  private void drain(Duration most) {
    Instant end = shop.time.instant().plus(most);
    while (memory.posts().backlog(shop.time.instant()).waiting() > 0 && shop.time.instant().isBefore(end)) {
      Duration wait = shop.bot.step();
      shop.time.pass(wait.isZero() ? Duration.ofNanos(1) : wait);
    }
  }

  @Test
  void tenThousandVerdictsTakeNoLongerThanTheLimitsDemand() {
    shop.telegram.enforcesLimits = true;
    for (int chat = 1; chat <= VERDICTS; chat++) {
      want(Keys.bell("ORD-" + chat, 1), chat, Post.Kind.BELL, "paid", 1);
    }
    Instant start = shop.time.instant();
    drain(Duration.ofHours(1));
    Duration took = Duration.between(start, shop.time.instant());

    List<Call> calls = shop.telegram.calls("sendMessage");
    assertThat(calls).hasSize(VERDICTS);
    // In tenths of a percent of 30 a second.
    long share = VERDICTS * 1_000_000L / 30 / took.toMillis();
    System.out.println("10,000 verdicts in " + took + " of virtual time: " + share / 10 + "." + share % 10 + " % of 30 a second");
    assertThat(share).isGreaterThanOrEqualTo(950);
    assertLimits();
  }

  @Test
  void aVerdictDoesNotWaitForTenThousandEdits() {
    shown(VERDICTS);
    for (int chat = 1; chat <= VERDICTS; chat++) {
      want(Keys.status("ORD-" + chat), chat, Post.Kind.STATUS, "seen", 1);
    }
    shop.bot.step();
    Instant verdict = shop.time.instant();
    want(Keys.bell("ORD-77777", 1), 77_777, Post.Kind.BELL, "paid", 1);
    while (shop.chat(77_777).isEmpty() && shop.time.instant().isBefore(verdict.plusSeconds(60))) {
      Duration wait = shop.bot.step();
      shop.time.pass(wait.isZero() ? Duration.ofNanos(1) : wait);
    }
    assertThat(shop.chat(77_777).get(0).sentAt).isBefore(verdict.plusMillis(1_100));
    assertThat(shop.telegram.calls("editMessageText")).as("edits that went before").hasSizeLessThan(70);
  }

  @Test
  void aChatWithManyOrdersHoldsUpNobody() {
    shop.telegram.enforcesLimits = true;
    for (int order = 1; order <= 500; order++) {
      want(Keys.bell("ORD-" + order, 1), 7, Post.Kind.BELL, "paid " + order, 1);
    }
    for (int chat = 100; chat < 400; chat++) {
      want(Keys.bell("ORD-" + chat * 1_000, 1), chat, Post.Kind.BELL, "paid", 1);
    }
    Instant start = shop.time.instant();
    drain(Duration.ofSeconds(11));
    for (int chat = 100; chat < 400; chat++) {
      assertThat(shop.chat(chat)).hasSize(1);
      assertThat(shop.chat(chat).get(0).sentAt).isBefore(start.plusSeconds(11));
    }
    drain(Duration.ofHours(1));
    assertThat(shop.chat(7)).hasSize(500);
    assertLimits();
  }

  @Test
  void verdictsAndTheirEditsKeepToTheLimitsTogether() {
    shown(1_000);
    for (int chat = 1; chat <= 1_000; chat++) {
      want(Keys.bell("ORD-" + chat, 1), chat, Post.Kind.BELL, "paid", 1);
      want(Keys.status("ORD-" + chat), chat, Post.Kind.STATUS, "paid", 1);
    }
    Instant start = shop.time.instant();
    drain(Duration.ofHours(1));
    assertThat(Duration.between(start, shop.time.instant())).isBetween(Duration.ofSeconds(66), Duration.ofSeconds(70));
    assertThat(shop.telegram.calls).hasSize(2_000);
    assertLimits();
  }

  /** No chat above one in any second, all together never above thirty, and nothing that the server had to refuse. */
  private void assertLimits() {
    Map<Long, Instant> last = new HashMap<>();
    List<Call> calls = shop.telegram.calls.stream().filter(FakeTelegram::isMessage).toList();
    for (int i = 0; i < calls.size(); i++) {
      Call call = calls.get(i);
      Instant before = last.put(call.chatId(), call.at());
      assertThat(before == null || !before.plusSeconds(1).isAfter(call.at())).as("chat %s", call.chatId()).isTrue();
      assertThat(i < 30 || !calls.get(i - 30).at().plusSeconds(1).isAfter(call.at())).as("call %s", i).isTrue();
    }
  }
}
