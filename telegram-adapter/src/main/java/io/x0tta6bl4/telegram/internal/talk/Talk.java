package io.x0tta6bl4.telegram.internal.talk;

import io.x0tta6bl4.payment.http.Ticker;
import io.x0tta6bl4.payment.ledger.PaymentLedger;
import io.x0tta6bl4.payment.ledger.PaymentListener;
import io.x0tta6bl4.payment.watch.PaymentDesk;
import io.x0tta6bl4.telegram.BotApi;
import io.x0tta6bl4.telegram.CheckNow;
import io.x0tta6bl4.telegram.WalletLinks;
import io.x0tta6bl4.telegram.internal.intake.Poller;
import io.x0tta6bl4.telegram.internal.intake.Processor;
import io.x0tta6bl4.telegram.internal.send.Consequences;
import io.x0tta6bl4.telegram.internal.store.Memory;
import io.x0tta6bl4.telegram.internal.store.Post;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/** Puts together what is said. Thread-safe. */
public final class Talk implements Consequences.Trouble, Poller.Trouble {

  private static final String POLLING = "polling";

  private final Alerts alerts;
  private final Conversation conversation;
  private final Notices notices;
  private final Supervision supervision;

  /**
   * The parts of a talk.
   *
   * @param api the calls
   * @param memory what the bot remembers
   * @param desk where orders are
   * @param ledger where stuck orders are looked for; {@code null} not to look
   * @param seal signs links and buttons
   * @param checkNow has the network asked
   * @param wallets links to wallets
   * @param withQr whether QR codes can be drawn
   * @param adminChat the operator's chat; {@code null} for the log only
   * @param adminLanguage the operator's language
   * @param clock for dates
   * @param ticker for pauses
   * @param owner unique among processes
   * @param wake called when something is to be shown
   */
  public record Parts(
      BotApi api,
      Memory memory,
      PaymentDesk desk,
      @Nullable PaymentLedger ledger,
      Seal seal,
      CheckNow checkNow,
      WalletLinks wallets,
      boolean withQr,
      @Nullable Long adminChat,
      Language adminLanguage,
      Clock clock,
      Ticker ticker,
      String owner,
      Runnable wake) {}

  /**
   * Puts it together.
   *
   * @param parts what it needs
   */
  public Talk(Parts parts) {
    Memory memory = parts.memory;
    Views views = new Views(parts.seal, parts.wallets, parts.clock);
    Orders orders = new Orders(memory.posts(), views, parts.clock, parts.withQr, parts.wake);
    alerts =
        new Alerts(memory.posts(), memory.duties(), parts.clock, parts.adminChat, parts.adminLanguage, parts.wake);
    conversation =
        new Conversation(
            parts.api, parts.desk, memory.buyers(), memory.posts(), orders, views, parts.seal, parts.checkNow, alerts,
            parts.clock, parts.ticker, parts.wake);
    notices = new Notices("telegram-" + parts.api.botId(), parts.desk, memory.buyers(), orders, alerts);
    supervision = new Supervision(parts.api, memory, parts.ledger, alerts, parts.clock, parts.owner);
  }

  /**
   * Gives what works on updates.
   *
   * @return the conversation
   */
  public Processor.Handler conversation() {
    return conversation;
  }

  /**
   * Gives what the ledger tells.
   *
   * @return the notices
   */
  public PaymentListener notices() {
    return notices;
  }

  /**
   * Gives what looks every minute.
   *
   * @return the supervision
   */
  public Supervision supervision() {
    return supervision;
  }

  /**
   * Gives what stands under a message that may be a repeat, in every language, since it is the same for all.
   *
   * @return escaped HTML
   */
  public static String repeatMark() {
    return Language.EN.text("repeat.mark") + "\n" + Language.RU.text("repeat.mark");
  }

  @Override
  public void givenUp(Post post, String why) {
    alerts.once("refused/" + post.key(), "alert.refused", post.key(), why);
  }

  @Override
  public void pollingFails(String why, String message) {
    alerts.begin(POLLING, "alert.polling", message);
  }

  @Override
  public void pollingWorks() {
    alerts.end(POLLING, "alert.polling.over");
  }
}
