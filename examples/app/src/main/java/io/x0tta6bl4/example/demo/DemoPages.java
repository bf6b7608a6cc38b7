package io.x0tta6bl4.example.demo;

import io.x0tta6bl4.example.web.Assets;
import io.x0tta6bl4.example.web.Html;
import io.x0tta6bl4.example.web.Page;
import io.x0tta6bl4.example.web.Request;
import io.x0tta6bl4.example.web.Response;
import io.x0tta6bl4.example.web.Router;
import io.x0tta6bl4.simulator.telegram.FakeTelegram;
import java.time.Duration;

/** The demo's own page: the orders of the scenario with their checkout pages, and each buyer's chat, live. Thread-safe. */
final class DemoPages {

  private static final Duration PAUSE = Duration.ofMillis(500);

  private final FakeTelegram telegram;
  private final DemoStage stage;
  private final Assets assets = Assets.load("/demo/assets", "shop.css", "icon.svg", "demo.js");

  DemoPages(FakeTelegram telegram, DemoStage stage) {
    this.telegram = telegram;
    this.stage = stage;
  }

  /**
   * Adds its routes.
   *
   * @param router of the public port
   */
  void addTo(Router router) {
    router.route("GET", "/", this::page);
    router.route("GET", "/demo/events", request -> new Response.Events(this::write));
    assets.addTo(router);
  }

  private Response page(Request request) {
    Html html = new Html();
    Page.head(html, "en", "x0tta6bl4 demo", assets, "demo.js");
    html.close("head").open("body", "class", "wide").open("header").element("h1", "Demo shop");
    html.element("p", "", "id", "connection", "class", "hint", "role", "status").close("header");
    html.open("main", "id", "stage").part(stage()).close("main").close("body").close("html");
    return Page.of(200, html);
  }

  private void write(Response.EventSink sink) throws InterruptedException {
    String last = "";
    while (sink.isOpen()) {
      String now = stage().toString();
      if (!now.equals(last)) {
        last = now;
        sink.send("", "stage", now);
      }
      Thread.sleep(PAUSE);
    }
  }

  private Html stage() {
    Html html = new Html();
    html.open("div", "class", "chats");
    for (DemoStage.Act act : stage.acts().values()) {
      html.open("section", "aria-label", act.plan().orderId()).element("h2", act.plan().title());
      html.open("p").element("a", act.plan().orderId(), "href", act.checkout()).text(" ");
      html.element("span", act.status().replace('_', ' '), "class", "badge " + badge(act.status())).close("p");
      html.element("p", act.plan().amount() + " " + act.plan().coin().asset() + " on " + act.plan().coin().network(), "class", "hint");
      for (FakeTelegram.Shown message : telegram.chat(act.plan().chatId())) {
        html.element("p", message.text, "class", "bubble");
      }
      html.close("section");
    }
    return html.close("div");
  }

  private static String badge(String status) {
    return switch (status) {
      case "paid" -> "ok";
      case "cancelled", "expired" -> "bad";
      case "waiting" -> "plain";
      default -> "warn";
    };
  }
}
