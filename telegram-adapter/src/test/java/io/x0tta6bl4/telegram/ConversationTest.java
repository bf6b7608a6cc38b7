package io.x0tta6bl4.telegram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.x0tta6bl4.payment.Amount;
import io.x0tta6bl4.payment.Asset;
import io.x0tta6bl4.payment.MatchMode;
import io.x0tta6bl4.payment.PaymentRequest;
import io.x0tta6bl4.payment.http.Secret;
import io.x0tta6bl4.payment.ledger.NewOrder;
import io.x0tta6bl4.payment.ledger.Order;
import io.x0tta6bl4.payment.ledger.OrderState;
import io.x0tta6bl4.telegram.internal.intake.Update;
import io.x0tta6bl4.telegram.internal.talk.Language;
import io.x0tta6bl4.telegram.internal.talk.Talk;
import java.io.ByteArrayInputStream;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a buyer and the bot say to each other. */
class ConversationTest {

  private static final long BUYER = 7;
  private static final long STRANGER = 8;
  private static final Duration A_WHILE = Duration.ofSeconds(3);

  private final ShopRig shop = new ShopRig();

  @BeforeEach
  void listen() throws InterruptedException {
    shop.withWebhook();
  }

  private void write(long chat, String text) {
    shop.telegram.write(chat, "en", text);
    shop.run(A_WHILE);
  }

  private void press(long chat, String data) {
    shop.telegram.press(chat, "en", data);
    shop.run(A_WHILE);
  }

  private void told() {
    shop.tell();
    shop.run(A_WHILE);
  }

  private String answer() {
    var answers = shop.telegram.calls("answerCallbackQuery");
    return answers.get(answers.size() - 1).body().path("text").asText();
  }

  @Test
  void aSignedLinkShowsHowToPay() {
    shop.open("ORD-1001", "25.50");
    shop.start(BUYER, "en", "ORD-1001");

    assertThat(shop.chat(BUYER)).hasSize(1);
    assertThat(shop.last(BUYER).text)
        .isEqualTo(
            """
            Order ORD-1001
            Network: memory
            Amount: 25.5 COIN
            Address: shop-wallet
            Memo (comment): ORD-1001
            The payment is recognised by it: do not leave it out.
            Pay before 2026-03-01 13:00 UTC (60 minutes left).

            ⏳ Waiting for the payment.""");
    assertThat(shop.telegram.calls("sendMessage").get(0).body().path("text").asText())
        .contains("<code>25.5</code>", "<code>shop-wallet</code>", "<code>ORD-1001</code>");
  }

  @Test
  void aBuyerIsSpokenToInHisLanguage() {
    shop.open("ORD-1001", "25.50");
    shop.start(BUYER, "ru", "ORD-1001");
    assertThat(shop.last(BUYER).text).startsWith("Заказ ORD-1001\n").contains("(осталось 60 минут)");
    shop.pay("25.50").memo("ORD-1001").submit();
    told();
    assertThat(shop.last(BUYER).text).isEqualTo("✅ Заказ ORD-1001 оплачен: получено 25.5 COIN. Спасибо!");
  }

  @Test
  void oneMessageFollowsThePaymentAndANewOneTellsItsEnd() {
    shop.open("ORD-1001", "25.50");
    shop.start(BUYER, "en", "ORD-1001");
    shop.pay("10").memo("ORD-1001").submit();
    told();
    assertThat(shop.chat(BUYER)).hasSize(2);
    assertThat(shop.chat(BUYER).get(0).text)
        .contains("10 COIN received. Still missing: 15.5 COIN.", "Address: shop-wallet", "Amount: 15.5 COIN");
    assertThat(shop.last(BUYER).text)
        .as("the phone rings, since the buyer has to act")
        .isEqualTo("⚠️ Order ORD-1001: 10 COIN received. Still missing: 15.5 COIN. Send the rest in the same way.");

    shop.pay("15.50").memo("ORD-1001").submit();
    told();
    assertThat(shop.chat(BUYER)).hasSize(3);
    assertThat(shop.chat(BUYER).get(0).text)
        .contains("Paid. 25.5 COIN received.", "Transaction: ")
        .doesNotContain("Address", "Waiting");
    assertThat(shop.chat(BUYER).get(0).markup).as("buttons").isEmpty();
    assertThat(shop.chat(BUYER).get(0).edits).isEqualTo(2);
    assertThat(shop.last(BUYER).text).isEqualTo("✅ Order ORD-1001 is paid: 25.5 COIN received. Thank you!");
  }

  @Test
  void nobodyIsAskedForMoreWhenTooMuchCame() {
    shop.open("ORD-1001", "25.50");
    shop.start(BUYER, "en", "ORD-1001");
    shop.pay("30").memo("ORD-1001").submit();
    told();
    assertThat(shop.chat(BUYER)).hasSize(2);
    assertThat(shop.chat(BUYER).get(0).text).contains("30 COIN received, which is more than asked").doesNotContain("Address", "Amount:");
    assertThat(shop.last(BUYER).text).startsWith("⚠️ Order ORD-1001: 30 COIN received, which is more than asked.");
  }

  @Test
  void aPhoneDoesNotRingForEverForDust() {
    shop.open("ORD-1001", "25.50");
    shop.start(BUYER, "en", "ORD-1001");
    for (int i = 0; i < 30; i++) {
      shop.pay("0.01").memo("ORD-1001").submit();
      told();
    }
    assertThat(shop.chat(BUYER)).as("the status message and ten bells").hasSize(11);
    assertThat(shop.chat(BUYER).get(0).text).contains("Still missing: 25.2 COIN.");
    shop.pay("25.20").memo("ORD-1001").submit();
    told();
    assertThat(shop.last(BUYER).text).contains("is paid");
  }

  @Test
  void whatIsRefusedIsRungForOnce() {
    shop.open("ORD-1001", "25.50");
    shop.start(BUYER, "en", "ORD-1001");
    shop.pay("25.50").submit();
    told();
    told();
    assertThat(shop.chat(BUYER)).hasSize(2);
    assertThat(shop.last(BUYER).text).contains("came without the right memo", "do not pay again");
  }

  @Test
  void theEndIsToldWithinASecondOfTheVerdict() {
    shop.open("ORD-1001", "25.50");
    shop.start(BUYER, "en", "ORD-1001");
    shop.pay("25.50").memo("ORD-1001").submit();
    var verdict = shop.time.instant();
    told();
    assertThat(shop.last(BUYER).sentAt).isBetween(verdict, verdict.plusSeconds(1));
  }

  @Test
  void aPaymentThatIsNotFinalIsShownAsSeen() {
    shop.open("ORD-1001", "25.50");
    shop.start(BUYER, "en", "ORD-1001");
    shop.pay("25.50").memo("ORD-1001").pending().submit();
    told();
    assertThat(shop.chat(BUYER)).hasSize(1);
    assertThat(shop.last(BUYER).text).contains("A payment of 25.5 COIN is seen.");
  }

  @Test
  void anOverpaymentThatIsNotAcceptedIsShown() {
    shop.open("ORD-1001", "25.50");
    shop.start(BUYER, "en", "ORD-1001");
    shop.pay("100").memo("ORD-1001").submit();
    told();
    assertThat(shop.last(BUYER).text).contains("100 COIN received, which is more than asked.");
  }

  @Test
  void anExcessThatIsAcceptedIsNamed() {
    shop.desk.open(
        NewOrder.of(
            PaymentRequest.builder("ORD-1001", ShopRig.WALLET, ShopRig.coins("25.50")).acceptOverpayment(true).build()));
    shop.start(BUYER, "en", "ORD-1001");
    shop.pay("30").memo("ORD-1001").submit();
    told();
    assertThat(shop.chat(BUYER).get(0).text).contains("30 COIN received", "That is 4.5 COIN more than asked.");
  }

  @Test
  void aPaymentWithoutMemoIsShown() {
    shop.open("ORD-1001", "25.50");
    shop.start(BUYER, "en", "ORD-1001");
    shop.pay("25.50").submit();
    told();
    assertThat(shop.chat(BUYER).get(0).text).contains("A payment of 25.5 COIN came without the right memo");
  }

  @Test
  void anOrderWhoseTimeIsOverSaysSoTwice() {
    shop.open("ORD-1001", "25.50");
    shop.start(BUYER, "en", "ORD-1001");
    shop.time.pass(Duration.ofHours(2));
    told();
    shop.time.pass(Duration.ofMinutes(10));
    told();
    assertThat(shop.state("ORD-1001")).isEqualTo(OrderState.EXPIRED);
    assertThat(shop.chat(BUYER)).hasSize(2);
    assertThat(shop.chat(BUYER).get(0).text).contains("Do not pay any more.").doesNotContain("Address");
    assertThat(shop.last(BUYER).text).startsWith("⌛ Order ORD-1001");
  }

  @Test
  void whatComesAfterTheEndIsTold() {
    shop.open("ORD-1001", "25.50");
    shop.start(BUYER, "en", "ORD-1001");
    shop.pay("25.50").memo("ORD-1001").submit();
    told();
    shop.pay("25.50").memo("ORD-1001").submit();
    shop.time.pass(Duration.ofMinutes(1));
    told();
    assertThat(shop.chat(BUYER)).hasSize(3);
    assertThat(shop.chat(BUYER).get(0).text).contains("A further payment of 25.5 COIN came");
    assertThat(shop.last(BUYER).text).contains("a further payment of 25.5 COIN came");
  }

  @Test
  void whoOpensTheLinkLateSeesHowTheOrderStands() {
    shop.open("ORD-1001", "25.50");
    shop.pay("25.50").memo("ORD-1001").submit();
    shop.tell();
    shop.start(BUYER, "en", "ORD-1001");
    assertThat(shop.chat(BUYER)).hasSize(1);
    assertThat(shop.last(BUYER).text).contains("Paid. 25.5 COIN received.");
  }

  @Test
  void anOrderIsShownToTheFirstChatOnly() {
    shop.open("ORD-1001", "25.50");
    shop.start(BUYER, "en", "ORD-1001");
    shop.start(STRANGER, "en", "ORD-1001");
    assertThat(shop.chat(STRANGER)).hasSize(1);
    assertThat(shop.last(STRANGER).text).startsWith("This link is not valid").doesNotContain("ORD-1001", "shop-wallet");
  }

  @Test
  void everyBadLinkGetsTheSameAnswer() {
    shop.open("ORD-1001", "25.50");
    String expired = shop.links.payload("ORD-1001", shop.time.instant().minusSeconds(120));
    String unknown = shop.payload("ORD-9999");
    String forged = shop.payload("ORD-1001").replaceFirst(".$", "").concat("!");
    for (String payload : new String[] {expired, unknown, forged, "ORD-1001"}) {
      write(STRANGER, "/start " + payload);
      assertThat(shop.last(STRANGER).text).startsWith("This link is not valid");
    }
    assertThat(shop.chat(STRANGER)).hasSize(4);
  }

  @Test
  void theChatOfAnOrderMayOpenItsLinkAgainAlthoughItHasExpired() {
    shop.open("ORD-1001", "25.50");
    String payload = shop.links.payload("ORD-1001", shop.time.instant().plusSeconds(60));
    write(BUYER, "/start " + payload);
    shop.time.pass(Duration.ofMinutes(5));
    write(BUYER, "/start " + payload);
    assertThat(shop.chat(BUYER)).hasSize(2);
    assertThat(shop.last(BUYER).text).startsWith("Order ORD-1001");
  }

  @Test
  void aLinkOpensNothingInAGroup() {
    shop.open("ORD-1001", "25.50");
    write(-55, "/start " + shop.payload("ORD-1001"));
    assertThat(shop.chat(-55)).isEmpty();
    shop.start(BUYER, "en", "ORD-1001");
    assertThat(shop.last(BUYER).text).startsWith("Order ORD-1001");
  }

  @Test
  void checkNowAsksTheNetworkAndIsAnsweredAtOnce() throws Exception {
    shop.open("ORD-1001", "25.50");
    shop.start(BUYER, "en", "ORD-1001");
    String check = shop.last(BUYER).button("🔄 Check now");
    shop.telegram.press(BUYER, "en", check);
    var pressedAt = shop.time.instant();
    shop.run(A_WHILE);
    assertThat(shop.checked).containsExactly("ORD-1001");
    assertThat(shop.telegram.calls("answerCallbackQuery").get(0).at()).isBefore(pressedAt.plusMillis(300));
    assertThat(answer()).startsWith("Asking the network.");
  }

  @Test
  void checkNowIsDebounced() throws Exception {
    shop.open("ORD-1001", "25.50");
    shop.start(BUYER, "en", "ORD-1001");
    String check = shop.last(BUYER).button("🔄 Check now");
    for (int i = 0; i < 10; i++) {
      shop.telegram.press(BUYER, "en", check);
    }
    shop.run(A_WHILE);
    assertThat(shop.checked).hasSize(1);
    assertThat(shop.telegram.calls("answerCallbackQuery")).hasSize(10);
    assertThat(answer()).startsWith("Just asked.");
    shop.time.pass(Duration.ofSeconds(5));
    press(BUYER, check);
    assertThat(shop.checked).hasSize(2);
  }

  @Test
  void aButtonIsUselessInAnotherChat() throws Exception {
    shop.open("ORD-1001", "25.50");
    shop.start(BUYER, "en", "ORD-1001");
    String cancel = shop.last(BUYER).button("Cancel");
    press(STRANGER, cancel);
    press(STRANGER, "y" + cancel.substring(1));
    assertThat(answer()).startsWith("This button is not valid any more.");
    assertThat(shop.state("ORD-1001")).isEqualTo(OrderState.OPEN);
    assertThat(shop.chat(STRANGER)).isEmpty();
  }

  @Test
  void anOrderIsCancelledAfterAQuestion() throws Exception {
    shop.open("ORD-1001", "25.50");
    shop.start(BUYER, "en", "ORD-1001");
    press(BUYER, shop.last(BUYER).button("Cancel"));
    assertThat(shop.state("ORD-1001")).isEqualTo(OrderState.OPEN);
    assertThat(shop.last(BUYER).text).contains("Cancel this order?");
    press(BUYER, shop.last(BUYER).button("No, keep it"));
    assertThat(shop.last(BUYER).text).contains("Waiting for the payment.");
    press(BUYER, shop.last(BUYER).button("Cancel"));
    press(BUYER, shop.last(BUYER).button("Yes, cancel it"));
    told();
    assertThat(shop.state("ORD-1001")).isEqualTo(OrderState.CANCELLED);
    assertThat(shop.chat(BUYER)).hasSize(2);
    assertThat(shop.chat(BUYER).get(0).text).contains("The order is cancelled.");
    assertThat(shop.last(BUYER).text).contains("is cancelled");
  }

  @Test
  void aPaymentThatIsFasterThanACancellationWins() throws Exception {
    shop.open("ORD-1001", "25.50");
    shop.start(BUYER, "en", "ORD-1001");
    press(BUYER, shop.last(BUYER).button("Cancel"));
    String yes = shop.last(BUYER).button("Yes, cancel it");
    shop.pay("25.50").memo("ORD-1001").submit();
    shop.tell();
    press(BUYER, yes);
    assertThat(answer()).isEqualTo("This order is closed.");
    assertThat(shop.state("ORD-1001")).isEqualTo(OrderState.PAID);
  }

  @Test
  void statusShowsTheOpenOrderAtTheEndOfTheChat() {
    shop.open("ORD-1001", "25.50");
    shop.open("ORD-1002", "10");
    write(BUYER, "/status");
    assertThat(shop.last(BUYER).text).startsWith("There are no orders here.");
    shop.start(BUYER, "en", "ORD-1001");
    shop.start(BUYER, "en", "ORD-1002");
    write(BUYER, "/status@shop_bot");
    int size = shop.chat(BUYER).size();
    assertThat(shop.chat(BUYER).get(size - 2).text + shop.chat(BUYER).get(size - 1).text)
        .contains("You have 2 orders:\nORD-1002: waiting for the payment\nORD-1001: waiting for the payment", "Order ORD-1002\n");
    shop.pay("10").memo("ORD-1002").submit();
    told();
    assertThat(shop.chat(BUYER).stream().filter(m -> m.text.contains("Order ORD-1002") && m.text.contains("Paid."))).hasSize(1);
  }

  @Test
  void cancelAsksForTheOpenOrder() {
    write(BUYER, "/cancel");
    assertThat(shop.last(BUYER).text).startsWith("There is no open order");
    shop.open("ORD-1001", "25.50");
    shop.start(BUYER, "en", "ORD-1001");
    write(BUYER, "/cancel");
    assertThat(shop.last(BUYER).text).contains("Cancel this order?");
  }

  @Test
  void whateverElseIsWrittenIsAnsweredOnceInAWhile() {
    for (int i = 0; i < 20; i++) {
      shop.telegram.write(BUYER, "en", "hello " + i);
    }
    shop.run(Duration.ofSeconds(5));
    assertThat(shop.chat(BUYER)).hasSize(1);
    assertThat(shop.last(BUYER).text).startsWith("Hello!");
    write(BUYER, "/start");
    assertThat(shop.chat(BUYER)).hasSize(2);
  }

  @Test
  void tenQuestionsAtOnceAreAnsweredOnceOrTwice() {
    for (int i = 0; i < 10; i++) {
      shop.telegram.write(BUYER, "en", "/status");
    }
    shop.run(Duration.ofSeconds(10));
    assertThat(shop.chat(BUYER)).hasSizeBetween(1, 2);
  }

  @Test
  void anUpdateThatComesTwiceIsWorkedOnOnce() throws Exception {
    shop.open("ORD-1001", "25.50");
    byte[] update =
        shop.telegram.write(BUYER, "en", "/start " + shop.payload("ORD-1001")).toString().getBytes(StandardCharsets.UTF_8);
    shop.run(A_WHILE);
    WebhookHandler handler = shop.bot.webhook(ShopRig.SECRETS);
    for (int i = 0; i < 3; i++) {
      assertThat(
              handler
                  .handle("POST", "application/json", "webhook-secret-0123456789", new ByteArrayInputStream(update))
                  .status())
          .isEqualTo(200);
      shop.run(A_WHILE);
    }
    assertThat(shop.chat(BUYER)).hasSize(1);
  }

  @Test
  void anUpdateThatIsWorkedOnTwiceBecauseOfACrashIsAnsweredOnce() {
    shop.open("ORD-1001", "25.50");
    Talk talk =
        new Talk(
            new Talk.Parts(
                shop.api, shop.store.of(shop.api.botId()), shop.desk, null, shop.links.seal(), order -> {}, WalletLinks.NONE,
                false, null, Language.EN, shop.time, shop.time, "owner", () -> {}));
    for (Update update :
        List.of(
            new Update.Text(1, BUYER, true, "en", "/start " + shop.payload("ORD-1001")),
            new Update.Text(2, STRANGER, true, "en", "/status"))) {
      for (int times = 0; times < 3; times++) {
        talk.conversation().handle(update);
        shop.run(A_WHILE);
      }
    }
    assertThat(shop.chat(BUYER)).hasSize(1);
    assertThat(shop.chat(STRANGER)).hasSize(1);
  }

  @Test
  void aQrCodeIsDrawnWhereTheHostCan() throws Exception {
    ShopRig withQr = new ShopRig(builder -> builder.qr(text -> ("PNG of " + text).getBytes(StandardCharsets.UTF_8))).withWebhook();
    withQr.open("ORD-1001", "25.50");
    withQr.start(BUYER, "en", "ORD-1001");
    withQr.run(A_WHILE);
    assertThat(withQr.chat(BUYER)).extracting(m -> m.text).satisfiesExactly(
        first -> assertThat(first).startsWith("Order"), second -> assertThat(second).isEqualTo("(photo)"));
  }

  @Test
  void linkAndQrCodeAskForWhatIsMissing() throws Exception {
    List<String> drawn = new CopyOnWriteArrayList<>();
    ShopRig shopWithBoth =
        new ShopRig(
                builder ->
                    builder
                        .wallets(rest -> Optional.of(URI.create("https://wallet.example/" + rest.amount().units())))
                        .qr(
                            text -> {
                              drawn.add(text);
                              return text.getBytes(StandardCharsets.UTF_8);
                            }))
            .withWebhook();
    shopWithBoth.open("ORD-1001", "25.50");
    shopWithBoth.start(BUYER, "en", "ORD-1001");
    shopWithBoth.run(A_WHILE);
    shopWithBoth.pay("10").memo("ORD-1001").submit();
    shopWithBoth.tell();
    shopWithBoth.run(A_WHILE);
    assertThat(shopWithBoth.chat(BUYER).get(0).button("Open the wallet")).isEqualTo("https://wallet.example/1550");
    assertThat(drawn).containsExactly("https://wallet.example/2550", "https://wallet.example/1550");
  }

  @Test
  void aQrCodeThatCannotBeDrawnHoldsUpNothing() throws Exception {
    ShopRig withQr =
        new ShopRig(
                builder ->
                    builder.qr(
                        text -> {
                          throw new IllegalStateException("no ink");
                        }))
            .withWebhook();
    withQr.open("ORD-1001", "25.50");
    withQr.start(BUYER, "en", "ORD-1001");
    withQr.pay("25.50").memo("ORD-1001").submit();
    withQr.tell();
    withQr.run(A_WHILE);
    assertThat(withQr.last(BUYER).text).contains("is paid");
  }

  @Test
  void aWalletsLinkIsAButton() throws Exception {
    ShopRig linking =
        new ShopRig(builder -> builder.wallets(rest -> Optional.of(URI.create("https://wallet.example/" + rest.orderId()))))
            .withWebhook();
    linking.open("ORD-1001", "25.50");
    linking.start(BUYER, "en", "ORD-1001");
    assertThat(linking.last(BUYER).button("Open the wallet")).isEqualTo("https://wallet.example/ORD-1001");
  }

  @Test
  void anOrderByAmountAsksForExactlyThat() {
    shop.desk.open(
        NewOrder.of(
            PaymentRequest.builder("ORD-1001", ShopRig.WALLET, ShopRig.coins("25.37"))
                .matchMode(MatchMode.AMOUNT)
                .build()));
    shop.start(BUYER, "en", "ORD-1001");
    assertThat(shop.last(BUYER).text).contains("25.37 COIN", "Send exactly this amount").doesNotContain("Memo");
  }

  @ParameterizedTest
  @ValueSource(strings = {"<b>&", "\u202e123", "a\u0000b"})
  void whatAStrangerNamesAnAssetIsHarmless(String symbol) {
    Asset odd = new Asset("memory", symbol, "contract", 2);
    Order order =
        shop.ledger.open(
            NewOrder.of(PaymentRequest.builder("ORD-1001", "<i>wallet</i>", Amount.of(odd, BigDecimal.ONE)).build()));
    shop.start(BUYER, "en", order.id());
    assertThat(shop.last(BUYER).text).startsWith("Order ORD-1001\n").doesNotContain("\u202e", "\u0000").contains("<i>wallet</i>");
  }

  @Test
  void aBotWithoutGoodSecretsIsNotMade() {
    assertThatThrownBy(() -> WebhookSecrets.of(Secret.of("")))
        .hasMessage("webhook secret of 0 characters: expected 16 to 256 of [A-Za-z0-9_-]");
    assertThatThrownBy(() -> WebhookSecrets.of(Secret.of("short-secret")))
        .hasMessageNotContaining("short-secret");
    assertThatThrownBy(() -> WebhookSecrets.of(Secret.of("with spaces in it, and more")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(ShopRig.SECRETS).hasToString("***");
  }
}
