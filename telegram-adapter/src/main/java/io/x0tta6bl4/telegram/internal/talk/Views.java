package io.x0tta6bl4.telegram.internal.talk;

import io.x0tta6bl4.payment.Amount;
import io.x0tta6bl4.payment.MatchMode;
import io.x0tta6bl4.payment.PaymentRequest;
import io.x0tta6bl4.payment.Reason;
import io.x0tta6bl4.payment.ledger.Order;
import io.x0tta6bl4.payment.ledger.OrderAccount;
import io.x0tta6bl4.payment.ledger.OrderEvent;
import io.x0tta6bl4.payment.ledger.OrderState;
import io.x0tta6bl4.telegram.Button;
import io.x0tta6bl4.telegram.MessageText;
import io.x0tta6bl4.telegram.WalletLinks;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Writes what a chat shows of an order. Thread-safe. */
final class Views {

  static final char CHECK = 'c';
  static final char CANCEL = 'x';
  static final char YES = 'y';
  static final char NO = 'n';

  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm").withZone(ZoneOffset.UTC);
  private static final int LONGEST_ADDRESS = 200;

  private final Seal seal;
  private final WalletLinks wallets;
  private final Clock clock;

  Views(Seal seal, WalletLinks wallets, Clock clock) {
    this.seal = seal;
    this.wallets = wallets;
    this.clock = clock;
  }

  /** The status message: how to pay while that is of use, and where the order stands. */
  MessageText status(OrderAccount account, Language language, long chatId) {
    Order order = account.order();
    List<String> lines = new ArrayList<>();
    lines.add(language.text("order.title", order.id()));
    account.rest().ifPresent(rest -> lines.addAll(howToPay(order, rest, language)));
    lines.add("");
    lines.addAll(standing(order, account.lastEvent(), language));
    return new MessageText(String.join("\n", lines), order.state() == OrderState.OPEN ? buttons(account, language, chatId) : List.of());
  }

  /** The status message while the buyer is asked whether to cancel. */
  MessageText confirmation(Order order, Language language, long chatId) {
    return new MessageText(
        language.text("order.title", order.id()) + "\n\n" + language.text("cancel.ask"),
        List.of(
            List.of(
                button(language, "button.yes", YES, order.id(), chatId),
                button(language, "button.no", NO, order.id(), chatId))));
  }

  /** The new message for an event that ends something, or that the buyer may have to act on; empty where the status message is enough. */
  Optional<MessageText> bell(OrderEvent event, Language language) {
    PaymentRequest request = event.request();
    String amount = Money.plain(event.total());
    String symbol = request.asset().symbol();
    String id = request.orderId();
    return switch (event.type()) {
      case VERIFIED -> Optional.of(MessageText.of(language.text("bell.verified", id, amount, symbol)));
      case REJECTED -> refusal(event, language).map(MessageText::of);
      case SURPLUS -> Optional.of(MessageText.of(language.text("bell.surplus", id, amount, symbol)));
      case LATE -> Optional.of(MessageText.of(language.text("bell.late", id, amount, symbol)));
      case EXPIRED -> Optional.of(MessageText.of(language.text("bell.expired", id)));
      case CANCELLED -> Optional.of(MessageText.of(language.text("bell.cancelled", id)));
      default -> Optional.empty();
    };
  }

  private static Optional<String> refusal(OrderEvent event, Language language) {
    String id = event.request().orderId();
    String amount = Money.plain(event.total());
    String symbol = event.request().asset().symbol();
    return switch (event.reason().orElse(Reason.MALFORMED)) {
      case UNDERPAID ->
          Optional.of(
              language.text("bell.underpaid", id, amount, symbol, Money.plain(Money.less(event.request().amount(), event.total()))));
      case OVERPAID -> Optional.of(language.text("bell.overpaid", id, amount, symbol));
      case MEMO_MISSING, MEMO_MISMATCH, MEMO_UNREADABLE -> Optional.of(language.text("bell.memo", id, amount, symbol));
      default -> Optional.empty();
    };
  }

  /** One line of a list of orders. */
  String line(Order order, Language language) {
    String word = "word." + order.state().name().toLowerCase(Locale.ROOT);
    return language.text("order.line", order.id(), Html.of(language.text(word)));
  }

  /** What a QR code shows: the wallet's link where there is one, else the address. */
  String qrText(PaymentRequest rest) {
    return wallets.link(rest).map(Object::toString).orElse(rest.recipient());
  }

  private List<String> howToPay(Order order, PaymentRequest request, Language language) {
    List<String> lines = new ArrayList<>();
    String network = "network." + request.asset().chain();
    lines.add(language.text("pay.network", language.has(network) ? language.text(network) : request.asset().chain()));
    lines.add(
        language.text("pay.amount", Html.code(Money.plain(request.amount()), LONGEST_ADDRESS), request.asset().symbol()));
    lines.add(language.text("pay.address", Html.code(request.recipient(), LONGEST_ADDRESS)));
    if (request.matchMode() == MatchMode.MEMO) {
      lines.add(language.text("pay.memo", Html.code(order.id(), LONGEST_ADDRESS)));
    } else if (request.matchMode() == MatchMode.AMOUNT) {
      lines.add(language.text("pay.exact"));
    }
    Duration left = Duration.between(clock.instant(), order.expiresAt());
    if (!left.isNegative()) {
      long minutes = left.plusSeconds(30).toMinutes();
      String words = minutes < 120 ? language.plural("minutes", minutes) : language.plural("hours", left.toHours());
      lines.add(language.text("pay.until", time(order.expiresAt()), Html.of(words)));
    }
    return lines;
  }

  private static List<String> standing(Order order, @Nullable OrderEvent last, Language language) {
    if (last == null) {
      return List.of(language.text("state.waiting"));
    }
    PaymentRequest request = order.request();
    Amount total = last.total();
    String amount = Money.plain(total);
    String symbol = request.asset().symbol();
    return switch (last.type()) {
      case SEEN -> List.of(language.text("state.seen", amount, symbol));
      case VERIFIED -> verified(last, total, language);
      case REJECTED -> List.of(rejected(request, last.reason().orElse(Reason.MALFORMED), total, language));
      case SURPLUS -> List.of(language.text("state.surplus", amount, symbol));
      case LATE -> List.of(language.text("state.late", amount, symbol));
      case EXPIRED -> List.of(language.text("state.expired"));
      case CANCELLED -> List.of(language.text("state.cancelled"));
      default -> List.of(language.text("state.waiting"));
    };
  }

  private static List<String> verified(OrderEvent event, Amount total, Language language) {
    List<String> lines = new ArrayList<>();
    String symbol = total.asset().symbol();
    lines.add(language.text("state.verified", Money.plain(total), symbol));
    Amount excess = Money.less(total, event.request().amount());
    if (excess.units().signum() > 0) {
      lines.add(language.text("state.excess", Money.plain(excess), symbol));
    }
    if (!event.transfers().isEmpty()) {
      String hash = event.transfers().get(event.transfers().size() - 1).id().transactionHash();
      lines.add(language.text("state.transaction", Html.code(hash, LONGEST_ADDRESS)));
    }
    return lines;
  }

  private static String rejected(PaymentRequest request, Reason reason, Amount total, Language language) {
    String amount = Money.plain(total);
    String symbol = request.asset().symbol();
    return switch (reason) {
      case UNDERPAID ->
          language.text("state.underpaid", amount, symbol, Money.plain(Money.less(request.amount(), total)));
      case OVERPAID -> language.text("state.overpaid", amount, symbol);
      case MEMO_MISSING, MEMO_MISMATCH, MEMO_UNREADABLE -> language.text("state.memo", amount, symbol);
      default -> language.text("state.rejected", reason.name());
    };
  }

  private List<List<Button>> buttons(OrderAccount account, Language language, long chatId) {
    Order order = account.order();
    List<List<Button>> rows = new ArrayList<>();
    account.rest().flatMap(wallets::link).ifPresent(link -> rows.add(List.of(Button.opening(language.text("button.wallet"), link))));
    rows.add(
        List.of(
            button(language, "button.check", CHECK, order.id(), chatId),
            button(language, "button.cancel", CANCEL, order.id(), chatId)));
    return rows;
  }

  private Button button(Language language, String key, char action, String orderId, long chatId) {
    return Button.telling(language.text(key), seal.button(action, orderId, chatId));
  }

  static String time(Instant instant) {
    return TIME.format(instant);
  }
}
