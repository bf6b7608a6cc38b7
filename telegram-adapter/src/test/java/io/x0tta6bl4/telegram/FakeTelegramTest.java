package io.x0tta6bl4.telegram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.x0tta6bl4.payment.http.Secret;
import io.x0tta6bl4.simulator.telegram.FakeTelegram;
import io.x0tta6bl4.simulator.telegram.FakeWebhook;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The stand-in keeps to what the source of the real server says, so that passing it means something. */
class FakeTelegramTest {

  private final VirtualTime time = new VirtualTime();
  private final FakeTelegram telegram = new FakeTelegram(time);
  private final BotApi api =
      BotApi.builder(BotToken.of(FakeTelegram.TOKEN)).transport(telegram).ticker(time).build();
  private final AtomicInteger status = new AtomicInteger(500);

  @BeforeEach
  void answerWithAStatus() {
    telegram.webhook().target((type, secret, body) -> new FakeWebhook.Reply(status.get(), null));
  }

  private void set() {
    api.setWebhook(URI.create("https://shop.example/x"), Secret.of("s"), 40, List.of("message"));
  }

  private List<Long> secondsOfPosts(Duration duration) throws Exception {
    for (long i = 0; i < duration.toSeconds(); i++) {
      int unused = telegram.webhook().deliver();
      time.pass(Duration.ofSeconds(1));
    }
    return telegram.webhook().posts.stream()
        .map(post -> Duration.between(VirtualTime.START, Instant.parse(post.split(" ")[0])).toSeconds())
        .toList();
  }

  @Test
  void refusedUpdatesComeAgainWithGrowingDelay() throws Exception {
    set();
    telegram.write(7, "en", "x");
    assertThat(secondsOfPosts(Duration.ofMinutes(5))).containsExactly(0L, 1L, 3L, 7L, 15L, 31L, 63L, 123L, 183L, 243L);
  }

  @Test
  void retryAfterIsKept() throws Exception {
    set();
    telegram.webhook().target((type, secret, body) -> new FakeWebhook.Reply(503, Duration.ofSeconds(20)));
    telegram.write(7, "en", "x");
    assertThat(secondsOfPosts(Duration.ofSeconds(50))).containsExactly(0L, 20L, 40L);
  }

  @Test
  void aRefusedUpdateBlocksItsChatOnly() throws Exception {
    set();
    telegram.write(7, "en", "x");
    telegram.write(7, "en", "y");
    telegram.write(8, "en", "z");
    assertThat(telegram.webhook().deliver()).isEqualTo(2);
    status.set(204);
    time.pass(Duration.ofSeconds(1));
    assertThat(telegram.webhook().deliver()).isEqualTo(2);
    assertThat(telegram.webhook().deliver()).isEqualTo(1);
    assertThat(telegram.webhook().pending()).isZero();
  }

  @Test
  void anUpdateIsDroppedAfterADay() throws Exception {
    set();
    telegram.write(7, "en", "x");
    secondsOfPosts(Duration.ofSeconds(86_402));
    assertThat(telegram.webhook().pending()).isZero();
    assertThat(telegram.webhook().dropped).isEqualTo(1);
  }

  @Test
  void goneForTwentyThreeHoursClosesTheWebhook() throws Exception {
    set();
    status.set(410);
    telegram.write(7, "en", "x");
    secondsOfPosts(Duration.ofHours(22));
    assertThat(telegram.webhook().isSet()).isTrue();
    secondsOfPosts(Duration.ofMinutes(62));
    assertThat(telegram.webhook().isSet()).isFalse();
  }

  @Test
  void pollingAndAWebhookExcludeEachOther() {
    telegram.write(7, "en", "x");
    assertThat(api.getUpdates(0, 10, Duration.ZERO, List.of())).hasSize(1);
    set();
    assertThatThrownBy(() -> api.getUpdates(0, 10, Duration.ZERO, List.of()))
        .hasMessageContaining("can't use getUpdates method while webhook is active");
    api.deleteWebhook();
    List<RawUpdate> updates = api.getUpdates(0, 10, Duration.ZERO, List.of());
    assertThat(updates).hasSize(1);
    assertThat(api.getUpdates(updates.get(0).id() + 1, 10, Duration.ZERO, List.of())).isEmpty();
  }

  @Test
  void refusesBadSecretsAndAddresses() {
    URI good = URI.create("https://shop.example/x");
    assertThatThrownBy(() -> api.setWebhook(good, Secret.of("x".repeat(257)), 40, List.of())).hasMessageContaining("too long");
    assertThatThrownBy(() -> api.setWebhook(good, Secret.of("a b"), 40, List.of())).hasMessageContaining("unallowed characters");
    assertThatThrownBy(() -> api.setWebhook(URI.create("http://shop.example/x"), Secret.of("s"), 40, List.of()))
        .hasMessageContaining("HTTPS URL");
  }

  @Test
  void enforcesItsLimits() {
    telegram.enforcesLimits = true;
    api.sendMessage(7, MessageText.of("x"));
    assertThatThrownBy(() -> api.sendMessage(7, MessageText.of("y"))).hasMessageContaining("retry after 3");
    time.pass(Duration.ofSeconds(2));
    assertThatThrownBy(() -> api.sendMessage(7, MessageText.of("y"))).as("the wait is not over").isInstanceOf(BotApiException.class);
    time.pass(Duration.ofSeconds(6));
    api.sendMessage(7, MessageText.of("y"));
  }

  @Test
  void refusesMarkUpThatIsNoneAndIdenticalEdits() {
    assertThatThrownBy(() -> api.sendMessage(7, MessageText.of("<b>x"))).hasMessageContaining("can't parse entities");
    assertThatThrownBy(() -> api.sendMessage(7, MessageText.of("a & b"))).hasMessageContaining("can't parse entities");
    assertThatThrownBy(() -> api.sendMessage(7, MessageText.of("<i>x</i>"))).hasMessageContaining("can't parse entities");
    long id = api.sendMessage(7, MessageText.of("<b>x</b> &amp;"));
    assertThatThrownBy(() -> api.editMessageText(7, id, MessageText.of("<b>x</b> &amp;"))).hasMessageContaining("not modified");
    api.deleteMessage(7, id);
    assertThatThrownBy(() -> api.editMessageText(7, id, MessageText.of("y"))).hasMessageContaining("message to edit not found");
  }

  @Test
  void aLatePressCannotBeAnswered() {
    set();
    String query = telegram.press(7, "en", "x").path("callback_query").path("id").asText();
    String late = telegram.press(7, "en", "x").path("callback_query").path("id").asText();
    api.answerCallbackQuery(query, "");
    time.pass(Duration.ofSeconds(16));
    assertThatThrownBy(() -> api.answerCallbackQuery(late, "")).hasMessageContaining("query is too old");
  }
}
