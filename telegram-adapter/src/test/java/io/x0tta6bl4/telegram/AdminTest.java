package io.x0tta6bl4.telegram;

import static org.assertj.core.api.Assertions.assertThat;

import io.x0tta6bl4.payment.ledger.Wallet;
import io.x0tta6bl4.payment.ledger.WalletEvent;
import io.x0tta6bl4.simulator.telegram.FakeWebhook;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the operator is told, each once per episode. */
class AdminTest {

  private final ShopRig shop = new ShopRig();

  @BeforeEach
  void listen() throws InterruptedException {
    shop.withWebhook();
  }

  private List<String> told() {
    shop.run(Duration.ofSeconds(5));
    return shop.chat(ShopRig.ADMIN).stream().map(m -> m.text).toList();
  }

  private void supervise() {
    shop.bot.supervise();
  }

  @Test
  void troubleOfAProviderIsToldOnceHoweverOftenTheLedgerTellsIt() throws Exception {
    WalletEvent event =
        new WalletEvent(
            "wallet/1/trouble",
            new Wallet("memory", null, ShopRig.WALLET),
            WalletEvent.Type.PROVIDER_TROUBLE,
            "no answer <for> 5 minutes",
            null,
            shop.time.instant());
    for (int i = 0; i < 3; i++) {
      shop.bot.listener().onEvent(event);
    }
    assertThat(told()).containsExactly("💼 PROVIDER_TROUBLE\nWallet shop-wallet\nno answer <for> 5 minutes");
    shop.restart();
    shop.bot.listener().onEvent(event);
    assertThat(told()).hasSize(1);
  }

  @Test
  void anErrorOfTheWebhookIsToldOncePerEpisode() {
    for (int minute = 0; minute < 5; minute++) {
      shop.telegram.webhook().lastError(shop.time.instant(), "Wrong response from the webhook: 502 Bad Gateway");
      supervise();
      shop.time.pass(Duration.ofMinutes(1));
    }
    assertThat(told())
        .containsExactly("📡 Telegram cannot deliver updates: Wrong response from the webhook: 502 Bad Gateway");
    shop.time.pass(Duration.ofMinutes(6));
    supervise();
    assertThat(told()).hasSize(2).last().isEqualTo("📡 Telegram delivers updates again.");
    shop.telegram.webhook().lastError(shop.time.instant(), "Connection refused");
    supervise();
    assertThat(told()).hasSize(3).last().isEqualTo("📡 Telegram cannot deliver updates: Connection refused");
  }

  @Test
  void updatesThatPileUpAreTold() {
    shop.telegram.webhook().target((type, secret, body) -> new FakeWebhook.Reply(500, null));
    for (int i = 0; i < 101; i++) {
      shop.telegram.write(i + 1, "en", "x");
    }
    supervise();
    supervise();
    assertThat(told()).containsExactly("📡 101 updates wait at Telegram.");
  }

  @Test
  void anOrderThatDoesNotEndIsToldOnce() {
    shop.open("ORD-1", "25");
    shop.time.pass(Duration.ofMinutes(74));
    supervise();
    assertThat(told()).isEmpty();
    shop.time.pass(Duration.ofMinutes(2));
    supervise();
    supervise();
    assertThat(told()).singleElement().satisfies(text -> assertThat(text).contains("Order ORD-1 is still open", "13:00 UTC"));
    shop.tell();
    supervise();
    assertThat(told()).hasSize(1);
  }

  @Test
  void anOrderThatDoesNotEndIsSeenBehindAnyNumberOfNewOnes() {
    shop.open("ORD-1", "25");
    shop.time.pass(Duration.ofMinutes(76));
    for (int i = 0; i < 1_100; i++) {
      shop.open("NEW-" + i, "25");
    }
    supervise();
    assertThat(told()).singleElement().satisfies(text -> assertThat(text).contains("Order ORD-1 is still open"));
  }

  @Test
  void aTextThatTelegramRefusesIsTold() {
    shop.open("ORD-1", "25");
    shop.telegram.close(7, "Bad Request: can't parse entities: no idea");
    shop.start(7, "en", "ORD-1");
    assertThat(told()).singleElement().satisfies(text -> assertThat(text).contains("status/ORD-1", "can't parse entities"));
  }

  @Test
  void alertsGoToAGroupNoFasterThanTwentyAMinute() throws Exception {
    ShopRig group = new ShopRig(builder -> builder.adminChat(-1_000_000_000_123L, "ru"));
    for (int i = 0; i < 50; i++) {
      group
          .bot
          .listener()
          .onEvent(
              new WalletEvent(
                  "event-" + i,
                  new Wallet("memory", null, ShopRig.WALLET),
                  WalletEvent.Type.COVERAGE_GAP,
                  "gap " + i,
                  null,
                  group.time.instant()));
    }
    group.run(Duration.ofSeconds(59));
    assertThat(group.chat(-1_000_000_000_123L)).hasSize(20);
    group.run(Duration.ofMinutes(2));
    assertThat(group.chat(-1_000_000_000_123L)).hasSize(50).allMatch(m -> m.text.contains("Кошелёк shop-wallet"));
  }

  @Test
  void withoutAnAdminChatTroubleIsInTheLogOnly() throws Exception {
    ShopRig quiet = new ShopRig();
    BuyerBot bot =
        BuyerBot.builder(quiet.api, UpdateStore.inMemory(), quiet.desk, quiet.links)
            .clock(quiet.time)
            .ticker(quiet.time)
            .executor(Runnable::run)
            .build();
    bot.listener()
        .onEvent(
            new WalletEvent(
                "event", new Wallet("memory", null, ShopRig.WALLET), WalletEvent.Type.COVERAGE_GAP, "gap", null,
                quiet.time.instant()));
    assertThat(bot.step()).isPositive();
    assertThat(quiet.telegram.calls("sendMessage")).isEmpty();
  }
}
