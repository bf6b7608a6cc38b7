package io.x0tta6bl4.example.pages;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.x0tta6bl4.example.orders.OrderJson;
import io.x0tta6bl4.example.orders.Coins;
import io.x0tta6bl4.example.orders.OrderView;
import io.x0tta6bl4.example.web.Html;
import io.x0tta6bl4.payment.MatchMode;
import io.x0tta6bl4.payment.ledger.ClaimRole;
import io.x0tta6bl4.payment.ledger.OrderEvent;
import java.math.BigDecimal;
import java.net.URI;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** The part of the checkout page that changes with the order. */
final class CheckoutHtml {

  private static final DateTimeFormatter UNTIL = DateTimeFormatter.ofPattern("d.MM. HH:mm").withZone(ZoneOffset.UTC);
  private static final int SHOWN_HASH = 12;
  private static final String TON = "ton://transfer/";
  private static final String TONKEEPER = "https://app.tonkeeper.com/transfer/";

  private final OrderView order;
  private final Language language;
  private final Html html = new Html();

  private CheckoutHtml(OrderView order, Language language) {
    this.order = order;
    this.language = language;
  }

  /**
   * Writes the part.
   *
   * @param order how it stands
   * @param language of the buyer
   * @return elements
   */
  static Html of(OrderView order, Language language) {
    CheckoutHtml page = new CheckoutHtml(order, language);
    page.write();
    return page.html;
  }

  /**
   * The one sentence on how the order stands.
   *
   * @param status the order's
   * @param language of the buyer
   * @return a text
   */
  static String sentence(OrderView.Status status, Language language) {
    // OVERPAID is a word of refusals.
    return (status == OrderView.Status.OVERPAID ? Text.TOO_MUCH : Text.valueOf(status.name())).in(language);
  }

  /**
   * What the QR code holds.
   *
   * @param order how it stands
   * @return a link that wallets on TON open, elsewhere the address
   */
  static String qrText(OrderView order) {
    URI link = order.walletLink();
    return link != null && link.toString().startsWith(TONKEEPER)
        ? TON + link.toString().substring(TONKEEPER.length())
        : order.wallet();
  }

  /** As wallets show it: on TON that is the form that the link has, not the raw one. */
  private static String address(OrderView order) {
    String code = qrText(order);
    return code.startsWith(TON) ? code.substring(TON.length(), code.indexOf('?')) : order.wallet();
  }

  private void write() {
    refusal();
    amount();
    if (order.status().isFinal()) {
      if (order.status() != OrderView.Status.PAID) {
        html.element("p", Text.EXPIRED_HELP.in(language), "class", "hint");
      }
    } else if (order.missing().signum() > 0) {
      howToPay();
    }
    payments();
    links();
  }

  private void refusal() {
    OrderView.Event last = order.lastEvent();
    if (last == null || last.type() != OrderEvent.Type.REJECTED || order.status().isFinal()) {
      return;
    }
    Text why =
        switch (String.valueOf(last.reason())) {
          case "underpaid" -> Text.UNDERPAID;
          case "overpaid" -> Text.OVERPAID;
          case "memo_missing", "memo_unreadable", "memo_mismatch" -> Text.NO_MEMO;
          default -> Text.OTHER_REASON;
        };
    html.element("p", Text.REFUSED.in(language, why.in(language)), "class", "note warn");
  }

  private void amount() {
    boolean partly = order.status() == OrderView.Status.PARTLY_PAID;
    BigDecimal shown = partly ? order.missing() : order.amount();
    html.open("div", "class", "amount");
    html.element("span", (partly ? Text.MISSING : Text.AMOUNT).in(language), "class", "label");
    html.open("strong").element("span", Coins.text(shown), "id", "amount").text(" " + order.asset().symbol()).close("strong");
    if (!order.status().isFinal() && order.missing().signum() > 0) {
      copy("amount", Text.COPY_AMOUNT);
    }
    html.element("span", network(), "class", "network").close("div");
  }

  private void howToPay() {
    html.element("p", Text.ONLY_NETWORK.in(language, order.asset().symbol() + " · " + network()), "class", "note");
    html.open("div", "class", "pay");
    html.part(QrCodes.svg(qrText(order), Text.QR_LABEL.in(language)));
    html.element("p", (order.walletLink() == null ? Text.QR_ADDRESS : Text.QR_ALL).in(language), "class", "hint");
    html.open("div", "class", "fields");
    field(Text.ADDRESS, "address", address(order), Text.COPY_ADDRESS);
    String memo = order.memo();
    if (memo != null) {
      field(Text.MEMO, "memo", memo, Text.COPY_MEMO);
      html.element("p", Text.MEMO_NEEDED.in(language), "class", "note warn");
    }
    if (order.match() == MatchMode.AMOUNT) {
      html.element("p", Text.EXACT_AMOUNT.in(language), "class", "note warn");
    }
    html.close("div").close("div");
    html.open("p", "class", "time").element("span", Text.TIME_LEFT.in(language), "class", "label");
    html.element(
        "time",
        Text.PAY_UNTIL.in(language, UNTIL.format(order.expiresAt())),
        "datetime", order.expiresAt().toString(),
        "id", "left",
        "role", "timer");
    html.close("p");
  }

  private void field(Text name, String id, String value, Text copy) {
    html.open("div", "class", "field").element("span", name.in(language), "class", "label", "id", id + "-label");
    html.element("code", value, "id", id, "aria-labelledby", id + "-label", "role", "group");
    copy(id, copy);
    html.close("div");
  }

  /** Shown by the script, which is what makes it work. */
  private void copy(String of, Text label) {
    html.element(
        "button",
        Text.COPY.in(language),
        "type", "button",
        "class", "copy",
        "data-copy", of,
        "aria-label", label.in(language),
        "hidden", "");
  }

  private void payments() {
    if (order.payments().isEmpty()) {
      return;
    }
    html.element("h2", Text.PAYMENTS.in(language)).open("ul", "class", "payments");
    for (OrderView.Payment payment : order.payments()) {
      html.open("li").element("strong", Coins.text(payment.amount()) + " " + order.asset().symbol()).text(" ");
      html.element("span", role(payment.role()).in(language), "class", "hint").text(" ");
      String hash = payment.transaction();
      transaction(payment.explorerUrl(), hash.length() <= SHOWN_HASH ? hash : hash.substring(0, SHOWN_HASH) + "…");
      html.close("li");
    }
    html.close("ul");
  }

  private void transaction(@Nullable URI explorer, String shown) {
    if (explorer == null) {
      html.element("code", shown);
    } else {
      html.element("a", shown, "href", explorer.toString(), "rel", "noreferrer", "class", "mono");
    }
  }

  private static Text role(ClaimRole role) {
    return switch (role) {
      case PART, PAYMENT -> Text.COUNTED;
      case SURPLUS -> Text.SURPLUS;
      case LATE -> Text.LATE;
    };
  }

  private void links() {
    URI wallet = order.walletLink();
    URI bot = order.botLink();
    if (wallet == null && bot == null) {
      return;
    }
    html.open("p", "class", "actions");
    if (wallet != null) {
      html.element("a", Text.OPEN_WALLET.in(language), "href", wallet.toString(), "class", "button", "rel", "noreferrer");
    }
    if (bot != null) {
      html.element("a", Text.OPEN_CHAT.in(language), "href", bot.toString(), "class", "button quiet", "rel", "noreferrer");
    }
    html.close("p");
  }

  private String network() {
    boolean token = order.asset().contract() != null;
    return switch (order.asset().chain()) {
      case "tron" -> token ? "Tron (TRC20)" : "Tron";
      case "ton" -> token ? "TON (Jetton)" : "TON";
      case String other -> other;
    };
  }

  static String json(OrderView order, Language language) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("status", OrderJson.word(order.status()))
        .put("version", Long.toString(order.version()))
        .put("final", order.status().isFinal())
        .put("sentence", sentence(order.status(), language))
        .put("html", of(order, language).toString())
        .toString();
  }
}
