package io.x0tta6bl4.example.shop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.x0tta6bl4.simulator.telegram.FakeTelegram;
import io.x0tta6bl4.simulator.telegram.FakeWebhook;
import io.x0tta6bl4.simulator.telegram.TelegramServer;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bot of the shop, to which Telegram posts updates on the public port. */
class BotWebhookTest {

  private static final String SECRET = "webhook-secret-of-the-tests";
  private static final long BUYER = 77;

  @TempDir Path folder;

  @Test
  void tellsTheBuyerInTheChatWhatHappens() throws Exception {
    FakeTelegram telegram = new FakeTelegram(Clock.systemUTC());
    try (TelegramServer server = TelegramServer.start(telegram);
        ShopRig shop =
            ShopRig.start(
                folder,
                Map.of(
                    "TELEGRAM_BOT_TOKEN", FakeTelegram.TOKEN,
                    "TELEGRAM_URL", server.baseUrl().toString(),
                    "TELEGRAM_MODE", "webhook",
                    "TELEGRAM_WEBHOOK_SECRET", SECRET,
                    "PUBLIC_URL", "https://pay.example.org",
                    // A client without a key may ask for little: Telegram must not be taken for one.
                    "RATE_LIMIT", "2"))) {
      telegram.webhook().target((type, secret, body) -> post(shop, type, secret, body));
      await(() -> telegram.webhook().isSet());
      shop.open("ORD-1", "25");
      await(() -> !shop.order("ORD-1").path("bot_url").isNull());
      JsonNode order = shop.order("ORD-1");
      String start = URI.create(order.path("bot_url").asText()).getQuery().substring("start=".length());
      telegram.write(BUYER, "en", "/start " + start);
      telegram.webhook().deliver();
      await(() -> !telegram.chat(BUYER).isEmpty());
      assertThat(telegram.chat(BUYER).getFirst().text).contains("ORD-1").contains(ShopRig.TRON_WALLET);
      for (int i = 0; i < 5; i++) {
        telegram.write(BUYER, "en", "hello");
        telegram.webhook().deliver();
      }
      assertThat(telegram.webhook().pending()).isZero();
      shop.pay("ORD-1", "25");
      await(() -> telegram.chat(BUYER).stream().anyMatch(message -> message.text.contains("Paid") || message.text.contains("paid")));
    }
  }

  @Test
  void takesUpdatesOfNobodyElse() throws Exception {
    FakeTelegram telegram = new FakeTelegram(Clock.systemUTC());
    try (TelegramServer server = TelegramServer.start(telegram);
        ShopRig shop =
            ShopRig.start(
                folder,
                Map.of(
                    "TELEGRAM_BOT_TOKEN", FakeTelegram.TOKEN,
                    "TELEGRAM_URL", server.baseUrl().toString(),
                    "TELEGRAM_MODE", "webhook",
                    "TELEGRAM_WEBHOOK_SECRET", SECRET,
                    "PUBLIC_URL", "https://pay.example.org"))) {
      String update = "{\"update_id\":1}";
      assertThat(shop.anybody("POST", Bot.WEBHOOK_PATH, update).statusCode()).isBetween(400, 499);
      assertThat(shop.anybody("POST", Bot.WEBHOOK_PATH, update, "X-Telegram-Bot-Api-Secret-Token", "wrong").statusCode())
          .isBetween(400, 499);
      assertThat(shop.anybody("POST", Bot.WEBHOOK_PATH, update, "X-Telegram-Bot-Api-Secret-Token", SECRET).statusCode())
          .isEqualTo(200);
    }
  }

  private static FakeWebhook.Reply post(ShopRig shop, String type, String secret, byte[] body) {
    HttpResponse<String> answer =
        shop.anybody(
            "POST", Bot.WEBHOOK_PATH, new String(body, StandardCharsets.UTF_8), "X-Telegram-Bot-Api-Secret-Token", secret);
    return new FakeWebhook.Reply(answer.statusCode(), null);
  }

  private static void await(Callable<Boolean> condition) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!condition.call()) {
      assertThat(System.nanoTime()).as("within 20 s").isLessThan(end);
      Thread.sleep(50);
    }
  }
}
