package io.x0tta6bl4.telegram;

import static org.assertj.core.api.Assertions.assertThat;

import io.x0tta6bl4.payment.http.Secret;
import io.x0tta6bl4.payment.ledger.PaymentLedger;
import io.x0tta6bl4.payment.watch.EventDelivery;
import io.x0tta6bl4.payment.watch.PaymentDesk;
import io.x0tta6bl4.payment.watch.PaymentWatcher;
import io.x0tta6bl4.simulator.telegram.FakeTelegram;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The READMEs' bot, before a Telegram of our own. */
class ReadmeExampleTest {

  private static final long BUYER = 7;

  @Test
  @Timeout(60)
  void theBotOfTheReadmeTalks() throws Exception {
    ShopRig shop = new ShopRig();
    shop.open("ORD-1001", "25.00");
    FakeTelegram telegram = new FakeTelegram(Clock.systemUTC());
    BotApi api = BotApi.builder(BotToken.of(FakeTelegram.TOKEN)).transport(telegram).build();
    UpdateStore store = UpdateStore.inMemory();
    PaymentDesk desk = shop.desk;
    PaymentLedger ledger = shop.ledger;
    PaymentWatcher watcher = shop.watcher;
    Secret webhookSecret = Secret.of("webhook-secret-0123456789");
    Secret linkKey = Secret.of("link-key-0123456789");
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    URI publicUrl = URI.create("https://shop.example/telegram");

    // @start region="bot"
    OrderLinks links = OrderLinks.of(linkKey);
    BuyerBot bot =
        BuyerBot.builder(api, store, desk, links)
            .checkNow(order -> watcher.hint(order.request().recipient()))
            .ledger(ledger)
            .build();
    EventDelivery delivery = EventDelivery.builder(ledger).listener(bot.listener()).build();

    WebhookSecrets secrets = WebhookSecrets.of(webhookSecret);
    WebhookServer server = WebhookServer.start(address, "/telegram", bot.webhook(secrets));
    bot.start();
    delivery.start();
    bot.registerWebhook(publicUrl, secrets, 40);

    URI forTheBuyer = links.link("shop_bot", "ORD-1001", Instant.now().plus(Duration.ofDays(1)));
    // @end
    try (server;
        bot;
        delivery) {
      telegram.webhook().target(WebhookLeg.of(bot.webhook(secrets)));
      telegram.write(BUYER, "en", "/start " + forTheBuyer.getQuery().replace("start=", ""));
      while (telegram.chat(BUYER).isEmpty()) {
        int unused = telegram.webhook().deliver();
        Thread.onSpinWait();
      }
      assertThat(telegram.chat(BUYER).get(0).text).startsWith("Order ORD-1001");
      assertThat(bot.isRunning()).isTrue();
    }
    assertThat(bot.isRunning()).isFalse();
  }
}
