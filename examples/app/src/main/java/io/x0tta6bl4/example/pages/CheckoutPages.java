package io.x0tta6bl4.example.pages;

import io.x0tta6bl4.example.orders.CheckoutLinks;
import io.x0tta6bl4.example.orders.OrderEvents;
import io.x0tta6bl4.example.orders.OrderJson;
import io.x0tta6bl4.example.orders.OrderView;
import io.x0tta6bl4.example.orders.OrderViews;
import io.x0tta6bl4.example.web.Assets;
import io.x0tta6bl4.example.web.Html;
import io.x0tta6bl4.example.web.Page;
import io.x0tta6bl4.example.web.Request;
import io.x0tta6bl4.example.web.Response;
import io.x0tta6bl4.example.web.Router;
import java.util.Map;
import java.util.Optional;

/**
 * The page where a buyer sees what to pay and how it goes on. Whole without a script; with one it changes as the payment does.
 * Thread-safe.
 */
public final class CheckoutPages {

  private final CheckoutLinks links;
  private final OrderViews views;
  private final OrderEvents events;
  private final Assets assets;
  private final String shop;

  /**
   * Makes the pages.
   *
   * @param links which addresses are good
   * @param views how orders look
   * @param events the streams of their states
   * @param assets style and script
   * @param shop what it is called
   */
  public CheckoutPages(CheckoutLinks links, OrderViews views, OrderEvents events, Assets assets, String shop) {
    this.links = links;
    this.views = views;
    this.events = events;
    this.assets = assets;
    this.shop = shop;
  }

  /**
   * Adds their routes.
   *
   * @param router of the public port
   */
  public void addTo(Router router) {
    router.route("GET", "/pay/{order}", this::page);
    router.route("GET", "/pay/{order}/events", this::follow);
    assets.addTo(router);
  }

  private Optional<OrderView> find(Request request) {
    return links.orderId(request.parameter("order")).flatMap(views::find);
  }

  private Response page(Request request) {
    Language language = Language.of(request);
    Optional<OrderView> order = find(request);
    if (order.isEmpty()) {
      return Page.of(404, notFound(language));
    }
    return Page.of(200, html(order.get(), request.path(), language)).with("Vary", "Accept-Language");
  }

  private Response follow(Request request) {
    Language language = Language.of(request);
    Optional<OrderView> order = find(request);
    return order.isEmpty()
        ? new Response.Whole(204, Map.of(), "")
        : events.of(order.get().id(), view -> CheckoutHtml.json(view, language));
  }

  private Html html(OrderView order, String path, Language language) {
    Html html = new Html();
    Page.head(html, language.code(), Text.TITLE.in(language, order.id()), assets, "checkout.js");
    boolean ends = order.status().isFinal();
    if (!ends) {
      html.open("noscript").open("meta", "http-equiv", "refresh", "content", "15").close("noscript");
    }
    html.close("head").open("body").open("div", "class", "card");
    html.open("header").element("span", shop, "class", "shop");
    html.open("nav", "aria-label", "Language");
    for (Language other : Language.values()) {
      html.element(
          "a", other.label(),
          "href", path + "?lang=" + other.code(), "lang", other.code(), "hreflang", other.code(),
          "aria-current", other == language ? "true" : null);
    }
    html.close("nav").close("header");
    html.open(
        "main",
        "data-events", ends ? null : path + "/events?lang=" + language.code(),
        "data-copied", Text.COPIED.in(language),
        "data-offline", Text.OFFLINE.in(language),
        "data-live", Text.LIVE.in(language));
    html.element("h1", Text.ORDER.in(language, order.id()));
    html.open("p", "id", "state", "role", "status", "class", "state", "data-status", OrderJson.word(order.status()));
    html.text(CheckoutHtml.sentence(order.status(), language)).close("p");
    html.open("div", "id", "order", "data-version", Long.toString(order.version())).part(CheckoutHtml.of(order, language)).close("div");
    html.element("p", "", "id", "connection", "class", "hint");
    if (!ends) {
      html.open("noscript").element("p", Text.RELOAD.in(language), "class", "hint").close("noscript");
    }
    return html.close("main").close("div").close("body").close("html");
  }

  private Html notFound(Language language) {
    Html html = new Html();
    Page.head(html, language.code(), Text.NOT_FOUND_TITLE.in(language), assets, "checkout.js");
    html.close("head").open("body").open("div", "class", "card");
    html.open("header").element("span", shop, "class", "shop").close("header").open("main");
    html.element("h1", Text.NOT_FOUND_TITLE.in(language)).element("p", Text.NOT_FOUND_HELP.in(language));
    return html.close("main").close("div").close("body").close("html");
  }
}
