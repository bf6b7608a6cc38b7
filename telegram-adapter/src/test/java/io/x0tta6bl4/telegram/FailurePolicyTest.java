package io.x0tta6bl4.telegram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.x0tta6bl4.payment.ledger.OrderState;
import io.x0tta6bl4.simulator.telegram.FakeTelegram;
import io.x0tta6bl4.simulator.telegram.FakeTelegram.Fault;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What follows from each failure: the policy in the Javadoc of {@link BuyerBot}. */
class FailurePolicyTest {

  private static final long BUYER = 7;
  private static final long OTHER = 8;
  private static final String MARK = "perhaps sent a second time";

  private final ShopRig shop = new ShopRig();

  @BeforeEach
  void openTwoOrders() throws InterruptedException {
    shop.withWebhook();
    shop.open("ORD-1", "25");
    shop.open("ORD-2", "30");
  }

  private void pay(String order, String amount) {
    shop.pay(amount).memo(order).submit();
    shop.tell();
  }

  private void run(int seconds) {
    shop.run(Duration.ofSeconds(seconds));
  }

  private long bells(long chat) {
    return shop.chat(chat).stream().filter(m -> m.text.contains("is paid")).count();
  }

  private long verdicts(long chat) {
    return shop.chat(chat).stream().filter(m -> m.text.contains("Paid.") || m.text.contains("is paid")).count();
  }

  @Test
  void aLostAnswerToTheLastMessageIsNotFollowedByAnotherOne() {
    shop.start(BUYER, "en", "ORD-1");
    shop.telegram.fail("sendMessage", Fault.LOST_AFTER);
    pay("ORD-1", "25");
    run(60);
    assertThat(bells(BUYER)).as("it had arrived").isEqualTo(1);
    assertThat(shop.chat(BUYER).get(0).text).contains("Paid.");
  }

  @Test
  void aLastMessageThatWasLostIsSaidByTheStatusMessage() {
    shop.start(BUYER, "en", "ORD-1");
    shop.telegram.fail("sendMessage", Fault.LOST_BEFORE);
    pay("ORD-1", "25");
    run(60);
    assertThat(bells(BUYER)).isZero();
    assertThat(shop.chat(BUYER)).hasSize(1);
    assertThat(shop.chat(BUYER).get(0).text).contains("Paid. 25 COIN received.");
  }

  @ParameterizedTest
  @EnumSource(value = Fault.class, names = {"LOST_AFTER", "LOST_BEFORE", "BAD_GATEWAY_AFTER", "BAD_GATEWAY_BEFORE"})
  void aFirstMessageIsRepeatedWithAMark(Fault fault) {
    shop.telegram.fail("sendMessage", fault);
    shop.start(BUYER, "en", "ORD-1");
    run(60);
    boolean arrived = fault.name().endsWith("AFTER");
    assertThat(shop.chat(BUYER)).hasSize(arrived ? 2 : 1);
    assertThat(shop.last(BUYER).text).startsWith("Order ORD-1").contains(MARK);
    pay("ORD-1", "25");
    run(5);
    assertThat(bells(BUYER)).isEqualTo(1);
    assertThat(shop.chat(BUYER).get(arrived ? 1 : 0).text).contains("Paid.").doesNotContain(MARK);
  }

  @Test
  void repeatsAreCountedAndEndWithAnAlert() {
    shop.telegram.fail(
        "sendMessage",
        Fault.LOST_AFTER, Fault.LOST_AFTER, Fault.LOST_AFTER, Fault.LOST_AFTER, Fault.LOST_AFTER, Fault.LOST_AFTER);
    shop.start(BUYER, "en", "ORD-1");
    run(600);
    assertThat(shop.chat(BUYER)).hasSize(6);
    assertThat(shop.last(ShopRig.ADMIN).text).contains("status/ORD-1", "given up");
  }

  @Test
  void aBuyerWhoseFirstMessageWasGivenUpHearsTheEndAllTheSame() {
    shop.telegram.fail(
        "sendMessage",
        Fault.LOST_BEFORE, Fault.LOST_BEFORE, Fault.LOST_BEFORE, Fault.LOST_BEFORE, Fault.LOST_BEFORE, Fault.LOST_BEFORE);
    shop.start(BUYER, "en", "ORD-1");
    run(600);
    assertThat(shop.chat(BUYER)).isEmpty();
    pay("ORD-1", "25");
    run(5);
    assertThat(bells(BUYER)).isEqualTo(1);
  }

  @Test
  void anEditIsRepeatedUntilItIsKnownToBeDone() {
    shop.start(BUYER, "en", "ORD-1");
    shop.telegram.fail("editMessageText", Fault.LOST_AFTER, Fault.BAD_GATEWAY_BEFORE, Fault.LOST_BEFORE);
    pay("ORD-1", "25");
    run(60);
    assertThat(shop.chat(BUYER)).hasSize(2);
    assertThat(shop.chat(BUYER).get(0).text).contains("Paid.");
    assertThat(shop.telegram.calls("editMessageText")).as("not modified counts as done").hasSize(4);
  }

  @Test
  void anAnswerThatMayHaveArrivedIsNotRepeated() {
    shop.telegram.fail("sendMessage", Fault.LOST_AFTER);
    shop.telegram.write(BUYER, "en", "/status");
    run(60);
    assertThat(shop.chat(BUYER)).hasSize(1);
  }

  @Test
  void whatWasSurelyNotSentIsSentWithoutAMark() {
    shop.telegram.fail("sendMessage", Fault.NO_CONNECTION, Fault.NO_CONNECTION, Fault.NO_CONNECTION);
    shop.start(BUYER, "en", "ORD-1");
    run(30);
    assertThat(shop.chat(BUYER)).hasSize(1);
    assertThat(shop.last(BUYER).text).doesNotContain(MARK);
  }

  @Test
  void aChatThatIsToldToWaitWaitsAndTheOthersDoNot() {
    shop.start(BUYER, "en", "ORD-1");
    shop.start(OTHER, "en", "ORD-2");
    shop.telegram.retryAfter(40);
    shop.telegram.fail("sendMessage", Fault.TOO_MANY);
    Instant told = shop.time.instant();
    pay("ORD-1", "25");
    run(1);
    pay("ORD-2", "30");
    run(38);
    assertThat(bells(OTHER)).isEqualTo(1);
    assertThat(shop.chat(BUYER)).as("not even an edit").allMatch(m -> !m.text.contains("Paid."));
    run(5);
    assertThat(bells(BUYER)).isEqualTo(1);
    assertThat(shop.last(BUYER).sentAt).isBetween(told.plusSeconds(40), told.plusSeconds(42));
    assertThat(shop.last(BUYER).text).doesNotContain(MARK);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Forbidden: bot was blocked by the user",
        "Forbidden: user is deactivated",
        "Bad Request: chat not found"
      })
  void aBuyerWhoIsAwayStopsOnlyHisOwnMessages(String text) {
    shop.start(BUYER, "en", "ORD-1");
    shop.start(OTHER, "en", "ORD-2");
    shop.telegram.close(BUYER, text);
    int before = shop.telegram.calls.size();
    pay("ORD-1", "25");
    pay("ORD-2", "30");
    run(600);
    assertThat(shop.state("ORD-1")).isEqualTo(OrderState.PAID);
    assertThat(bells(OTHER)).isEqualTo(1);
    assertThat(shop.telegram.calls.stream().skip(before).filter(c -> c.chatId() == BUYER)).as("calls in vain").hasSizeLessThanOrEqualTo(2);
  }

  @Test
  void aBuyerWhoComesBackHearsWhatHeMissed() {
    shop.start(BUYER, "en", "ORD-1");
    shop.telegram.close(BUYER, "Forbidden: bot was blocked by the user");
    shop.telegram.membership(BUYER, "kicked");
    pay("ORD-1", "25");
    run(60);
    shop.telegram.open(BUYER);
    run(60);
    assertThat(bells(BUYER)).isZero();
    shop.telegram.membership(BUYER, "member");
    run(5);
    assertThat(bells(BUYER)).isEqualTo(1);
    assertThat(shop.chat(BUYER).get(0).text).contains("Paid.");
  }

  @Test
  void aStatusMessageThatWasDeletedComesAnew() {
    shop.start(BUYER, "en", "ORD-1");
    shop.telegram.forget(BUYER, shop.last(BUYER).id);
    shop.pay("10").memo("ORD-1").submit();
    shop.tell();
    run(5);
    assertThat(shop.chat(BUYER)).as("the status message and the bell").hasSize(2);
    assertThat(shop.chat(BUYER)).extracting(message -> message.text).anySatisfy(text -> assertThat(text).contains("Still missing: 15 COIN.", "Address:"));
  }

  @Test
  void aTokenThatTelegramDoesNotKnowEndsTheSending() {
    shop.start(BUYER, "en", "ORD-1");
    shop.telegram.fail("sendMessage", Fault.UNAUTHORIZED);
    pay("ORD-1", "25");
    run(5);
    int calls = shop.telegram.calls.size();
    run(600);
    assertThat(shop.telegram.calls).hasSize(calls);
    shop.restart();
    run(60);
    assertThat(bells(BUYER)).as("after a restart with a good token").isEqualTo(1);
    assertThat(shop.last(BUYER).text).doesNotContain(MARK);
  }

  /** The process dies in the call that the verdict causes; another one goes on when the lease is over. */
  private void crash(Fault fault) {
    shop.telegram.fail("sendMessage", fault);
    assertThatThrownBy(() -> run(5)).isInstanceOf(FakeTelegram.Crash.class);
    shop.restart();
    run(60);
  }

  @ParameterizedTest
  @EnumSource(value = Fault.class, names = {"CRASH_BEFORE", "CRASH_AFTER"})
  void aCrashInTheLastMessageIsMadeUpForByTheStatusMessage(Fault fault) {
    shop.start(BUYER, "en", "ORD-1");
    pay("ORD-1", "25");
    crash(fault);
    assertThat(bells(BUYER)).isEqualTo(fault == Fault.CRASH_AFTER ? 1 : 0);
    assertThat(shop.chat(BUYER).get(0).text).contains("Paid. 25 COIN received.");
  }

  @ParameterizedTest
  @EnumSource(value = Fault.class, names = {"CRASH_BEFORE", "CRASH_AFTER"})
  void aCrashInTheFirstMessageIsMadeUpForByAMarkedRepeat(Fault fault) {
    shop.telegram.write(BUYER, "en", "/start " + shop.payload("ORD-1"));
    crash(fault);
    assertThat(shop.chat(BUYER)).hasSize(fault == Fault.CRASH_AFTER ? 2 : 1);
    assertThat(shop.last(BUYER).text).contains(MARK);
    pay("ORD-1", "25");
    run(5);
    assertThat(bells(BUYER)).isEqualTo(1);
  }

  @Test
  void ofTwoProcessesOneSends() {
    shop.start(BUYER, "en", "ORD-1");
    BuyerBot first = shop.bot;
    shop.restart();
    pay("ORD-1", "25");
    shop.run(Duration.ofSeconds(5));
    assertThat(bells(BUYER)).as("the first process has the lease").isZero();
    first.close();
    run(2);
    assertThat(bells(BUYER)).isEqualTo(1);
    assertThat(shop.last(BUYER).text).doesNotContain(MARK);
  }

  @Test
  void aPaymentIsNeverChangedByAFailedMessage() {
    shop.start(BUYER, "en", "ORD-1");
    shop.telegram.fail("sendMessage", Fault.LOST_BEFORE, Fault.BAD_GATEWAY_AFTER, Fault.TOO_MANY);
    shop.telegram.fail("editMessageText", Fault.LOST_BEFORE, Fault.BAD_GATEWAY_AFTER, Fault.TOO_MANY);
    pay("ORD-1", "25");
    run(120);
    assertThat(shop.state("ORD-1")).isEqualTo(OrderState.PAID);
    assertThat(verdicts(BUYER)).isPositive();
  }
}
