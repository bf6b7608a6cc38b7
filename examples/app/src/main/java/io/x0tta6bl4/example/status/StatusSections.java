package io.x0tta6bl4.example.status;

import io.x0tta6bl4.example.orders.Coins;
import io.x0tta6bl4.example.orders.OrderJson;
import io.x0tta6bl4.example.orders.OrderView;
import io.x0tta6bl4.example.web.Html;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The parts of the status page, each of which changes by itself. */
final class StatusSections {

  private static final int SHOWN_HASH = 10;
  private static final Duration LATE = Duration.ofMinutes(2);
  private static final Duration STALE = Duration.ofMinutes(15);

  private StatusSections() {}

  static Map<String, Html> of(Status status) {
    Map<String, Html> sections = new LinkedHashMap<>();
    sections.put("figures", figures(status));
    sections.put("providers", providers(status));
    sections.put("scans", scans(status));
    sections.put("traffic", TrafficChart.of(status.traffic()));
    sections.put("orders", orders(status));
    sections.put("payments", payments(status));
    return sections;
  }

  static String title(String section) {
    return switch (section) {
      case "figures" -> "Figures";
      case "providers" -> "Providers";
      case "scans" -> "Wallets";
      case "traffic" -> "Traffic by class";
      case "orders" -> "Open orders";
      default -> "Last payments";
    };
  }

  private static Html figures(Status status) {
    Html html = new Html().open("dl", "class", "figures");
    new TreeMap<>(status.openOrders()).forEach((chain, count) -> figure(html, "Open on " + chain, Long.toString(count)));
    if (status.openOrders().isEmpty()) {
      figure(html, "Open", "0");
    }
    Instant since = status.undeliveredSince();
    String waiting = since == null ? "" : ", the oldest for " + span(Duration.between(since, status.at()));
    figure(html, "Events to tell", status.undelivered() + waiting);
    figure(html, "Bot", status.bot());
    // By the minute: a figure that changes all the time would have the section drawn anew all the time.
    figure(html, "Up", span(Duration.ofMinutes(Duration.between(status.startedAt(), status.at()).toMinutes())));
    return html.close("dl");
  }

  private static void figure(Html html, String name, String value) {
    html.open("div").element("dt", name).element("dd", value).close("div");
  }

  private static Html providers(Status status) {
    Html html = heading("providers");
    if (status.providers().isEmpty()) {
      return html.element("p", "Nothing was asked yet: there are no orders to look after.", "class", "hint");
    }
    head(html, "Provider", "State", "Requests, 5 min", "Failed", "Last answer", "Last failure");
    for (Status.Provider provider : status.providers()) {
      html.open("tr").element("th", provider.name(), "scope", "row");
      badge(html, provider.isWell() ? "ok" : "bad", provider.isWell() ? "well" : "failing");
      number(html, Long.toString(provider.requests()));
      number(html, Long.toString(provider.failures()));
      html.element("td", ago(provider.lastSuccess(), status.at()));
      Instant failure = provider.lastFailure();
      html.element("td", failure == null ? "never" : provider.lastOutcome() + ", " + ago(failure, status.at())).close("tr");
    }
    return html.close("tbody").close("table").close("div");
  }

  private static Html scans(Status status) {
    Html html = heading("scans");
    if (status.scans().isEmpty()) {
      return html.element("p", "This process watches no wallet at the moment.", "class", "hint");
    }
    head(html, "Network", "Token", "Wallet", "Lag", "Last scan");
    for (Status.Scan scan : status.scans()) {
      Duration lag = scan.lag();
      html.open("tr").element("th", scan.network(), "scope", "row");
      cut(html, scan.contract() == null ? "coin" : scan.contract());
      cut(html, scan.address());
      if (lag == null) {
        badge(html, "warn", "not read yet");
      } else {
        badge(html, lag.compareTo(STALE) > 0 ? "bad" : lag.compareTo(LATE) > 0 ? "warn" : "ok", span(lag));
      }
      html.element("td", scan.outcome() + ", " + ago(scan.at(), status.at())).close("tr");
    }
    return html.close("tbody").close("table").close("div");
  }

  private static Html orders(Status status) {
    Html html = heading("orders");
    if (status.orders().isEmpty()) {
      return html.element("p", "No order is open.", "class", "hint");
    }
    head(html, "Order", "State", "Amount", "Received", "Opened", "Time left");
    for (OrderView order : status.orders()) {
      html.open("tr").open("th", "scope", "row");
      link(html, order.checkoutUrl(), order.id(), null);
      html.close("th");
      badge(html, order.status() == OrderView.Status.WAITING ? "plain" : "warn", OrderJson.word(order.status()).replace('_', ' '));
      number(html, Coins.text(order.amount()) + " " + order.asset().symbol());
      number(html, Coins.text(order.received()));
      html.element("td", ago(order.createdAt(), status.at()));
      Duration left = Duration.between(status.at(), order.expiresAt());
      html.element("td", left.isNegative() ? "over, to be read" : span(left)).close("tr");
    }
    return html.close("tbody").close("table").close("div");
  }

  private static Html payments(Status status) {
    Html html = heading("payments");
    if (status.payments().isEmpty()) {
      return html.element("p", "No payment was credited yet.", "class", "hint");
    }
    head(html, "Order", "As", "Amount", "Network", "Transaction", "When");
    for (Status.Paid paid : status.payments()) {
      html.open("tr").element("th", paid.order(), "scope", "row");
      badge(html, paid.role().equals("payment") ? "ok" : "plain", paid.role());
      number(html, Coins.text(paid.amount()) + " " + paid.asset());
      html.element("td", paid.network()).open("td", "class", "mono");
      String shown = paid.transaction().length() <= SHOWN_HASH ? paid.transaction() : paid.transaction().substring(0, SHOWN_HASH) + "…";
      link(html, paid.explorerUrl(), shown, paid.transaction());
      html.close("td").element("td", ago(paid.at(), status.at())).close("tr");
    }
    return html.close("tbody").close("table").close("div");
  }

  private static Html heading(String section) {
    return new Html().element("h2", title(section));
  }

  private static void head(Html html, String... columns) {
    html.open("div", "class", "scroll", "tabindex", "0").open("table").open("thead").open("tr");
    List.of(columns).forEach(column -> html.element("th", column, "scope", "col"));
    html.close("tr").close("thead").open("tbody");
  }

  private static void badge(Html html, String kind, String text) {
    html.open("td").element("span", text, "class", "badge " + kind).close("td");
  }

  private static void number(Html html, String text) {
    html.element("td", text, "class", "number");
  }

  private static void cut(Html html, String address) {
    String shown = address.length() <= 14 ? address : address.substring(0, 6) + "…" + address.substring(address.length() - 4);
    html.element("td", shown, "class", "mono", "title", address);
  }

  private static void link(Html html, @Nullable URI url, String text, @Nullable String title) {
    if (url == null) {
      html.text(text);
    } else {
      html.element("a", text, "href", url.toString(), "title", title, "rel", "noreferrer");
    }
  }

  private static String ago(@Nullable Instant at, Instant now) {
    return at == null ? "never" : span(Duration.between(at, now)) + " ago";
  }

  private static String span(Duration duration) {
    long seconds = Math.max(0, duration.toSeconds());
    if (seconds < 120) {
      return seconds + " s";
    }
    if (seconds < 7200) {
      return seconds / 60 + " min";
    }
    return seconds < 172_800 ? seconds / 3600 + " h" : seconds / 86_400 + " d";
  }
}
