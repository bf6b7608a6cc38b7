package io.x0tta6bl4.telegram.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.x0tta6bl4.payment.Amount;
import io.x0tta6bl4.payment.PaymentRequest;
import io.x0tta6bl4.payment.http.Secret;
import io.x0tta6bl4.payment.ledger.InMemoryPaymentLedger;
import io.x0tta6bl4.payment.ledger.NewOrder;
import io.x0tta6bl4.payment.ledger.PaymentLedger;
import io.x0tta6bl4.payment.metrics.PaymentObserver;
import io.x0tta6bl4.payment.testkit.InMemoryChain;
import io.x0tta6bl4.payment.testkit.InMemoryTransferSource;
import io.x0tta6bl4.payment.watch.EventDelivery;
import io.x0tta6bl4.payment.watch.PaymentDesk;
import io.x0tta6bl4.payment.watch.PaymentWatcher;
import io.x0tta6bl4.telegram.BotApi;
import io.x0tta6bl4.telegram.BotApiException;
import io.x0tta6bl4.telegram.BotApiException.Failure;
import io.x0tta6bl4.telegram.BotToken;
import io.x0tta6bl4.telegram.BuyerBot;
import io.x0tta6bl4.telegram.MessageText;
import io.x0tta6bl4.telegram.OrderLinks;
import io.x0tta6bl4.telegram.SendLimits;
import io.x0tta6bl4.telegram.ShopRig;
import io.x0tta6bl4.telegram.UpdateStore;
import io.x0tta6bl4.telegram.WebhookSecrets;
import io.x0tta6bl4.telegram.WebhookServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The conversation with a server that nobody here wrote: npm's telegram-test-api behind Debian's nginx, in real time. */
@Timeout(180)
class EmulatorIT {

  private static final String TOKEN = "4242:emulated";
  private static final String SECRET = "webhook-secret-0123456789";
  private static final long BUYER = 7;

  @TempDir private Path folder;

  @BeforeAll
  static void findThePrograms() {
    Tools.require("node", "nginx", "telegram-test-api/package.json");
  }

  private static BotApi api(Emulator emulator, String token) {
    return BotApi.builder(BotToken.of(token)).baseUrl(emulator.api()).allowHttp(true).build();
  }

  @Test
  void aBuyerOpensChecksAndPaysAnOrder() throws Exception {
    Clock clock = Clock.systemUTC();
    InMemoryChain chain = new InMemoryChain(clock);
    InMemoryTransferSource source = new InMemoryTransferSource(chain);
    PaymentLedger ledger = new InMemoryPaymentLedger(clock);
    PaymentDesk desk = new PaymentDesk(ledger, List.of(source), clock, PaymentObserver.NONE);
    OrderLinks links = OrderLinks.of(Secret.of("link-key-0123456789"));
    List<String> checked = new CopyOnWriteArrayList<>();
    WebhookSecrets secrets = WebhookSecrets.of(Secret.of(SECRET));
    // The bot needs the API's address, the API the shop's: so the shop's port is found first.
    int shop = Tools.freePort();
    try (Emulator emulator = new Emulator(folder, shop, SECRET, TOKEN);
        BotApi api = api(emulator, TOKEN);
        PaymentWatcher watcher = PaymentWatcher.builder(ledger).source(source).build();
        BuyerBot bot =
            BuyerBot.builder(api, UpdateStore.inMemory(), desk, links)
                // What nginx lets through for one method.
                .limits(new SendLimits(5, 1, 20))
                .checkNow(
                    order -> {
                      checked.add(order.id());
                      watcher.hint(order.request().recipient());
                    })
                .build();
        WebhookServer server =
            WebhookServer.start(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), shop), "/telegram", bot.webhook(secrets));
        EventDelivery delivery = EventDelivery.builder(ledger).listener(bot.listener()).build()) {
      assertThat(server.address().getPort()).isEqualTo(shop);
      bot.start();
      delivery.start();
      watcher.start();
      assertThat(bot.registerWebhook(emulator.webhook(), secrets, 40)).isTrue();
      Amount price = ShopRig.coins("25.50");
      desk.open(NewOrder.of(PaymentRequest.builder("ORD-1001", ShopRig.WALLET, price).build()));

      emulator.write(BUYER, "/start " + links.payload("ORD-1001", Instant.now().plus(Duration.ofHours(1))));
      await(emulator, 1, "<code>25.5</code>");
      JsonNode invoice = emulator.chat(BUYER).get(0);
      String check = invoice.path("reply_markup").path("inline_keyboard").path(0).path(0).path("callback_data").asText();
      emulator.press(BUYER, check);
      while (checked.isEmpty()) {
        Thread.sleep(20);
      }

      chain.pay(ShopRig.WALLET, price).memo("ORD-1001").at(clock.instant()).submit();
      await(emulator, 2, "is <b>paid</b>");
      await(emulator, 2, "<b>Paid.</b>");
      assertThat(emulator.chat(BUYER)).hasSize(2);
    }
  }

  @Test
  void nginxsOwn429IsUnderstoodAndTheBotPassesBelowIt() throws Exception {
    try (Emulator emulator = new Emulator(folder, Tools.freePort(), SECRET, TOKEN);
        BotApi api = api(emulator, TOKEN)) {
      List<CompletableFuture<Failure>> flood = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        long chat = 100 + i;
        flood.add(CompletableFuture.supplyAsync(() -> failure(() -> api.sendMessage(chat, MessageText.of("x")))));
      }
      List<Failure> failures = flood.stream().map(CompletableFuture::join).toList();
      System.out.println("40 messages at once: " + failures.stream().filter(f -> f == null).count() + " sent, the rest 429");
      assertThat(failures).contains(null, Failure.TOO_MANY_REQUESTS).containsOnly(null, Failure.TOO_MANY_REQUESTS);
    }
  }

  @Test
  void errorsOfAServerInBetweenAreTypedToo() throws Exception {
    try (Emulator emulator = new Emulator(folder, Tools.freePort(), SECRET, TOKEN)) {
      assertThat(failure(emulator, "403:x")).isEqualTo(Failure.BLOCKED);
      assertThat(failure(emulator, "409:x")).isEqualTo(Failure.CONFLICT);
      assertThat(failure(emulator, "502:x")).isEqualTo(Failure.UNKNOWN_OUTCOME);
    }
  }

  private static Failure failure(Emulator emulator, String token) {
    try (BotApi api = api(emulator, token)) {
      return failure(() -> api.sendMessage(7, MessageText.of("x")));
    }
  }

  private static Failure failure(Runnable call) {
    try {
      call.run();
      return null;
    } catch (BotApiException e) {
      return e.failure();
    }
  }

  private static void await(Emulator emulator, int messages, String text) throws Exception {
    Instant end = Instant.now().plusSeconds(60);
    while (true) {
      List<JsonNode> chat = emulator.chat(BUYER);
      if (chat.size() >= messages && chat.stream().anyMatch(m -> m.path("text").asText().contains(text))) {
        return;
      }
      assertThat(Instant.now()).as("%s in %s", text, chat).isBefore(end);
      Thread.sleep(50);
    }
  }
}
